//! An agent with an open question and a week left open leaves the service: every seat ends at once, what is open passes to the
//! colleague of the same unit by the same due date, and nothing is told to the one who left any more.

use super::town;
use daiban_core::ids::{PersonId, UnitId};
use daiban_core::limits::SYNC_CHANGES_MAX;
use daiban_core::people::Role;
use daiban_core::rules::State;
use daiban_core::sync::bundle;
use daiban_server::db::{DbError, Transaction};
use daiban_server::ledger;
use daiban_tests::office;
use daiban_tests::op::{Death, Fate};
use daiban_tests::phone::{Holder, Kind};
use daiban_tests::world::town::{CHIEF, OTHER_AGENT};
use daiban_tests::world::{World, compute_duties, night};
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

    compute_duties(&mut world.server);
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
    compute_duties(&mut world.server);
    let closed = world.read(&format!("/v1/cases/{case}/duties"))["closed"].clone();
    let closed = closed.as_array().unwrap().iter().find(|row| row["key"] == "D3/agent/wu-lei/2026-W49").expect("the trace stays");
    assert!(closed["closed_why"].as_str().unwrap().contains("由截止时在任的接任人负责"), "{closed}");
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
    for what in ["问询", "代办员报送"] {
        let about = |whom: &str| {
            let told = |n: &&serde_json::Value| n["kind"] == "overdue" && n["zh"].as_str().unwrap().contains(what);
            notices.iter().filter(|n| n["to_whom"] == whom).filter(told).count()
        };
        assert!(about("li-na") > 0, "{what}: told to the specialist in whose report the agent stands");
        assert_eq!((about("zhao-gang"), about("sun-yan")), (0, 0), "{what}: and to no other");
    }

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

#[test]
fn what_a_phone_said_it_still_holds_is_told_when_its_holder_leaves() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    let listed = |world: &mut World| {
        let devices = world.order("office", json!({ "command": "device_list" }));
        let found = devices.as_array().unwrap().iter().find(|device| device["person"] == "wu-lei").unwrap();
        (found["unsent"].clone(), found["synced_zh"].as_str().unwrap().to_owned())
    };
    world.sync_well(OTHER_AGENT);
    let (unsent, zh) = listed(&mut world);
    assert!(unsent == 0 && zh.contains("当时已全部上传"), "{zh}");
    world.advance(3600);
    for _ in 0..SYNC_CHANGES_MAX + 1 {
        world.record(OTHER_AGENT, case, Kind::Log);
    }
    world.sync(OTHER_AGENT, &[Fate::Clean, Fate::DropRequest]);
    let held: u64 = world.phones[OTHER_AGENT].agent().cases(world.now()).iter().map(|case| case.waiting).sum();
    let told = format!("当时仍有{held}条未上传");
    let (unsent, zh) = listed(&mut world);
    assert!(held > 0 && unsent == held && zh.contains("最近一次同步为2026年11月23日") && zh.contains(&told), "{zh}");
    let left = world.order("office", json!({ "command": "person_leave", "person": "wu-lei", "reason": "调离" }));
    assert!(left["zh"].as_str().unwrap().contains(&format!("{told}，请当面核对")), "{left}");
    assert_eq!(left["devices_unsent"], json!([held]));
}

#[test]
fn a_leaving_that_was_cut_off_goes_on_where_it_ended() {
    let mut world = town("2026-11-23");
    let cases = [world.usual_case(3), world.usual_case(4)];
    let seats = |world: &mut World| {
        let mut running = 0;
        for case in cases {
            let roster = world.read(&format!("/v1/cases/{case}"))["roster"].clone();
            let held = |seat: &&serde_json::Value| seat["person"] == "wu-lei" && seat["until"].is_null();
            running += roster.as_array().unwrap().iter().filter(held).count();
        }
        running
    };
    assert_eq!(seats(&mut world), 2);
    let leave = json!({ "command": "person_leave", "person": "wu-lei", "reason": "调离" });
    world.server.arm(Death::AfterCommit);
    office::order(&mut world.server, "office", leave.clone()).expect_err("the server died over it");
    world.server.crash(Death::AfterCommit);
    assert_eq!(seats(&mut world), 1, "what was committed stays");
    world.order("office", leave);
    assert_eq!(seats(&mut world), 0);
    let people = world.order("office", json!({ "command": "person_list" }));
    let leaver = people.as_array().unwrap().iter().find(|person| person["id"] == "wu-lei").unwrap();
    assert!(!leaver["left_at"].is_null(), "{leaver}");
}

#[test]
fn everything_a_leavers_phone_still_held_comes_in_by_the_offices_hand() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    world.phones[OTHER_AGENT].online = false;
    world.advance(3600);
    let unsent = [Kind::Log, Kind::Problem, Kind::Log].map(|kind| world.record(OTHER_AGENT, case, kind));
    world.order("office", json!({ "command": "person_leave", "person": "wu-lei", "reason": "调离" }));
    let now = world.now();
    let file = world.phones[OTHER_AGENT].agent().bundle_export(now).unwrap();
    let headers = vec![("authorization".to_owned(), format!("Bearer {}", world.server.app().office_token))];
    for _ in 0..2 {
        let taken = world.server.call("POST", bundle::PATH, &headers, &file).unwrap();
        assert!(taken.is_success(), "{}", taken.text());
    }
    let held = world.order("office", json!({ "command": "quarantine_list" }));
    let held: Vec<i64> = held.as_array().unwrap().iter().filter_map(|row| row["no"].as_i64()).collect();
    assert_eq!(held.len(), unsent.len(), "not only the first of them, and none twice");
    world.sync_well(CHIEF);
    assert!(unsent.iter().all(|fact| world.view(CHIEF, case).fact(*fact).is_none()), "nothing gets in by itself");
    for number in held {
        world.order("office", json!({ "command": "ruling_adopt", "quarantine": number, "reason": "与本人核对无误" }));
    }
    world.sync_well(CHIEF);
    let view = world.view(CHIEF, case);
    assert!(unsent.iter().all(|fact| view.fact(*fact).is_some_and(|fact| fact.is_effective())), "adopted, all of it counts");
}

/// The signature under a prepared is over its last record: what was taken of it before is not proved by that.
#[test]
fn a_leavers_parcel_of_which_a_part_was_known_leaves_the_ledger_whole() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    world.advance(3600);
    let known = world.record(OTHER_AGENT, case, Kind::Log);
    world.sync(OTHER_AGENT, &[Fate::DropAnswer]);
    let unsigned = |tx: &Transaction<'_>| tx.batch("DELETE FROM statement");
    world.server.app().db.write_blocking::<_, DbError>(unsigned).unwrap();
    let unsent = world.record(OTHER_AGENT, case, Kind::Log);
    world.order("office", json!({ "command": "person_leave", "person": "wu-lei", "reason": "调离" }));
    let now = world.now();
    let file = world.phones[OTHER_AGENT].agent().bundle_export(now).unwrap();
    let headers = vec![("authorization".to_owned(), format!("Bearer {}", world.server.app().office_token))];
    assert!(world.server.call("POST", bundle::PATH, &headers, &file).unwrap().is_success());
    world.sync_well(CHIEF);
    let view = world.view(CHIEF, case);
    assert_eq!([known, unsent].map(|fact| view.fact(fact).is_some()), [true, false]);
    assert_eq!(world.server.app().db.read(ledger::verify).unwrap().map(|proved| proved.statements), Ok(0));
}
