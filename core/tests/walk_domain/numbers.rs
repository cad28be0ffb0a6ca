//! Which numbers hold: a case's by the day its letter was signed, a week's by its last working day (R002).

use super::world::*;
use daiban_core::calendar::{Calendar, WeekSettings};
use daiban_core::people::Group;
use daiban_core::rules::{
    Duty, Number, Numbers, NumbersInForce, Ordered, Policy, PolicyError, RulesInForce, ShownDuty, State, duties,
};
use daiban_core::rules::{owed, owed_by_district};
use serde_json::json;
use std::borrow::Cow;
use std::collections::BTreeMap;

const ORDER: &str = "普政办发〔2026〕3号";

fn decision(number: u32, effective: &str) -> Policy {
    Policy::decided(number, ORDER, Some(date(effective)))
}

/// Ten working days for the flow table and three for an answer from a day on, decided whenever.
fn from(effective: &str) -> NumbersInForce {
    let policy = decision(2, effective).with(Number::LetterWorkingDays, 10).with(Number::AnswerWorkingDays, 3);
    NumbersInForce::new([(at("2026-11-20", 9), policy)])
}

fn signed(day: &str) -> World {
    let mut world = World::staffed(at("2026-01-01", 0));
    world.send(sent(1, CHIEF, letter(day, day), at(day, 10)));
    world
}

fn owes(world: &World, numbers: &NumbersInForce, key: &str, now: i64) -> Duty {
    let duties = duties(&world.view(), &Calendar::builtin(), numbers, now);
    duties.into_iter().find(|duty| duty.key.starts_with(key)).unwrap()
}

#[test]
fn a_case_keeps_the_numbers_in_force_when_its_letter_was_signed() {
    let numbers = from("2026-12-01");
    let due = |day: &str| {
        let duty = owes(&signed(day), &numbers, "D2/planning/", at(day, 12));
        (duty.due_on.to_string(), duty.policy, duty.in_force_on.map(|day| day.to_string()))
    };
    let kept = |due: &str, policy, day: &str| (due.to_owned(), policy, Some(day.to_owned()));
    assert_eq!(due("2026-11-30"), kept("2026-12-21", 1, "2026-11-30"), "the day before");
    assert_eq!(due("2026-12-01"), kept("2026-12-15", 2, "2026-12-01"), "the first day");
    let mut world = World::staffed(at("2026-01-01", 0));
    world.send(sent(1, CHIEF, letter("2026-11-30", "2026-12-01"), at("2026-12-01", 10)));
    assert_eq!(owes(&world, &numbers, "D2/planning/", at("2026-12-01", 12)).policy, 2, "the later of two signatures");
    let later = numbers.with(decision(3, "2026-12-01"), 0);
    assert_eq!(owes(&signed("2026-12-01"), &later, "D2/planning/", at("2026-12-01", 12)).policy, 3, "the later decision");
}

#[test]
fn numbers_move_no_open_duty_whenever_they_are_decided() {
    let world = signed("2026-11-16");
    let with = |numbers| {
        let rules = RulesInForce { numbers, ..RulesInForce::default() };
        owed(&world.view(), &rules, at("2026-12-02", 9), || Cow::Owned(world.told()))
    };
    let dates = |duties: Vec<Duty>| duties.into_iter().map(|duty| (duty.key, duty.due_on, duty.trace)).collect::<Vec<_>>();
    assert_eq!(dates(with(from("2026-11-17"))), dates(with(NumbersInForce::default())));
}

#[test]
fn the_printed_grounds_are_those_it_was_counted_by() {
    let numbers = from("2026-12-01");
    let grounds = |day: &str| {
        let duty = owes(&signed(day), &numbers, "D2/planning/", at(day, 12));
        assert_eq!(ShownDuty::of(&duty, daiban_core::plan::Plan::builtin()).grounds.unwrap().zh, duty.grounds_zh());
        (duty.grounds_zh(), duty.title_zh)
    };
    let (zh, title) = grounds("2026-11-30");
    assert_eq!(zh, "普政办发〔2021〕1号 四(四)2，15个工作日");
    assert!(title.contains("15个工作日"), "{title}");
    let (zh, title) = grounds("2026-12-01");
    assert_eq!(zh, "普政办发〔2021〕1号 四(四)2，按普政办发〔2026〕3号为10个工作日");
    assert!(title.contains("10个工作日"), "{title}");
    let weekly = owes(&signed("2026-12-01"), &numbers, "D3/agent/", at("2026-12-02", 9));
    assert_eq!(weekly.grounds_zh(), "普政办发〔2021〕1号 四(四)3");
}

