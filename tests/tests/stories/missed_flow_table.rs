//! A group misses the fifteenth working day: it shows at once, climbs the ladder once a step, and is told as late when it comes.

use super::town;
use daiban_core::people::Group;
use daiban_core::rules::{Lamp, State};
use daiban_tests::phone::Kind;
use daiban_tests::world::night;
use daiban_tests::world::town::CHIEF;
use std::collections::BTreeMap;

#[test]
fn overdue_urged_escalated_each_told_once() {
    let mut world = town("2026-11-23");
    let case = world.open_case(4, &[CHIEF, 1, 2, 3]);
    let letter = world.record(CHIEF, case, Kind::Letter(0));
    world.record(1, case, Kind::FlowTable(Group::Planning));
    world.sync_everybody();
    let missed = format!("D2/construction/{letter}");

    // Every night from three working days before the due date (Monday 2026-12-14) to the third working day after it.
    for day in 9..=18 {
        world.move_to(&format!("2026-12-{day:02}"), 2, 30);
        for _ in 0..2 {
            night(&mut world.server, format!("2026-12-{day:02}").parse().unwrap()).unwrap();
        }
    }
    let duty = world.served_duty(case, &missed).unwrap();
    assert!(matches!(duty.state, State::Overdue { working_days: 4 }), "{:?}", duty.state);
    assert_eq!(duty.lamp, Lamp::Red);

    let notices = world.read("/v1/notices");
    let mut keys: Vec<&str> = notices.as_array().unwrap().iter().filter_map(|n| n["key"].as_str()).collect();
    let all = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), all, "no notice stands twice");
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    for notice in notices.as_array().unwrap().iter().filter(|n| n["key"].as_str().unwrap().contains(&missed)) {
        assert!(notice["zh"].as_str().unwrap().contains("《实施方案》第四部分第（四）项第2目"), "every notice cites its clause");
        if notice["to_whom"] == "zhao-gang" {
            *kinds.entry(notice["kind"].as_str().unwrap()).or_default() += 1;
        }
    }
    let once = ["due", "due_soon", "escalated", "overdue", "urged"].map(|kind| (kind, 1));
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), once, "whoever owes it hears of each step once");

    world.record(2, case, Kind::FlowTable(Group::Construction));
    world.sync_everybody();
    let late = world.served_duty(case, &missed).unwrap();
    assert!(matches!(late.state, State::MetLate { .. }), "{:?}", late.state);
    assert!(matches!(world.served_duty(case, &format!("D2/planning/{letter}")).unwrap().state, State::Met { .. }));
}
