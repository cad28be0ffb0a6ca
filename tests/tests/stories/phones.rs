//! What happens to phones: put back to an old copy, lost and shut out.

use super::town;
use daiban_core::agent::RecordState;
use daiban_core::case::Code;
use daiban_core::sync::session::Event;
use daiban_tests::phone::Kind;
use daiban_tests::world::check;
use daiban_tests::world::town::{AGENT, CHIEF, OTHER_AGENT};
use serde_json::json;

#[test]
fn a_phone_restored_from_a_backup_goes_on_under_a_new_chain() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    world.phones[AGENT].back_up();
    let sent = world.record(AGENT, case, Kind::Log);
    world.sync_well(AGENT);
    let lost = world.record(AGENT, case, Kind::Log);

    world.advance(24 * 3600);
    assert!(world.phones[AGENT].restore());
    let fresh = world.record(AGENT, case, Kind::Log);
    world.sync_well(AGENT);
    for record in [sent, fresh] {
        let RecordState::Judged { verdict, .. } = world.state(AGENT, record) else { panic!("{:?}", world.state(AGENT, record)) };
        assert_eq!(verdict.code, Code::Effective);
    }
    world.sync_everybody();
    let view = world.view(CHIEF, case);
    assert!(view.fact(lost).is_none(), "what was only on the phone went with it");
    assert!(view.fact(sent).is_some() && view.fact(fresh).is_some());
    check(&mut world).unwrap();
}

#[test]
fn a_revoked_device_is_shut_out_and_what_it_sent_stays() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    let before = world.record(OTHER_AGENT, case, Kind::Log);
    world.sync_well(OTHER_AGENT);
    let unsent = world.record(OTHER_AGENT, case, Kind::Log);
    let device = world.phones[OTHER_AGENT].device();
    world.order("office", json!({ "command": "device_revoke", "device": device, "reason": "手机遗失" }));

    let refused = world.sync(OTHER_AGENT, &[]).failed.expect("the next request is refused");
    assert_eq!(refused.code(), "device_revoked");
    assert!(!refused.message().zh.is_empty());
    assert!(matches!(world.state(OTHER_AGENT, unsent), RecordState::Local { .. }), "the record stays where it is, and says so");
    let now = world.now();
    let file = world.phones[OTHER_AGENT].agent().bundle_export(now).unwrap();
    world.phones[AGENT].agent_mut().bundle_import(&file, now).unwrap();
    world.sync_well(AGENT);
    world.sync_well(CHIEF);
    assert!(world.view(CHIEF, case).fact(before).is_some());
    assert!(world.view(CHIEF, case).fact(unsent).is_none(), "nor does it get in by another hand");
    let held = world.order("office", json!({ "command": "quarantine_list" }));
    assert!(held.to_string().contains("device_revoked"), "but it is in quarantine, where the office finds it: {held}");

    let holder = world.phones[OTHER_AGENT].holder.clone();
    let replacement = world.enrol_again(holder);
    let synced = world.sync_well(replacement);
    assert!(synced.shown.iter().any(|e| matches!(e, Event::CaseAdded { .. })), "the person goes on with a new phone");
    let next = world.record(replacement, case, Kind::Log);
    world.sync_well(replacement);
    assert!(matches!(world.state(replacement, next), RecordState::Judged { .. }));
}
