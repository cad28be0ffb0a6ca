//! The plan's successor allows fewer days from a day on: a case signed before keeps its fifteen working days, one signed after takes the
//! new number, and the office sees every date that moves before it orders anything.

use super::{page, town};
use daiban_core::calendar::{Date, local_midnight, parse_date};
use daiban_core::fact::Body;
use daiban_core::ids::{CaseId, FactId};
use daiban_core::people::Group;
use daiban_core::rules::Duty;
use daiban_tests::office::{self, Refused};
use daiban_tests::phone::Kind;
use daiban_tests::world::town::{AGENT, CHIEF, SPECIALISTS};
use daiban_tests::world::{World, compute_duties};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const DOCUMENT: &str = "普政办发〔2026〕3号";

fn date(text: &str) -> Date {
    parse_date(text).unwrap()
}

/// Ten working days instead of fifteen, by that document, from a day on.
fn ten_days(command: &str, effective: &str) -> Value {
    let numbers = json!({ "letter_working_days": 10, "night_grace_hour": 9 });
    json!({ "command": command, "policy": numbers, "document": DOCUMENT, "effective": effective })
}

fn sure(mut order: Value) -> Value {
    order["sure"] = json!(true);
    order
}

fn refused(world: &mut World, by: &str, order: Value) -> Refused {
    office::order(&mut world.server, by, order).unwrap_err()
}

/// A case with a letter signed so many days ago.
fn case(world: &mut World, days_ago: u16) -> (CaseId, FactId) {
    let case = world.open_case(AGENT, &[CHIEF, 1, 2, 3]);
    let letter = world.record(CHIEF, case, Kind::Letter(days_ago));
    world.sync_everybody();
    compute_duties(&mut world.server);
    (case, letter)
}

fn corrected(world: &mut World, case: CaseId, letter: FactId, signed: &str) -> FactId {
    let (now, view) = (world.now(), world.view(CHIEF, case));
    let Body::AuthorizationLetterSigned(mut body) = view.fact(letter).unwrap().whole().unwrap().body.clone() else {
        unreachable!()
    };
    (body.chief_signed_on, body.enterprise_signed_on) = (date(signed), date(signed));
    let body = Body::AuthorizationLetterSigned(body);
    let fact = world.phones[CHIEF].record(case, now, Some(letter), body, now).unwrap().fact;
    world.sync_everybody();
    compute_duties(&mut world.server);
    fact
}

fn table(world: &mut World, case: CaseId, letter: FactId) -> Duty {
    let key = format!("D2/planning/{letter}");
    let served = world.served_duty(case, &key).expect("the planning group owes its flow table");
    let on_phone = world.duty(AGENT, case, &key).expect("the phone knows of it");
    assert_eq!(on_phone, served, "phone and server count alike");
    served
}

fn notices(world: &mut World) -> String {
    let on = daiban_core::calendar::local_date(world.now()).pred_opt().unwrap();
    daiban_tests::world::night(&mut world.server, on).unwrap();
    world.read("/v1/notices").to_string()
}

