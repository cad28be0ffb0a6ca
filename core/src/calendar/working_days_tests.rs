#![allow(clippy::unwrap_used)]

use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A made-up 2027: the law's days, a New Year swap that reaches into 2026, and one Spring Festival make-up day.
fn imagined_2027() -> Edition {
    let mut edition = Edition::from_json(FILES[8]).unwrap();
    edition.status = crate::calendar::Status::Published;
    let notice = r#"{"number": "国办发明电〔2026〕99号", "date": "2026-12-12"}"#;
    edition.notices = vec![serde_json::from_str(notice).unwrap()];
    edition.holidays[0].off = vec![day("2026-12-31"), day("2027-01-01"), day("2027-01-02")];
    edition.holidays[0].makeup = vec![day("2026-12-26")];
    edition.holidays[1].makeup = vec![day("2027-01-31")];
    edition
}

#[test]
fn the_files_compiled_in_are_valid() {
    for file in FILES {
        Edition::from_json(file).unwrap();
    }
    let calendar = Calendar::builtin();
    assert_eq!(calendar.editions().map(|e| e.year).collect::<Vec<_>>(), (2019..=2027).collect::<Vec<_>>());
    assert_eq!(calendar.last_published_year(), 2026);
    let version = calendar.version();
    assert!(version.starts_with("2019-2026 #") && version.len() == 19, "{version}");
}

#[test]
fn the_file_of_the_unpublished_year_holds_the_days_the_law_fixes() {
    let edition = Edition::from_json(FILES[8]).unwrap();
    assert_eq!(edition.off_days().collect::<Vec<_>>(), statutory::days(2027));
}

#[test]
fn a_day_says_why_and_by_which_notice() {
    let calendar = Calendar::builtin();
    let told = |date| {
        let Day { working, why, edition, .. } = calendar.day(day(date));
        (working, why, edition)
    };
    let by = |number: &str| Some(number.to_owned());
    let holiday = |name: &str| Why::Holiday { name: name.to_owned() };
    assert_eq!(told("2026-02-14"), (true, Why::MakeUp { name: "春节".into() }, by("国办发明电〔2025〕7号")));
    assert_eq!(told("2026-11-23"), (true, Why::Weekday, by("国办发明电〔2025〕7号")));
    assert_eq!(told("2026-11-22"), (false, Why::Weekend, by("国办发明电〔2025〕7号")));
    assert_eq!(told("2022-12-31"), (false, holiday("元旦"), by("国办发明电〔2022〕16号")));
    assert_eq!(told("2020-01-31"), (false, holiday("春节"), by("国办发明电〔2019〕16号、国办发明电〔2020〕1号")));
    assert_eq!(told("2027-02-05"), (false, holiday("春节"), None));
    assert_eq!(told("2030-02-04"), (false, holiday("春节"), None));
    assert!(told("2018-12-29").0);
}

#[test]
fn a_day_is_settled_while_no_later_notice_can_rule_it() {
    let settled = |date| Calendar::builtin().day(day(date)).certainty.is_certain();
    assert_eq!(["2018-12-19", "2018-12-20", "2026-12-25", "2026-12-26"].map(settled), [false, true, true, false]);
}

#[test]
fn a_day_is_looked_up_by_date_and_a_new_edition_rules_its_neighbour_too() {
    let old = Calendar::builtin();
    let new = old.with_edition(imagined_2027()).unwrap();
    assert!(old.is_workday(day("2026-12-31")) && !new.is_workday(day("2026-12-31")));
    assert!(!old.is_workday(day("2026-12-26")) && new.is_workday(day("2026-12-26")));
    assert!(new.is_workday(day("2027-01-31")));
    assert_eq!(new.day(day("2026-12-31")).edition.unwrap(), "国办发明电〔2026〕99号");
    assert_eq!(new.last_published_year(), 2027);
    assert!(new.version().starts_with("2019-2027 #"));
    assert_ne!(old.version(), new.version());
    assert!(new.day(day("2026-12-31")).certainty.is_certain());
    assert!(!new.day(day("2027-12-26")).certainty.is_certain());
    assert_eq!(Calendar::builtin().version(), old.version(), "the calendar it was made from is unchanged");
}

