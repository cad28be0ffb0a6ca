//! Until when on a day something is in time: close of business, and weekday and hour of the weekly reports, by the district's numbers.

use super::world::*;
use daiban_core::calendar::{Calendar, Week};
use daiban_core::plan::Plan;
use daiban_core::rules::{
    Duty, Number, Numbers, NumbersInForce, Ordered, Policy, RulesInForce, ShownDuty, State, duties, owed_by_district, settle,
};
use serde_json::json;
use std::collections::BTreeMap;

/// 17:30 on the due day; the groups on Thursday until 15:00, the district two working days later until 17:30.
fn set() -> Policy {
    Policy::decided(2, "政办发〔2026〕3号", Some(date("2026-01-01")))
        .with(Number::CloseOfBusiness, 1050)
        .with(Number::GroupReportWeekday, 4)
        .with(Number::GroupReportTime, 900)
        .with(Number::DistrictReportAfter, 2)
        .with(Number::DistrictReportTime, 1050)
}

fn numbers() -> NumbersInForce {
    NumbersInForce::new([(0, set())])
}

fn minutes(day: &str, minutes: i64) -> i64 {
    at(day, 0) + minutes * 60
}

fn owes(world: &World, key: &str, now: i64) -> Duty {
    let duties = duties(&world.view(), &Calendar::builtin(), &numbers(), now);
    duties.into_iter().find(|duty| duty.key.starts_with(key)).unwrap()
}

fn signed(day: &str) -> World {
    let mut world = World::staffed(at("2026-01-01", 0));
    world.send(sent(1, CHIEF, letter(day, day), at(day, 10)));
    world
}

#[test]
fn what_is_due_is_late_from_close_of_business_on() {
    let world = signed("2026-11-23");
    let state = |now| owes(&world, "D2/planning/", now).state;
    let duty = owes(&world, "D2/planning/", at("2026-12-14", 9));
    assert_eq!((duty.due_on, duty.cutoff_at), (date("2026-12-14"), minutes("2026-12-14", 1050)));
    assert_eq!(state(duty.cutoff_at - 1), State::DueToday);
    assert_eq!(state(duty.cutoff_at), State::Overdue { working_days: 0 });
    assert_eq!((duty.due_zh().as_str(), duty.due_time().as_deref()), ("2026年12月14日 17:30前", Some("17:30")));
    let shown = ShownDuty::of(&duty, Plan::builtin());
    assert_eq!((shown.due_zh(), shown.due_en()), ("2026年12月14日 17:30前".to_owned(), "2026-12-14, by 17:30".to_owned()));
    assert_eq!(World::duty(&world, &duty.key, at("2026-12-14", 9)).due_time(), None, "without a setting the day's end");

    // An inquiry is answered by the end of business of the next working day, whatever the night grace of arrivals is.
    let answered = |minute: i64| {
        let mut world = signed("2026-11-23");
        world.send(sent(2, AGENT, inquiry("何时受理？"), at("2026-11-24", 9)));
        world.send(sent(3, AGENT, answer(id(2), "下周"), minutes("2026-11-25", minute)).received(at("2026-11-26", 5)));
        owes(&world, "D12/", at("2026-11-26", 9)).state
    };
    assert!(matches!(answered(1049), State::Met { .. }), "{:?}", answered(1049));
    assert!(matches!(answered(1050), State::MetLate { .. }), "{:?}", answered(1050));
}

#[test]
fn the_week_is_cut_off_on_the_weekday_and_at_the_hour_that_are_set() {
    let calendar = Calendar::builtin();
    let week = |name: &str| numbers().plan(&calendar, name.parse::<Week>().unwrap());
    let days = |name: &str| (week(name).group_report_due.unwrap(), week(name).district_report_due.unwrap());
    assert_eq!(days("2026-W48"), (date("2026-11-26"), date("2026-11-30")), "Thursday, and two working days later");
    // 2026-W40: Thursday and Friday are the national holiday, and the Sunday before was worked.
    assert_eq!(days("2026-W40").0, date("2026-09-30"), "the last working day before it");
    // 2026-02-28 is a worked Saturday after the spring festival: the week from Tuesday on.
    assert_eq!(days("2026-W09").0, date("2026-02-26"));
    let only_late = Policy::default().with(Number::GroupReportWeekday, 1);
    let plan = NumbersInForce::new([(0, only_late)]).plan(&calendar, "2026-W09".parse().unwrap());
    assert_eq!(plan.group_report_due, Some(date("2026-02-24")), "no working day as early as Monday: the first there is");

    let world = signed("2026-11-23");
    let duty = owes(&world, "D3/specialist/planning/2026-W48", at("2026-11-26", 9));
    assert_eq!((duty.due_on, duty.cutoff_at), (date("2026-11-26"), at("2026-11-26", 15)));
    let agent = owes(&world, "D3/agent/agent/2026-W48", at("2026-11-26", 9));
    assert_eq!((agent.cutoff_at, agent.late_from), (at("2026-11-26", 15), at("2026-11-27", 6)), "the night grace stays");
    let rules = RulesInForce { numbers: numbers(), ..RulesInForce::default() };
    let district = owed_by_district(date("2026-11-23"), &BTreeMap::new(), &rules, at("2026-11-30", 9));
    assert_eq!((district[0].due_on, district[0].cutoff_at), (date("2026-11-30"), minutes("2026-11-30", 1050)));
}

#[test]
fn a_time_is_ordered_as_people_write_it_and_said_with_its_range() {
    let plan = Numbers::declared();
    let with = Ordered { document: Some("政办发〔2026〕3号"), effective: Some("2026-12-01") };
    let ordered = |time: &str| Policy::ordered(&json!({ "close_of_business": time }), with, plan, at("2026-11-20", 9));
    assert_eq!(ordered("17:30").unwrap().get(Number::CloseOfBusiness), 1050);
    for wrong in ["08:00", "17:65", "noon"] {
        assert!(ordered(wrong).unwrap_err().zh().contains("12:00至24:00"), "{wrong}");
    }
}

#[test]
fn a_date_that_is_kept_is_kept_with_its_time() {
    let world = signed("2026-11-23");
    let new = owes(&world, "D2/planning/", at("2026-11-24", 9));
    let old = Duty { due_on: date("2026-12-16"), cutoff_at: minutes("2026-12-16", 1050), ..new.clone() };
    let kept = settle(&old, new, &Calendar::builtin(), at("2026-11-24", 9));
    assert_eq!((kept.due_on, kept.cutoff_at), (date("2026-12-16"), minutes("2026-12-16", 1050)));
    assert_eq!(kept.late_from, kept.cutoff_at);
}
