//! An agent with an open question and a week left open leaves the service: every seat ends at once, what is open passes to the
//! colleague of the same unit by the same due date, and nothing is told to the one who left any more.

use super::town;
use daiban_core::ids::{PersonId, UnitId};
use daiban_core::people::Role;
use daiban_core::rules::State;
use daiban_tests::phone::{Holder, Kind};
use daiban_tests::world::night;
use daiban_tests::world::town::OTHER_AGENT;
use serde_json::json;

#[test]
fn what_is_open_follows_the_seat_and_the_notices_follow_the_duty() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    let colleague = world.phones.len();
    world.enrol(Holder {
        person: PersonId::from("he-jun"),
        name: "何军".to_owned(),
        unit: UnitId::from("housing"),
        role: Role::UnitAgent,
        group: None,
    });
    world.seat(case, colleague);
    world.move_to("2026-11-30", 9, 0);
    let question = world.record(OTHER_AGENT, case, Kind::Inquiry);
    world.sync_everybody();
    let (asked, week) = (format!("D12/{question}"), "D3/agent/wu-lei/2026-W48".to_owned());
    let before: Vec<_> = [&asked, &week].map(|key| world.served_duty(case, key).expect(key)).into();
    assert!(before.iter().all(|duty| duty.subject.person == Some(PersonId::from("wu-lei"))));

    let left = world.order("office", json!({ "command": "person_leave", "person": "wu-lei", "reason": "调离" }));
    let said = left["zh"].as_str().unwrap();
    assert!(said.contains("代办员席位已终止，未办结事项由何军接办"), "{said}");
    assert!(said.contains("最近一次同步为2026年11月30日") && said.contains("person add"), "{said}");
    assert_eq!(left["seats_ended"][0]["case"], json!(case));
    world.sync_well(colleague);
    for duty in &before {
        let served = world.served_duty(case, &duty.key).expect("a duty that passes on keeps its key");
        let on_phone = world.duty(colleague, case, &duty.key).expect("the successor's phone owes it");
        for after in [served, on_phone] {
            assert_eq!(after.subject.person, Some(PersonId::from("he-jun")), "{}", duty.key);
            assert_eq!(after.subject.passed_from, Some(PersonId::from("wu-lei")));
            assert_eq!((after.due_on, after.cutoff_at), (duty.due_on, duty.cutoff_at));
        }
    }
    assert_eq!(world.served_duty(case, "D3/agent/wu-lei/2026-W49"), None, "the running week is the colleague's own");
    assert!(world.served_duty(case, "D3/agent/he-jun/2026-W49").is_some());

    let told = world.read("/v1/notices").as_array().map_or(0, Vec::len);
    for day in 1..=4 {
        world.move_to(&format!("2026-12-{day:02}"), 7, 0);
        night(&mut world.server, format!("2026-12-{day:02}").parse().unwrap()).unwrap();
    }
    let notices = world.read("/v1/notices");
    let notices = notices.as_array().unwrap();
    assert!(notices.len() > told);
    let to = |whom: &str, kind: &str| notices.iter().filter(|n| n["to_whom"] == whom && n["kind"] == kind).count();
    assert!(!notices.iter().any(|notice| notice["to_whom"] == "wu-lei" && notice["zh"].as_str().unwrap().contains("问询")));
    assert!(to("he-jun", "overdue") > 0 && to("li-na", "overdue") > 0, "the specialists hear of an agent's overdue duty");

    world.record(colleague, case, Kind::Answer(question));
    world.sync_well(colleague);
    let answered = world.served_duty(case, &asked).unwrap();
    assert!(matches!(answered.state, State::MetLate { .. }), "{:?}", answered.state);
    assert_eq!(answered.subject.person, Some(PersonId::from("he-jun")));
}

#[test]
fn ending_a_service_twice_is_refused_and_adding_the_person_again_undoes_it() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    let leave = json!({ "command": "person_leave", "person": "wu-lei", "reason": "录入有误" });
    let left = world.order("office", leave.clone());
    assert!(left["zh"].as_str().unwrap().contains("由王喆接办"), "no colleague of the unit: the chief agent {left}");
    let again = daiban_tests::office::order(&mut world.server, "office", leave).unwrap_err();
    assert_eq!(again.code(), "person_left");
    let holder = world.phones[OTHER_AGENT].holder.clone();
    daiban_tests::office::add_person(&mut world.server, &holder).unwrap();
    world.seat(case, OTHER_AGENT);
    let shown = world.read(&format!("/v1/cases/{case}/duties"));
    assert!(shown["duties"].as_array().unwrap().iter().any(|duty| duty["subject"]["person"] == "wu-lei"), "{shown}");
}