#[test]
fn an_edition_replaces_the_same_year_whole() {
    let mut first_notice_only = Edition::from_json(FILES[1]).unwrap();
    first_notice_only.notices.truncate(1);
    first_notice_only.holidays[1].off.retain(|d| *d < day("2020-01-31"));
    first_notice_only.holidays[1].makeup.push(day("2020-02-01"));
    let before = Calendar::builtin().with_edition(first_notice_only).unwrap();
    assert!(before.is_workday(day("2020-01-31")) && before.is_workday(day("2020-02-01")));
    let after = before.with_edition(Edition::from_json(FILES[1]).unwrap()).unwrap();
    assert!(!after.is_workday(day("2020-01-31")) && !after.is_workday(day("2020-02-01")));
    assert_eq!(after.version(), Calendar::builtin().version());
}

#[test]
fn an_edition_must_rest_on_a_notice_and_join_the_others() {
    let calendar = Calendar::builtin();
    let statutory = Edition::from_json(FILES[8]).unwrap();
    assert_eq!(calendar.with_edition(statutory).unwrap_err(), EditionError::NotPublished { year: 2027 });
    let mut far = imagined_2027();
    far.year = 2030;
    far.holidays.clear();
    let off = statutory::days(2030).into_iter().map(|(date, _)| date).collect();
    far.holidays.push(crate::calendar::HolidayPeriod { name: "全年".into(), off, makeup: vec![] });
    let refused = calendar.with_edition(far).unwrap_err();
    assert_eq!(refused, EditionError::NotAdjacent { year: 2030, first: 2019, last: 2026 });
}

#[test]
fn the_first_year_held_may_be_replaced_and_the_year_before_it_joined() {
    let calendar = Calendar::builtin();
    assert_eq!(calendar.with_edition(Edition::from_json(FILES[0]).unwrap()).unwrap().version(), calendar.version());
    let of = |year: i32| {
        let mut edition = imagined_2027();
        edition.year = year;
        let off = statutory::days(year).into_iter().map(|(date, _)| date).collect::<std::collections::BTreeSet<_>>();
        edition.holidays =
            vec![crate::calendar::HolidayPeriod { name: "全年".into(), off: off.into_iter().collect(), makeup: vec![] }];
        edition
    };
    let mut renamed = Edition::from_json(FILES[0]).unwrap();
    renamed.holidays[0].name.push('节');
    assert_ne!(calendar.with_edition(renamed).unwrap().version(), calendar.version(), "equal versions give equal answers");
    assert!(calendar.with_edition(of(2018)).unwrap().version().starts_with("2018-2026 #"));
    let refused = |year| calendar.with_edition(of(year)).unwrap_err();
    for year in [2017, 2028] {
        assert_eq!(refused(year), EditionError::NotAdjacent { year, first: 2019, last: 2026 });
    }
}

#[test]
fn a_year_without_any_edition_works_weekdays_that_the_law_does_not_take_off() {
    let calendar = Calendar::builtin();
    let told = |text: &str| {
        let Day { working, why, edition, .. } = calendar.day(day(text));
        assert_eq!(working, calendar.is_workday(day(text)), "{text}");
        (working, why, edition)
    };
    assert_eq!(told("2030-02-08"), (true, Why::Weekday, None));
    assert_eq!(told("2030-02-09"), (false, Why::Weekend, None));
    assert_eq!(told("2030-02-04"), (false, Why::Holiday { name: "春节".into() }, None));
    assert_eq!(told("2027-02-08"), (false, Why::Holiday { name: "春节".into() }, None));
}