#[test]
fn a_corrected_letter_takes_the_numbers_of_its_new_day_and_says_so() {
    let numbers = from("2026-12-01");
    let mut world = signed("2026-12-01");
    world.send(sent(2, CHIEF, letter("2026-11-30", "2026-11-30"), at("2026-12-02", 10)).amends(1));
    let now = at("2026-12-02", 12);
    let duty = owes(&world, &numbers, "D2/planning/", now);
    assert_eq!((duty.due_on, duty.policy), (date("2026-12-21"), 1));
    let said = duty.recounted_zh().unwrap();
    assert!(
        said.contains("2026年12月1日施行的普政办发〔2026〕3号")
            && said.contains("更正后按2026年11月30日施行的普政办发〔2021〕1号"),
        "{said}"
    );
    assert!(duty.recounted_en().unwrap().contains("in force on 2026-12-01 before"));
    let usual = owes(&world, &NumbersInForce::default(), "D2/planning/", now);
    assert_eq!(usual.recounted, None, "the same number of days on both days: nothing to say");
}

#[test]
fn an_answer_is_counted_by_the_letter_s_day_and_before_a_letter_by_its_own() {
    let numbers = from("2026-12-01");
    let asked = |world: &mut World, id: u64, day: &str| world.send(sent(id, AGENT, inquiry("何时办结"), at(day, 9)));
    let policy = |world: &World, id: u64| owes(world, &numbers, &format!("D12/{}", self::id(id)), at("2026-12-09", 9)).policy;
    let mut without = World::staffed(at("2026-01-01", 0));
    asked(&mut without, 10, "2026-11-27");
    asked(&mut without, 11, "2026-12-02");
    assert_eq!((policy(&without, 10), policy(&without, 11)), (1, 2));
    without.send(sent(1, CHIEF, letter("2026-12-03", "2026-12-03"), at("2026-12-03", 10)));
    assert_eq!((policy(&without, 10), policy(&without, 11)), (1, 2), "a letter moves nothing that began before it");
    let mut with = signed("2026-11-30");
    asked(&mut with, 10, "2026-12-02");
    assert_eq!(policy(&with, 10), 1, "the case's numbers are its letter's");
}

#[test]
fn a_weekly_duty_takes_the_numbers_of_its_week_s_last_working_day() {
    let policy = decision(2, "2026-12-04").with(Number::NightGraceHour, 9).with(Number::MinWorkdays, 3);
    let numbers = NumbersInForce::new([(0, policy)]);
    let world = signed("2026-11-24");
    let late = |week: &str| {
        let duty = owes(&world, &numbers, &format!("D3/agent/agent/{week}"), at("2026-12-05", 7));
        (duty.policy, duty.state.is_open() && matches!(duty.state, State::Overdue { .. }))
    };
    assert_eq!(late("2026-W48"), (1, true), "the Friday before");
    assert_eq!(late("2026-W49"), (2, false), "its Friday is the first day: nine o'clock is the hour now");
    let rules = RulesInForce { numbers: numbers.clone(), ..RulesInForce::default() };
    let district = owed_by_district(date("2026-11-24"), &BTreeMap::new(), &rules, at("2026-12-08", 9));
    assert_eq!(district.iter().map(|duty| duty.policy).collect::<Vec<_>>(), [1, 2, 2]);
    // Two working days are fewer than three only from the new numbers on.
    let calendar = Calendar::builtin();
    let week = |day: &str| daiban_core::calendar::Week::of(date(day));
    let owes = |numbers: &NumbersInForce, day: &str| numbers.plan(&calendar, week(day)).group_report_due.is_some();
    let short = "2026-02-26";
    let days = numbers.plan(&calendar, week(short)).working_days.len();
    let strict = |from: &str| NumbersInForce::new([(0, decision(2, from).with(Number::MinWorkdays, (days as i64 + 1).min(5)))]);
    assert_eq!((owes(&strict("2026-03-01"), short), owes(&strict("2026-02-01"), short)), (true, days == 5));
}

#[test]
fn dates_are_believed_by_the_numbers_of_the_day_of_recording() {
    let numbers = NumbersInForce::new([(0, decision(2, "2026-12-01").with(Number::AskedAfterDays, 7))]);
    assert_eq!(numbers.form_numbers(at("2026-11-30", 23)).asked_after_days, 30);
    assert_eq!(numbers.form_numbers(at("2026-12-01", 0)).asked_after_days, 7);
}

