#![allow(clippy::unwrap_used)]

use super::*;
use serde_json::{Value, json};

fn file() -> Value {
    serde_json::from_str(include_str!("../../data/calendar/2026.json")).unwrap()
}

fn with(change: impl FnOnce(&mut Value)) -> Result<Edition, EditionError> {
    let mut value = file();
    change(&mut value);
    Edition::from_json(&value.to_string())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn a_real_edition_is_taken_and_written_back_the_same() {
    let edition = with(|_| ()).unwrap();
    assert_eq!(edition.citation().unwrap(), "国办发明电〔2025〕7号");
    assert_eq!(edition.makeup_days().count(), 6);
    assert_eq!(edition.off_days().count(), 33);
    assert_eq!(Edition::from_json(&serde_json::to_string(&edition).unwrap()), Ok(edition));
}

#[test]
fn a_file_of_another_shape_is_refused() {
    assert!(matches!(Edition::from_json("放假"), Err(EditionError::Unreadable { .. })));
    assert!(matches!(with(|v| v["holidys"] = json!([])), Err(EditionError::Unreadable { .. })));
    assert!(matches!(with(|v| v["holidays"][0]["off"][0] = json!("2026-02-30")), Err(EditionError::Unreadable { .. })));
    assert_eq!(with(|v| v["schema"] = json!(2)), Err(EditionError::SchemaUnknown { schema: 2 }));
    assert_eq!(with(|v| v["year"] = json!(1999)), Err(EditionError::YearOutside { year: 1999 }));
    assert_eq!(with(|v| v["holidays"][0]["name"] = json!(" ")), Err(EditionError::HolidayWithoutName));
    let long = format!("{}{}", file(), " ".repeat(FILE_BYTES_MAX));
    assert!(matches!(Edition::from_json(&long), Err(EditionError::TooLarge { .. })));
}

#[test]
fn a_notice_with_number_and_date_must_stand_behind_it() {
    assert_eq!(with(|v| v["notices"] = json!([])), Err(EditionError::NoticeMissing { year: 2026 }));
    assert_eq!(with(|v| v["notices"][0]["number"] = json!("")), Err(EditionError::NoticeWithoutNumber));
    let undated = with(|v| v["notices"][0]["date"] = Value::Null);
    assert_eq!(undated, Err(EditionError::NoticeWithoutDate { number: "国办发明电〔2025〕7号".into() }));
}

#[test]
fn make_up_days_are_weekend_days_and_few() {
    let monday = with(|v| v["holidays"][1]["makeup"][0] = json!("2026-03-02"));
    assert_eq!(monday, Err(EditionError::MakeupOnWeekday { day: day("2026-03-02") }));
    let saturdays = json!(["2026-07-04", "2026-07-11", "2026-07-18", "2026-07-25", "2026-08-01"]);
    assert_eq!(with(|v| v["holidays"][2]["makeup"] = saturdays), Err(EditionError::TooManyMakeupDays { days: 11, days_max: 10 }));
}

#[test]
fn a_day_is_off_or_worked_and_stands_once() {
    let both = with(|v| v["holidays"][1]["makeup"][0] = json!("2026-02-15"));
    assert_eq!(both, Err(EditionError::OffAndMakeup { day: day("2026-02-15") }));
    let twice = with(|v| v["holidays"][2]["off"][0] = json!("2026-02-17"));
    assert_eq!(twice, Err(EditionError::DayTwice { day: day("2026-02-17") }));
    let makeup_twice = with(|v| v["holidays"][1]["makeup"][0] = json!("2026-02-28"));
    assert_eq!(makeup_twice, Err(EditionError::DayTwice { day: day("2026-02-28") }));
}

#[test]
fn days_lie_near_the_year() {
    let late = with(|v| v["holidays"][0]["off"][0] = json!("2027-01-11"));
    assert_eq!(late, Err(EditionError::DayOutsideYear { day: day("2027-01-11"), year: 2026 }));
    let early = with(|v| v["holidays"][0]["makeup"][0] = json!("2025-12-19"));
    assert_eq!(early, Err(EditionError::DayOutsideYear { day: day("2025-12-19"), year: 2026 }));
    assert!(with(|v| v["holidays"][0]["makeup"][0] = json!("2025-12-20")).is_ok());
    let many: Vec<Date> = day("2026-07-01").iter_days().take(61).collect();
    assert!(matches!(with(|v| v["holidays"][0]["off"] = json!(many)), Err(EditionError::TooManyOffDays { .. })));
}

#[test]
fn the_days_the_law_takes_off_are_off() {
    let eve = with(|v| v["holidays"][1]["off"].as_array_mut().unwrap().retain(|d| d != "2026-02-16"));
    assert_eq!(eve, Err(EditionError::StatutoryDayMissing { day: day("2026-02-16"), name: "春节".into() }));
    let none = with(|v| v["holidays"].as_array_mut().unwrap().truncate(6));
    assert_eq!(none, Err(EditionError::StatutoryDayMissing { day: day("2026-10-01"), name: "国庆节".into() }));
}

#[test]
fn make_up_days_need_a_notice() {
    let unpublished = with(|v| {
        v["status"] = json!("statutory");
        v["notices"] = json!([]);
    });
    assert_eq!(unpublished, Err(EditionError::MakeupWithoutNotice { year: 2026 }));
}

#[test]
fn every_refusal_tells_the_clerk_what_to_do() {
    let refusals = [
        EditionError::DayTwice { day: day("2026-02-17") },
        EditionError::NotAdjacent { year: 2029, first: 2019, last: 2026 },
        EditionError::NotPublished { year: 2027 },
        EditionError::StatutoryDayMissing { day: day("2026-02-16"), name: "春节".into() },
    ];
    for refusal in refusals {
        assert!(refusal.zh().contains('请'), "{refusal}");
    }
}

#[test]
fn the_first_and_the_last_day_that_a_notice_may_rule_are_taken() {
    let off = |day: &str| with(|v| v["holidays"][0]["off"].as_array_mut().unwrap().push(json!(day)));
    let worked = |day: &str| with(|v| v["holidays"][1]["makeup"][0] = json!(day));
    let outside = |text: &str| Err(EditionError::DayOutsideYear { day: day(text), year: 2026 });
    assert!(off("2025-12-20").is_ok() && off("2027-01-10").is_ok());
    assert_eq!((off("2025-12-19"), off("2027-01-11")), (outside("2025-12-19"), outside("2027-01-11")));
    assert!(worked("2025-12-20").is_ok() && worked("2027-01-10").is_ok());
    assert_eq!((worked("2025-12-13"), worked("2027-01-16")), (outside("2025-12-13"), outside("2027-01-16")));
}

#[test]
fn as_many_days_and_bytes_as_are_believed_are_taken() {
    let more_off = |days| {
        let added = day("2026-07-01").iter_days().take(days).map(|day| json!(day)).collect::<Vec<_>>();
        with(|v| v["holidays"][0]["off"].as_array_mut().unwrap().extend(added))
    };
    assert!(more_off(OFF_DAYS_MAX - 33).is_ok());
    assert_eq!(more_off(OFF_DAYS_MAX - 32), Err(EditionError::TooManyOffDays { days: 61, days_max: 60 }));
    let saturdays = |count: usize| {
        let days = day("2026-07-04").iter_days().step_by(7).take(count).map(|day| json!(day)).collect::<Vec<_>>();
        let makeup = |v: &mut Value| v["holidays"][2]["makeup"] = json!(days);
        with(makeup).map(|edition| edition.makeup_days().count())
    };
    assert_eq!((saturdays(0), saturdays(4)), (Ok(6), Ok(MAKEUP_DAYS_MAX)));
    let padded = |bytes: usize| Edition::from_json(&format!("{}{}", file(), " ".repeat(bytes - file().to_string().len())));
    assert!(padded(FILE_BYTES_MAX).is_ok());
    assert_eq!(padded(FILE_BYTES_MAX + 1), Err(EditionError::TooLarge { bytes: 65_537, bytes_max: 65_536 }));
}
