//! A log reaches the server after its week's report was frozen: no frozen page changes, and the next report tells it under 补报.

use super::town;
use daiban_tests::phone::Kind;
use daiban_tests::world::town::{AGENT, CHIEF};

#[test]
fn the_next_report_tells_it_as_supplement() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    world.record(CHIEF, case, Kind::Log);
    world.sync_everybody();

    world.move_to("2026-11-25", 11, 0);
    world.phones[AGENT].online = false;
    let log = world.record(AGENT, case, Kind::Log);
    world.move_to("2026-11-27", 17, 0);
    world.confirm_groups("2026-W48");
    world.move_to("2026-11-30", 9, 0);
    world.send_district("2026-W48");
    let frozen = ["planning", "construction", "dispatch"].map(|group| world.read(&format!("/v1/reports/2026-W48/{group}")));
    let sent = world.read("/v1/reports/2026-W48");
    assert!(!sent["body"].to_string().contains(&log.to_string()));

    world.phones[AGENT].online = true;
    world.sync_everybody();
    world.move_to("2026-12-04", 17, 0);
    world.confirm_groups("2026-W49");
    world.move_to("2026-12-07", 9, 0);
    world.send_district("2026-W49");

    let again = ["planning", "construction", "dispatch"].map(|group| world.read(&format!("/v1/reports/2026-W48/{group}")));
    assert_eq!(again, frozen, "frozen stays frozen");
    assert_eq!(world.read("/v1/reports/2026-W48"), sent, "sent stays sent");
    let next = world.read("/v1/reports/2026-W49/planning");
    assert!(next["body"]["supplements"].to_string().contains(&log.to_string()), "{}", next["body"]);
    let text = next["text"].as_str().unwrap();
    assert!(text.contains("补报"), "{text}");
    let district = world.read("/v1/reports/2026-W49");
    assert!(district["body"]["supplements"].to_string().contains(&log.to_string()), "{}", district["body"]);
}
