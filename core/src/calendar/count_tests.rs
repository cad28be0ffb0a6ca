#![allow(clippy::unwrap_used)]

use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn due(signed: &str, n: i64) -> Count {
    Calendar::builtin().add(day(signed), n).unwrap()
}

#[test]
fn the_start_is_not_counted_worked_or_not() {
    assert_eq!(due("2026-02-13", 15).date, day("2026-03-12"));
    assert_eq!(due("2026-02-14", 15).date, day("2026-03-13"), "a make-up Saturday is a day like any other to sign on");
    assert_eq!(due("2020-12-05", 15).date, day("2020-12-25"), "signed on a Saturday, Monday is day 1");
    assert_eq!(due("2026-11-23", 1).counted, [day("2026-11-24")]);
}

#[test]
fn nothing_is_counted_for_zero_and_backward_counts_run_down() {
    let zero = due("2026-12-31", 0);
    assert_eq!((zero.date, zero.counted.len(), zero.certainty), (day("2026-12-31"), 0, Certainty::Certain));
    let back = due("2026-10-09", -3);
    assert_eq!(back.counted, [day("2026-10-08"), day("2026-09-30"), day("2026-09-29")]);
}

#[test]
fn a_count_is_provisional_from_the_first_day_the_next_notice_may_rule() {
    for (signed, n, expected, certain) in [
        ("2026-12-05", 15, "2026-12-25", true),
        ("2026-12-10", 15, "2026-12-31", false),
        ("2026-12-11", 15, "2027-01-04", false),
        ("2026-12-25", 1, "2026-12-28", false),
        ("2026-12-26", -1, "2026-12-25", true),
        ("2026-12-28", -1, "2026-12-25", false),
        ("2019-01-02", -1, "2018-12-29", true),
        ("2018-12-20", 1, "2018-12-21", true),
        ("2018-12-19", 1, "2018-12-20", true),
        ("2018-12-18", 1, "2018-12-19", false),
        ("2018-12-21", -2, "2018-12-19", false),
    ] {
        let count = due(signed, n);
        assert_eq!((count.date, count.certainty.is_certain()), (day(expected), certain), "{signed} {n}");
    }
}

#[test]
fn each_side_of_what_is_published_has_its_own_reason() {
    let reason = |start| match due(start, 1).certainty {
        Certainty::Provisional { reason_zh, .. } => reason_zh,
        Certainty::Certain => String::new(),
    };
    assert_eq!(reason("2027-03-01"), "暂定：2027年放假安排尚未公布，2026年12月26日起的工作日可能调整，导入通知后自动重算。");
    assert_eq!(reason("2015-03-02"), "暂定：系统没有2018年12月20日以前的放假安排，请对照当年国务院办公厅通知核对。");
}

#[test]
fn a_count_has_a_longest_length_and_a_bounded_start() {
    let calendar = Calendar::builtin();
    assert_eq!(calendar.add(day("2026-01-01"), COUNT_DAYS_MAX).unwrap().counted.len(), 5_000);
    for n in [COUNT_DAYS_MAX + 1, -COUNT_DAYS_MAX - 1, i64::MAX, i64::MIN] {
        assert_eq!(calendar.add(day("2026-01-01"), n), Err(CountError::TooLong { n }));
        assert_eq!(calendar.add_calendar_days(day("2026-01-01"), n), Err(CountError::TooLong { n }));
    }
    assert_eq!(calendar.add(Date::MAX, 1), Err(CountError::StartOutside { start: Date::MAX }));
    assert!(CountError::StartOutside { start: Date::MIN }.zh().contains("请核对原件"));
}

#[test]
fn calendar_days_run_through_holidays_and_roll_off_the_last_one() {
    let calendar = Calendar::builtin();
    let limit = |start, n| calendar.add_calendar_days(day(start), n).unwrap();
    // 7 days from Friday 2026-09-25 end on Friday 10-02, inside National Day; work begins again on Thursday 10-08.
    let end = limit("2026-09-25", 7);
    assert_eq!((end.last_day, end.date, end.certainty), (day("2026-10-02"), day("2026-10-08"), Certainty::Certain));
    // A make-up Saturday is worked, so a limit may end on it.
    assert_eq!(limit("2026-02-13", 15).date, day("2026-02-28"));
    assert_eq!(limit("2026-11-23", 30).date, day("2026-12-23"));
    assert!(limit("2026-11-23", 30).certainty.is_certain());
    assert!(!limit("2026-12-11", 15).certainty.is_certain());
    // The days on the way are natural days, so only the end leans on a notice.
    assert_eq!(limit("2018-12-10", 15).date, day("2018-12-25"));
    assert!(limit("2018-12-10", 15).certainty.is_certain());
    assert_eq!(calendar.add_calendar_days(day("2026-01-01"), -1), Err(CountError::Backward { n: -1 }));
}

#[test]
fn between_two_meetings_only_the_second_counts() {
    let calendar = Calendar::builtin();
    let (first, second) = (day("2026-09-11"), day("2026-09-30"));
    assert_eq!(calendar.between(first, second, Interval::After).len(), 13);
    assert_eq!(calendar.between(first, second, Interval::Closed).len(), 14);
    assert_eq!(calendar.between(first, first, Interval::Closed), [first]);
    assert!(calendar.between(first, first, Interval::After).is_empty());
    assert!(calendar.between(second, first, Interval::Closed).is_empty());
    assert!(calendar.between(Date::MAX, Date::MAX, Interval::After).is_empty());
    assert!(calendar.between(Date::MAX, Date::MIN, Interval::Closed).is_empty());
    assert_eq!(calendar.between(Date::MIN, day("1900-01-03"), Interval::After).len(), 3);
}

#[test]
fn dates_may_start_in_the_first_and_the_last_year_and_each_refusal_says_what_to_do() {
    let calendar = Calendar::builtin();
    for (start, fits) in [("1899-12-31", false), ("1900-01-01", true), ("2200-12-31", true), ("2201-01-01", false)] {
        let start = day(start);
        let outside = CountError::StartOutside { start };
        assert_eq!(calendar.add(start, 1).err(), (!fits).then_some(outside), "{start}");
        assert_eq!(calendar.add_calendar_days(start, 1).err(), (!fits).then_some(outside), "{start}");
    }
    let (longest, last) = (COUNT_DAYS_MAX, day("2199-12-31"));
    assert_eq!(calendar.add_calendar_days(last, longest).unwrap().last_day, day("2213-09-09"));
    assert!(calendar.between(day("2200-12-30"), day("2201-12-31"), Interval::Closed).iter().all(|d| d.year() == 2200));
    assert_eq!(calendar.between(day("2200-12-30"), day("2201-12-31"), Interval::Closed).len(), 2);
    assert_eq!(CountError::TooLong { n: 9_999 }.zh(), "期限9999天过长，最多5000天，请核对期限。");
    assert_eq!(CountError::Backward { n: -1 }.zh(), "自然日期限不能为-1天，请填写不小于0的天数。");
}
