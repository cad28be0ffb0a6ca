//! The calendar against vectors that other programs computed, and every row of the tables of examples in `data`.
//!
//! `data/workday-vectors.json` and `data/iso-weeks.json` come from PyPI `holidays` 0.109; each work-day case equals npm `chinese-days`.
#![allow(clippy::unwrap_used)]

use daiban_core::calendar::{Calendar, Date, DateError, Interval, Week, parse_date};
use serde::Deserialize;

#[derive(Deserialize)]
struct WorkdayVectors {
    cases: Vec<Case>,
    counts: Vec<Between>,
}

#[derive(Deserialize)]
struct Case {
    tag: String,
    start: Date,
    n: i64,
    expected: Date,
}

#[derive(Deserialize)]
struct Between {
    from: Date,
    to: Date,
    closed_interval: usize,
    after_from_up_to: usize,
}

#[derive(Deserialize)]
struct WeekVectors {
    weeks: Vec<WeekCase>,
}

#[derive(Deserialize)]
struct WeekCase {
    week: Week,
    mon: Date,
    sun: Date,
    workdays: Vec<Date>,
    last_workday: Option<Date>,
    next_workday_after_week: Date,
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn every_work_day_case_agrees() {
    let calendar = Calendar::builtin();
    let vectors: WorkdayVectors = serde_json::from_str(include_str!("data/workday-vectors.json")).unwrap();
    assert_eq!((vectors.cases.len(), vectors.counts.len()), (189, 31));
    for Case { tag, start, n, expected } in vectors.cases {
        let count = calendar.add(start, n).unwrap();
        assert_eq!(count.date, expected, "{tag}: {start} {n:+}");
        assert_eq!(count.counted.len(), usize::try_from(n.unsigned_abs()).unwrap());
        assert!(count.certainty.is_certain(), "{tag}: {start} {n:+}");
    }
    for Between { from, to, closed_interval, after_from_up_to } in vectors.counts {
        assert_eq!(calendar.between(from, to, Interval::Closed).len(), closed_interval, "[{from}, {to}]");
        assert_eq!(calendar.between(from, to, Interval::After).len(), after_from_up_to, "({from}, {to}]");
    }
}

#[test]
fn every_week_agrees() {
    let calendar = Calendar::builtin();
    let vectors: WeekVectors = serde_json::from_str(include_str!("data/iso-weeks.json")).unwrap();
    assert_eq!(vectors.weeks.len(), 209);
    for case in vectors.weeks {
        let plan = calendar.week(case.week);
        assert_eq!((case.week.monday(), case.week.sunday()), (case.mon, case.sun), "{}", case.week);
        assert!(case.week.days().all(|day| Week::of(day) == case.week));
        assert_eq!(plan.working_days, case.workdays, "{}", case.week);
        assert_eq!(plan.group_report_due, case.last_workday, "{}", case.week);
        let district = case.last_workday.map(|_| case.next_workday_after_week);
        assert_eq!(plan.district_report_due, district, "{}", case.week);
    }
}

#[test]
fn each_published_year_has_its_number_of_work_days() {
    let calendar = Calendar::builtin();
    let totals = [250, 249, 250, 249, 249, 251, 248, 248];
    for (year, total) in (2019..=2026).zip(totals) {
        let [first, last] = [(1, 1), (12, 31)].map(|(month, day)| Date::from_ymd_opt(year, month, day).unwrap());
        assert_eq!(calendar.between(first, last, Interval::Closed).len(), total, "{year}");
    }
}

#[test]
fn the_fifteenth_working_day_after_signing() {
    let calendar = Calendar::builtin();
    for (signed, due, certain) in [
        ("2021-02-10", "2021-03-09", true),
        ("2026-02-13", "2026-03-12", true),
        ("2026-02-14", "2026-03-13", true),
        ("2026-09-20", "2026-10-16", true),
        ("2020-01-19", "2020-02-17", true),
        ("2026-11-23", "2026-12-14", true),
        ("2026-12-05", "2026-12-25", true),
        ("2026-12-10", "2026-12-31", false),
        ("2026-12-11", "2027-01-04", false),
        ("2020-12-05", "2020-12-25", true),
    ] {
        let count = calendar.add(day(signed), 15).unwrap();
        assert_eq!((count.date, count.certainty.is_certain()), (day(due), certain), "{signed}");
        assert_eq!(count.counted.last(), Some(&day(due)));
    }
}

#[test]
fn two_coordination_meetings_are_at_most_fifteen_working_days_apart() {
    let calendar = Calendar::builtin();
    let first = day("2026-09-11");
    assert_eq!(calendar.between(first, day("2026-09-30"), Interval::After).len(), 13);
    assert_eq!(calendar.add(first, 15).unwrap().date, day("2026-10-09"));
}

#[test]
fn the_two_due_dates_of_a_week() {
    let calendar = Calendar::builtin();
    for (week, working_days, group, district, covers) in [
        ("2026-W07", 6, Some("2026-02-14"), Some("2026-02-24"), "2026-W07"),
        ("2026-W08", 0, None, None, ""),
        ("2026-W09", 5, Some("2026-02-28"), Some("2026-03-02"), "2026-W08 2026-W09"),
        ("2026-W25", 4, Some("2026-06-18"), Some("2026-06-22"), "2026-W25"),
        ("2026-W38", 6, Some("2026-09-20"), Some("2026-09-21"), "2026-W38"),
        ("2026-W39", 4, Some("2026-09-24"), Some("2026-09-28"), "2026-W39"),
        ("2026-W40", 3, Some("2026-09-30"), Some("2026-10-08"), "2026-W40"),
        ("2026-W41", 3, Some("2026-10-10"), Some("2026-10-12"), "2026-W41"),
        ("2021-W40", 2, Some("2021-10-09"), Some("2021-10-11"), "2021-W40"),
    ] {
        let plan = calendar.week(week.parse().unwrap());
        assert_eq!(plan.working_days.len(), working_days, "{week}");
        assert_eq!(plan.group_report_due, group.map(day), "{week}");
        assert_eq!(plan.district_report_due, district.map(day), "{week}");
        assert_eq!(plan.covers.iter().map(Week::to_string).collect::<Vec<_>>().join(" "), covers, "{week}");
        assert!(plan.certainty.is_certain(), "{week}");
    }
}

#[test]
fn four_weeks_of_eight_years_have_no_working_day() {
    let calendar = Calendar::builtin();
    let first: Week = "2019-W01".parse().unwrap();
    let weeks: Vec<Week> =
        std::iter::successors(Some(first), |w| Some(w.next())).take_while(|w| w.to_string().as_str() <= "2026-W53").collect();
    assert_eq!(weeks.len(), 418);
    let with = |n: usize| -> Vec<String> {
        weeks.iter().filter(|w| calendar.week(**w).working_days.len() == n).map(Week::to_string).collect()
    };
    assert_eq!(with(0), ["2019-W06", "2020-W05", "2022-W05", "2026-W08"]);
    assert_eq!(with(1), ["2019-W40", "2024-W07", "2024-W40", "2025-W05"]);
    assert_eq!(with(7), ["2019-W05", "2022-W04"]);
}

#[test]
fn every_week_is_covered_by_exactly_one_report() {
    let calendar = Calendar::builtin();
    let first: Week = "2019-W02".parse().unwrap();
    let weeks: Vec<Week> = std::iter::successors(Some(first), |w| Some(w.next())).take(410).collect();
    let covered: Vec<Week> = weeks.iter().flat_map(|w| calendar.week(*w).covers).collect();
    assert_eq!(covered, weeks);
}

#[test]
fn the_day_the_plan_was_signed_on_does_not_exist() {
    let error = parse_date("2021年2月30日").unwrap_err();
    assert!(matches!(&error, DateError::Impossible { raw, .. } if raw == "2021年2月30日"));
    assert_eq!(error.zh(), "2021年2月没有30日，请核对原件");
    assert_eq!(parse_date("2021年2月10日"), Ok(day("2021-02-10")));
}

#[test]
fn answers_cross_the_wire() {
    let calendar = Calendar::builtin();
    let count = calendar.add(day("2026-12-10"), 15).unwrap();
    let json = serde_json::to_value(&count).unwrap();
    assert_eq!((json["date"].as_str(), json["certainty"].as_str()), (Some("2026-12-31"), Some("provisional")));
    assert_eq!(serde_json::from_value::<daiban_core::calendar::Count>(json).unwrap(), count);
    let plan = calendar.week("2026-W09".parse().unwrap());
    let json = serde_json::to_string(&plan).unwrap();
    assert!(json.contains(r#""covers":["2026-W08","2026-W09"]"#), "{json}");
    assert_eq!(serde_json::from_str::<daiban_core::calendar::WeekPlan>(&json).unwrap(), plan);
}