#[test]
fn a_case_signed_before_keeps_fifteen_days_and_one_signed_after_has_ten() {
    let mut world = town("2026-11-23");
    let (before, letter_before) = case(&mut world, 0);
    let preview = world.order("office", ten_days("policy_preview", "2026-12-01"));
    assert_eq!((&preview["count"], &preview["objection"]), (&json!(0), &json!(null)), "{preview}");
    let set = world.order("office", ten_days("policy_set", "2026-12-01"));
    assert_eq!((&set["count"], &set["policy"]["number"]), (&json!(0), &json!(2)), "{set}");
    assert!(set["zh"].as_str().unwrap().contains("（普政办发〔2026〕3号）自2026年12月1日起施行"), "{set}");
    let app = world.server.app().clone();
    let sent = app.db.read(|conn| app.reference(conn)).unwrap().policies.clone();
    drop(app);
    assert_eq!(sent[0].since, local_midnight(date("2026-12-01")), "a phone of before counts by it from that day on");
    assert!(
        sent[0].json.contains("\"effective\":\"2026-12-01\""),
        "and does not know this word: it says that it needs an update"
    );
    let shown = world.order("office", json!({ "command": "policy_show" }));
    assert_eq!((&shown["letter_working_days"], &shown["document"]), (&json!(15), &json!("普政办发〔2021〕1号")), "not yet");
    assert!(shown["decided"].to_string().contains("2026-12-01"), "{shown}");

    world.move_to("2026-12-01", 9, 0);
    let shown = world.order("office", json!({ "command": "policy_show" }));
    assert_eq!((&shown["letter_working_days"], &shown["effective"]), (&json!(10), &json!("2026-12-01")));
    let (after, letter_after) = case(&mut world, 0);
    let (old, new) = (table(&mut world, before, letter_before), table(&mut world, after, letter_after));
    assert_eq!((old.due_on, old.policy, old.trace.len()), (date("2026-12-14"), 1, 0));
    assert_eq!((new.due_on, new.policy), (date("2026-12-15"), 2));
    let (on_old, on_new) = (page(&world, &format!("/cases/{before}")), page(&world, &format!("/cases/{after}")));
    assert!(on_old.contains("普政办发〔2021〕1号 四(四)2，15个工作日") && !on_old.contains(DOCUMENT));
    assert!(on_new.contains("普政办发〔2021〕1号 四(四)2，按普政办发〔2026〕3号为10个工作日"));

    world.move_to("2026-12-08", 7, 0);
    world.sync_everybody();
    compute_duties(&mut world.server);
    let weekly = |week: &str| format!("D3/agent/{}/{week}", world.phones[AGENT].holder.person);
    let (last, first) = (weekly("2026-W48"), weekly("2026-W49"));
    assert_eq!(world.served_duty(before, &last).unwrap().policy, 1, "the week's last working day was the 27th");
    let next = world.served_duty(before, &first).unwrap();
    assert_eq!((next.policy, next.late_from - next.cutoff_at), (2, 9 * 3600), "a week takes its own numbers, whatever its case");
}

#[test]
fn a_corrected_date_takes_the_numbers_of_the_new_day_and_says_so() {
    let mut world = town("2026-11-26");
    world.order("office", ten_days("policy_set", "2026-12-01"));
    world.move_to("2026-12-01", 9, 0);
    let (case, letter) = case(&mut world, 0);
    assert_eq!(table(&mut world, case, letter).due_on, date("2026-12-15"));
    let letter = corrected(&mut world, case, letter, "2026-11-30");
    let duty = table(&mut world, case, letter);
    assert_eq!((duty.due_on, duty.policy), (date("2026-12-21"), 1));
    let said = "日期更正前按2026年12月1日施行的普政办发〔2026〕3号计算期限，更正后按2026年11月30日施行的普政办发〔2021〕1号计算";
    assert_eq!(duty.recounted_zh().as_deref(), Some(said));
    assert!(page(&world, &format!("/cases/{case}")).contains(said));
    world.move_to("2026-12-22", 9, 0);
    let told = notices(&mut world);
    assert!(told.contains(said), "the notice says it too: {told}");
}

/// The due dates of every standing duty of some cases, by key.
fn dates(world: &mut World, cases: &[CaseId]) -> BTreeMap<String, String> {
    let mut dates = BTreeMap::new();
    for case in cases {
        let read = world.read(&format!("/v1/cases/{case}/duties"));
        for row in read["stored"].as_array().unwrap() {
            dates.insert(row["key"].as_str().unwrap().to_owned(), row["due_on"].as_str().unwrap().to_owned());
        }
    }
    dates
}

#[test]
fn the_preview_is_what_then_happens() {
    let mut world = town("2026-12-03");
    let (one, _) = case(&mut world, 2);
    let (two, _) = case(&mut world, 7);
    let before = dates(&mut world, &[one, two]);
    let preview = world.order("office", ten_days("policy_preview", "2026-12-01"));
    assert_eq!((&preview["count"], &preview["objection"]), (&json!(3), &json!("effective_in_past")), "{preview}");
    let row = &preview["moved"][0];
    assert!(row["title"].is_string() && row["zh"].as_str().unwrap().contains("2026-12-22→2026-12-15"), "{row}");
    assert!(row["why"].as_str().unwrap().contains("2026年12月1日有效的普政办发〔2026〕3号"), "{row}");
    let mut part = ten_days("policy_preview", "2026-12-01");
    (part["limit"], part["after"]) = (json!(1), json!(1));
    let second = world.order("office", part);
    assert_eq!((&second["moved"], &second["more"]), (&json!([preview["moved"][1]]), &json!(true)));
    assert_eq!(dates(&mut world, &[one, two]), before, "a preview changes nothing");

    let asked = refused(&mut world, "office", ten_days("policy_set", "2026-12-01"));
    assert_eq!((asked.status, asked.code()), (409, "effective_in_past"));
    assert_eq!(dates(&mut world, &[one, two]), before);
    let set = world.order("office", sure(ten_days("policy_set", "2026-12-01")));
    assert_eq!((&set["moved"], &set["count"]), (&preview["moved"], &preview["count"]));
    let mut expected = before;
    for row in set["moved"].as_array().unwrap() {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        assert_eq!(expected.insert(text("key"), text("to")), Some(text("from")));
    }
    assert_eq!(dates(&mut world, &[one, two]), expected);
    let again = world.order("office", sure(ten_days("policy_set", "2026-12-01")));
    assert_eq!(again["moved"], json!([]), "once");
}

