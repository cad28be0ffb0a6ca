//! A server that takes no more today, or has no room, or knows no seat of the author: nothing is lost, and the rest goes on.

use super::office::Office;
use super::world::*;
use daiban_core::agent::{Draft, RecordState};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{Channel, WorkLog};
use daiban_core::people::Role;
use daiban_core::sync::session::Event;

#[test]
fn a_day_that_is_used_up_puts_one_case_off_and_the_others_go_on() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let (first, second) = (case(&mut office, 5, &["zhang"]), case(&mut office, 6, &["zhang"]));
    sync(&mut agent, &mut office);
    let tomorrow = NOW + 16 * 3600;
    office.defer_text = Some(("太多".into(), tomorrow));
    let put_off: Vec<_> = (0..3).map(|n| record(&mut agent, first, &format!("太多{n}"), NOW)).collect();
    let fine = record(&mut agent, second, "照常", NOW);
    let before = office.requests;
    let shown = sync(&mut agent, &mut office);
    let told: Vec<_> = shown.iter().filter(|e| matches!(e, Event::Deferred { .. })).collect();
    assert_eq!(told.len(), 1, "{shown:?}");
    assert!(matches!(told[0], Event::Deferred { case, until, .. } if *case == first && *until == tomorrow));
    assert!(told[0].message().zh.contains(&daiban_core::calendar::local_stamp(tomorrow)), "{}", told[0].message().zh);
    assert!(office.requests - before <= 3, "the phone does not ask again and again");
    assert!(judged(&agent, fine));
    assert!(put_off.iter().all(|fact| matches!(state(&agent, *fact), RecordState::Local { .. })));
    assert!(!shown.iter().any(|e| matches!(e, Event::NewEpoch { .. })), "the chain is the same");
    office.defer_text = None;
    office.now = tomorrow;
    sync(&mut agent, &mut office);
    assert!(put_off.iter().all(|fact| judged(&agent, *fact)));
}

#[test]
fn a_server_without_room_is_read_from_and_keeps_nothing_of_a_phone() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    let kept = record(&mut agent, case, "磁盘满时写的", NOW);
    office.full = true;
    office.roster(case, "li", daiban_core::people::Role::UnitAgent, None);
    let shown = sync(&mut agent, &mut office);
    assert!(shown.iter().any(|e| matches!(e, Event::ServerFull { zh } if zh.contains("存储空间"))), "{shown:?}");
    assert!(shown.iter().any(|e| matches!(e, Event::CaseChanged { rows: 1, .. })), "what others wrote came all the same");
    assert!(matches!(state(&agent, kept), RecordState::Local { .. }));
    office.full = false;
    sync(&mut agent, &mut office);
    assert!(judged(&agent, kept));
}

#[test]
fn what_was_set_aside_for_want_of_a_seat_is_taken_in_on_its_chain_and_the_phone_goes_on() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    office.strangers.insert("zhang".into());
    let aside: Vec<_> = ["一", "二"].iter().map(|text| record(&mut agent, case, text, NOW)).collect();
    let shown = sync(&mut agent, &mut office);
    assert_eq!(shown.iter().filter(|e| matches!(e, Event::Quarantined { .. })).count(), 2, "{shown:?}");
    for fact in &aside {
        let RecordState::Quarantined { code, zh, .. } = state(&agent, *fact) else { panic!("set aside") };
        assert!(code == "never_member" && zh.contains("办公室"));
    }
    office.take_in();
    let later = record(&mut agent, case, "任职之后", NOW + 60);
    sync(&mut agent, &mut office);
    sync(&mut agent, &mut office);
    assert!(aside.iter().chain([&later]).all(|fact| judged(&agent, *fact)));
    assert_eq!(texts(&agent, case).len(), 3, "each is there once");
}

#[test]
fn the_key_of_what_was_set_aside_follows_and_the_case_can_go() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    office.strangers.insert("zhang".into());
    record(&mut agent, case, "先", NOW);
    let met = agent.seal("王喆").unwrap();
    let (text, channel) = ("上门核对".to_owned(), Channel::OnSite);
    let body = WorkLog { text, channel, item: None, place: None, next_step: None, minutes: None, met: Some(met.clone()) };
    let aside = agent.record(case, Draft { occurred_at: NOW, amends: None, body: Body::WorkLog(body) }, NOW).unwrap().fact;
    record(&mut agent, case, "后", NOW);
    sync(&mut agent, &mut office);
    assert!(matches!(state(&agent, aside), RecordState::Quarantined { .. }));
    // A server takes keys only with rows.
    office.cases.get_mut(&case).unwrap().keys.clear();
    office.take_in();
    let before = office.requests;
    for _ in 0..2 {
        sync(&mut agent, &mut office);
    }
    assert!(office.requests - before <= 8, "{}", office.requests - before);
    assert!(judged(&agent, aside));
    assert_eq!(office.cases[&case].keys.iter().map(|key| key.id).collect::<Vec<_>>(), [met.key]);
    let later = record(&mut agent, case, "任职之后", NOW + 60);
    sync(&mut agent, &mut office);
    assert!(judged(&agent, later) && office.aside.is_empty() && office.quarantine.is_empty());
    office.now = NOW + 1_000;
    office.roster(case, "zhang", Role::UnitAgent, Some(NOW + 500));
    let shown = sync(&mut agent, &mut office);
    assert!(shown.contains(&Event::CaseWithdrawn { case }), "nothing of it waits any more: {shown:?}");
}
