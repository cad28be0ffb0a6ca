//! Spring festival 2026: week 8 has no working day, owes no report, and its days are told in the next one.

use super::town;
use daiban_core::calendar::Calendar;
use daiban_tests::phone::Kind;
use daiban_tests::world::town::{AGENT, CHIEF};
use serde_json::json;

#[test]
fn no_report_is_owed_and_nothing_is_left_out() {
    let mut world = town("2026-02-09");
    let case = world.usual_case(1);
    world.move_to("2026-02-13", 16, 0);
    world.record(AGENT, case, Kind::Log);
    world.sync_everybody();
    world.move_to("2026-02-14", 16, 0);
    world.confirm_groups("2026-W07");

    let empty = Calendar::builtin().week("2026-W08".parse().unwrap());
    assert!(empty.working_days.is_empty() && empty.group_report_due.is_none());
    world.move_to("2026-02-18", 10, 0);
    let on_holiday = world.record(AGENT, case, Kind::Log);
    world.sync_everybody();
    let refused = daiban_tests::office::order(
        &mut world.server,
        "li-na",
        json!({ "command": "report_draft", "week": "2026-W08", "group": "planning" }),
    );
    assert_eq!(refused.unwrap_err().code(), "no_report_owed");
    assert_eq!(world.served_duty(case, "D3/agent/zhou-min/2026-W08"), None);

    world.move_to("2026-02-28", 18, 0);
    world.sync_everybody();
    let next = world.served_duty(case, "D3/agent/zhou-min/2026-W09").expect("the next week owes one");
    assert_eq!(next.due_on.to_string(), "2026-02-28", "the make-up Saturday is its last working day");
    assert_eq!(next.starts_on.to_string(), "2026-02-16", "it covers the empty week too");
    assert!(matches!(next.state, daiban_core::rules::State::Met { by: Some(by), .. } if by == on_holiday), "{:?}", next.state);
    world.confirm_groups("2026-W09");
    let report = world.read("/v1/reports/2026-W09/planning");
    assert_eq!(report["body"]["covers"], json!(["2026-W08", "2026-W09"]));
    let told = report["body"]["cases"].to_string();
    assert!(told.contains(&on_holiday.to_string()), "{told}");
    assert_eq!(world.view(CHIEF, case).contested.len(), 0);
}