#[test]
fn what_is_done_stays_done_and_nobody_is_late_by_a_change_made_afterwards() {
    let mut world = town("2026-12-03");
    let (case_, _) = case(&mut world, 2);
    world.record(SPECIALISTS[0], case_, Kind::FlowTable(Group::Planning));
    world.sync_everybody();
    compute_duties(&mut world.server);
    let problem = refused(&mut world, "office", sure(ten_days("policy_set", "2026-12-01")));
    let told = problem.problem["detail"].as_str().unwrap().to_owned();
    assert_eq!((problem.status, problem.code()), (409, "policy_moves_done"));
    assert!(told.contains("规划") && told.contains("2026-12-22→2026-12-15"), "it names them: {told}");
    let mut world = town("2026-12-03");
    case(&mut world, 17);
    let problem = refused(&mut world, "office", sure(ten_days("policy_set", "2026-11-16")));
    assert_eq!((problem.status, problem.code()), (409, "policy_makes_late"), "{problem:?}");
    assert_eq!(world.order("office", json!({ "command": "policy_show" }))["number"], 1, "nothing was kept");
}

#[test]
fn an_order_that_cannot_be_is_told_everything_at_once() {
    let mut world = town("2026-11-23");
    let wrong = json!({
        "command": "policy_set", "effective": "2021-02-30", "policy": { "letter_working_days": 251, "answer_working_days": 0, "lunch": 1 },
    });
    for command in ["policy_set", "policy_preview"] {
        let mut wrong = wrong.clone();
        wrong["command"] = json!(command);
        let problem = refused(&mut world, "office", wrong);
        assert_eq!((problem.status, problem.code()), (422, "policy_refused"));
        let told = problem.problem["detail"].as_str().unwrap();
        for part in ["文号", "2月没有30日", "1至250", "1至60", "lunch"] {
            assert!(told.contains(part), "{part}: {told}");
        }
    }
    let barred = refused(&mut world, "administrator", ten_days("policy_set", "2026-12-01"));
    assert_eq!((barred.status, barred.code()), (403, "role_may_not"), "the hard days are not the administrator's");
    let hours =
        json!({ "command": "policy_set", "policy": { "night_grace_hour": 9 }, "document": DOCUMENT, "effective": "2026-12-01" });
    world.order("administrator", hours);
}

/// An earlier close of business moves no date, and yet moves when a thing is due.
#[test]
fn an_earlier_time_of_the_day_is_told_and_makes_nobody_late() {
    let mut world = town("2026-11-23");
    world.move_to("2026-11-23", 15, 0);
    let (_, letter) = case(&mut world, 0);
    let order = |command: &str, time: &str| {
        let numbers = json!({ "close_of_business": time });
        json!({ "command": command, "policy": numbers, "document": DOCUMENT, "effective": "2026-11-23" })
    };
    let preview = world.order("office", order("policy_preview", "16:00"));
    let moved = preview["moved"].to_string();
    assert!(preview["count"].as_u64().unwrap() >= 3 && moved.contains(&letter.to_string()), "{preview}");
    assert!(moved.contains("→2026-12-14 16:00"), "{moved}");
    world.move_to("2026-12-14", 17, 0);
    compute_duties(&mut world.server);
    let late = refused(&mut world, "office", sure(order("policy_set", "16:00")));
    assert_eq!(late.code(), "policy_makes_late", "what is due today would be late at once: {late:?}");
}