#[test]
fn what_an_earlier_version_decided_holds_from_the_day_of_its_decision() {
    let old = Policy::from_json(r#"{"number":2,"document":"普政办发〔2021〕1号","letter_working_days":20}"#).unwrap();
    let numbers = NumbersInForce::new([(at("2026-11-20", 9), old)]);
    assert_eq!(numbers.on(date("2026-11-19")).number, 1);
    assert_eq!(numbers.on(date("2026-11-20")).get(Number::LetterWorkingDays), 20);
    assert_eq!((numbers.newest().number, numbers.decided().len()), (2, 1));
}

#[test]
fn policies_are_checked_and_survive_json() {
    assert_eq!(Policy::from_json("{}"), Ok(Policy::default()));
    for policy in [Policy::default(), decision(2, "2026-12-01").with(Number::LetterWorkingDays, 10)] {
        let json = serde_json::to_string(&policy).unwrap();
        assert_eq!(Policy::from_json(&json), Ok(policy));
    }
    assert!(Policy::from_json(r#"{"pinyin":1}"#).unwrap_err().zh().contains("pinyin"));
    let (policy, others) = Policy::known(r#"{"number":2,"min_workdays":3,"lunch_hour":12}"#, &Policy::default()).unwrap();
    assert_eq!((policy.number, others), (2, vec!["lunch_hour".to_owned()]));
    assert_eq!(policy.weeks(), WeekSettings { min_workdays: 3, ..WeekSettings::default() });
    for number in Number::ALL {
        let declared = daiban_core::rules::Numbers::declared().get(*number).unwrap();
        for (value, fits) in [(declared.min - 1, false), (declared.min, true), (declared.max, true), (declared.max + 1, false)] {
            let json = json!({ number.id(): value }).to_string();
            let read = Policy::known(&json, &Policy::default()).map(|(policy, _)| policy.get(*number));
            match read {
                Ok(read) => assert!(fits && read == value, "{json}"),
                Err(error) => assert!(!fits && error.zh().contains(&declared.zh), "{json}: {}", error.zh()),
            }
        }
    }
    for json in ["[]", r#"{"number":"zwei"}"#] {
        assert!(matches!(Policy::known(json, &Policy::default()), Err(PolicyError::Unreadable(_))), "{json}");
    }
}

#[test]
fn everything_wrong_with_an_order_is_told_at_once() {
    let now = at("2026-11-30", 9);
    let order =
        |settings, document, effective| Policy::ordered(&settings, Ordered { document, effective }, Numbers::declared(), now);
    let settings = json!({ "letter_working_days": 0, "answer_working_days": "两天", "lunch_hour": 12, "night_grace_hour": 24 });
    let error = order(settings, None, Some("2021-02-30")).unwrap_err();
    let PolicyError::Fields(errors) = &error else { panic!("{error}") };
    let mut fields: Vec<&str> = errors.0.iter().map(|error| error.field.as_str()).collect();
    fields.sort_unstable();
    let expected = ["answer_working_days", "document", "effective", "letter_working_days", "lunch_hour", "night_grace_hour"];
    assert_eq!(fields, expected);
    assert!(error.zh().contains("文号") && error.zh().contains("2021年2月没有30日"), "{}", error.zh());
    for wrong in ["2021-02-09", "2037-01-01", "", "soon"] {
        assert!(order(json!({}), Some(ORDER), Some(wrong)).is_err(), "{wrong}");
    }
    let among = json!({ "document": ORDER, "effective": "2026-12-01", "letter_working_days": 10 });
    let policy = order(among, None, None).unwrap();
    assert_eq!((policy.document.as_str(), policy.effective), (ORDER, Some(date("2026-12-01"))));
    assert_eq!(policy.get(Number::LetterWorkingDays), 10);
    assert_eq!(order(json!({}), Some("  "), Some("2026-12-01")).unwrap_err().zh().lines().count(), 1);
}

#[test]
fn a_late_table_is_judged_by_the_case_s_own_days() {
    let numbers = from("2026-12-01");
    let state = |signed_on: &str| {
        let mut world = signed(signed_on);
        world.send(sent(10, PLANNER, table(Group::Planning), at("2026-12-17", 9)));
        owes(&world, &numbers, "D2/planning/", at("2026-12-18", 9)).state
    };
    assert!(matches!(state("2026-11-30"), State::Met { .. }));
    assert!(matches!(state("2026-12-01"), State::MetLate { .. }));
}
