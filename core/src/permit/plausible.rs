//! How far the dates of a record are believed, in one place for phone and server.
//!
//! A date no honest record can have ([`Doubt::is_refused`]) is refused at the form; a server that gets it all the same lets the record
//! wait (待认定), so that it starts no clock before the office said so. A date that is only long ago is asked about at the form
//! and taken: what was recorded in time and came late is judged by its time token ([`super::timing`]), not by this.

use crate::calendar::{Date, local_date, written};
use crate::fact::field::{FieldError, Shape, Words};
use crate::fact::{Body, Fact, Leaves};
use crate::limits::CLOCK_SKEW_SECONDS_MAX;
use daiban_messages::say::permit as say;
use daiban_messages::{Message, Say};

/// The day the plan was issued (普政办发〔2021〕1号): no case has a date before it (R008).
const PLAN_DAY: (i32, u32, u32) = (2021, 2, 10);
/// Before this moment (2026-11-01) this version was not made: a clock that says so is wrong.
pub const MADE_AT: i64 = 1_793_462_400;

/// Dates of decisions taken before there was a plan.
const OLDER_THAN_THE_PLAN: &[(&str, &str)] = &[("case_opened", "decision.date")];

/// The name of 发生 among a record's dates.
pub const OCCURRED_AT: &str = "occurred_at";

/// The numbers that a record is measured by, those of the day of recording; the office may set them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormNumbers {
    /// What lies more days back is asked about at the form (补录).
    pub asked_after_days: i64,
    /// A letter signed more days ago waits for the office: it starts clocks, and the commonest typing error is last year's number.
    pub letter_waits_after_days: i64,
    /// The least investment of a project that is helped without a decision of the district, 万元.
    pub investment_min: i64,
}

impl FormNumbers {
    /// No date is too long ago and no project too small: what is judged before anybody put in the office's numbers.
    pub const ANY: FormNumbers = FormNumbers { asked_after_days: i64::MAX, letter_waits_after_days: i64::MAX, investment_min: 0 };
}

/// What a record is held against.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// The latest at which it can have been recorded, as its phone says it, Unix seconds: its clock or its newest time token.
    pub recorded_at: i64,
    /// 到达, Unix seconds; on a phone its best guess of now.
    pub received_at: i64,
    /// The office's numbers.
    pub numbers: FormNumbers,
}

/// A date that is not believed as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The field's name, with dots into rows; `occurred_at` for 发生.
    pub field: String,
    /// What people call it.
    pub label: Words,
    /// The date.
    pub date: Date,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Before the plan was issued.
    BeforePlan,
    /// After it was recorded, or after tomorrow.
    ToCome,
    /// So many days back that the office is asked.
    FarBack(i64),
    /// So many days back that the form asks.
    LongAgo(i64),
}

impl Doubt {
    /// Whether an honest record cannot have it; the others may be right.
    pub fn is_refused(&self) -> bool {
        matches!(self.why, Why::BeforePlan | Why::ToCome)
    }

    /// Whether a record that came with it waits for the office.
    pub fn waits(&self) -> bool {
        !matches!(self.why, Why::LongAgo(_))
    }

    /// A sentence that names the date and says what to do.
    pub fn message(&self) -> Message {
        let (label, date) = (self.label, written(self.date));
        match self.why {
            Why::BeforePlan => say::BeforePlan { label, date, plan: written(plan_day()) }.say(),
            Why::ToCome => say::ToCome { label, date }.say(),
            Why::FarBack(days) => say::FarBack { label, date, days }.say(),
            Why::LongAgo(days) => say::LongAgo { label, date, days }.say(),
        }
    }

    /// In Chinese.
    pub fn zh(&self) -> String {
        self.message().zh
    }

    /// In English.
    pub fn en(&self) -> String {
        self.message().en
    }
}

impl From<&Doubt> for FieldError {
    fn from(doubt: &Doubt) -> FieldError {
        FieldError::of(doubt.field.clone(), doubt.message())
    }
}

/// Every date of a record that is not believed as it stands, 发生 first.
pub fn doubts(fact: &Fact, held: Held) -> Vec<Doubt> {
    let mut out = Vec::new();
    let late = held.recorded_at.saturating_add(CLOCK_SKEW_SECONDS_MAX);
    let occurred = local_date(fact.occurred_at);
    let why = if fact.occurred_at > late { Some(Why::ToCome) } else { back(occurred, held, None) };
    let label = Words::of(say::OccurredAt::FIXED);
    out.extend(why.map(|why| Doubt { field: OCCURRED_AT.to_owned(), label, date: occurred, why }));
    let kind = fact.body.kind();
    let letter = match &fact.body {
        Body::AuthorizationLetterSigned(letter) => Some(letter.signed_on()),
        _ => None,
    };
    Leaves::of(&fact.body, |shape| matches!(shape, Shape::Date), &mut |place, info, _, value| {
        let (field, Ok(date)) = (place.path(), value.clone().read::<Date>()) else { return };
        if OLDER_THAN_THE_PLAN.contains(&(kind, &field)) && date <= today(held) {
            return;
        }
        let to_come = today(held).succ_opt().is_some_and(|tomorrow| date > tomorrow);
        let why = if to_come { Some(Why::ToCome) } else { back(date, held, letter.filter(|signed| *signed == date)) };
        out.extend(why.map(|why| Doubt { field, label: info.label, date, why }));
    });
    out
}

fn plan_day() -> Date {
    let (year, month, day) = PLAN_DAY;
    Date::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn today(held: Held) -> Date {
    local_date(held.received_at)
}

/// What is wrong with a date that has passed; `letter` is it if it starts a letter's clock.
fn back(date: Date, held: Held, letter: Option<Date>) -> Option<Why> {
    if date < plan_day() {
        return Some(Why::BeforePlan);
    }
    // A clock ahead makes nothing older than the day it came.
    let days = local_date(held.recorded_at.min(held.received_at)).signed_duration_since(date).num_days();
    match days {
        days if letter.is_some() && days > held.numbers.letter_waits_after_days => Some(Why::FarBack(days)),
        days if days > held.numbers.asked_after_days => Some(Why::LongAgo(days)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{local_midnight, parse_date};
    use crate::fact::kinds::{CaseOpened, Decision};
    use crate::ids::FactId;

    const USUAL: FormNumbers = FormNumbers { asked_after_days: 30, letter_waits_after_days: 180, investment_min: 10_000 };

    fn at(day: &str) -> i64 {
        local_midnight(parse_date(day).unwrap()) + 9 * 3600
    }

    fn now() -> Held {
        Held { recorded_at: at("2027-01-06"), received_at: at("2027-01-06"), numbers: USUAL }
    }

    fn fact(occurred_at: i64, body: Body) -> Fact {
        let (id, by, unit) = (FactId([1; 16]), "zhang".into(), "drc".into());
        Fact { id, by, unit, occurred_at, recorded_at: at("2027-01-06"), amends: None, body }
    }

    fn whys(fact: &Fact) -> Vec<(String, Why)> {
        doubts(fact, now()).into_iter().map(|doubt| (doubt.field, doubt.why)).collect()
    }

    #[test]
    fn the_office_sets_how_far_back_is_believed() {
        let back = |days: i64, numbers| {
            let held = Held { numbers, ..now() };
            super::back(local_date(at("2027-01-06") - days * 24 * 3600), held, Some(local_date(0)))
        };
        let strict = FormNumbers { asked_after_days: 7, letter_waits_after_days: 60, ..USUAL };
        assert_eq!(
            [7, 8, 60, 61].map(|days| back(days, strict)),
            [None, Some(Why::LongAgo(8)), Some(Why::LongAgo(60)), Some(Why::FarBack(61))]
        );
        assert_eq!(back(61, USUAL), Some(Why::LongAgo(61)));
    }

    fn letter(signed: &str) -> Vec<(String, Why)> {
        let example = Body::examples().into_iter().find_map(|body| match body {
            Body::AuthorizationLetterSigned(letter) => Some(letter),
            _ => None,
        });
        let mut letter = example.unwrap();
        letter.chief_signed_on = parse_date(signed).unwrap();
        letter.enterprise_signed_on = letter.chief_signed_on;
        whys(&fact(at("2027-01-06"), Body::AuthorizationLetterSigned(letter)))
    }

    fn both(why: Why) -> Vec<(String, Why)> {
        vec![("chief_signed_on".to_owned(), why), ("enterprise_signed_on".to_owned(), why)]
    }

    #[test]
    fn a_letter_is_believed_for_a_month_asked_about_for_half_a_year_and_then_waits() {
        for (signed, expected) in [
            ("2027-01-06", vec![]),
            ("2027-01-07", vec![]),
            ("2027-01-08", both(Why::ToCome)),
            ("2030-01-01", both(Why::ToCome)),
            ("2026-12-07", vec![]),
            ("2026-12-06", both(Why::LongAgo(31))),
            ("2026-07-10", both(Why::LongAgo(180))),
            ("2026-07-09", both(Why::FarBack(181))),
            ("2026-01-05", both(Why::FarBack(366))),
            ("2021-02-10", both(Why::FarBack(2156))),
            ("2021-02-09", both(Why::BeforePlan)),
            ("1921-01-01", both(Why::BeforePlan)),
        ] {
            assert_eq!(letter(signed), expected, "{signed}");
        }
    }

    #[test]
    fn what_happened_lies_between_the_plan_and_the_moment_it_was_recorded() {
        let log = |occurred_at| whys(&fact(occurred_at, Body::examples().remove(0))).into_iter().next();
        let occurred = |why| Some(("occurred_at".to_owned(), why));
        assert_eq!(log(at("2027-01-06") + CLOCK_SKEW_SECONDS_MAX), None);
        assert_eq!(log(at("2027-01-06") + CLOCK_SKEW_SECONDS_MAX + 1), occurred(Why::ToCome));
        assert_eq!(log(at("1999-01-01")), occurred(Why::BeforePlan));
        assert_eq!(log(at("2026-06-01")), occurred(Why::LongAgo(219)), "old work may be entered late, whatever its age");
    }

    #[test]
    fn a_decision_may_be_older_than_the_plan_but_not_to_come() {
        let decided = |day: &str| {
            let example = Body::examples().into_iter().find_map(|body| match body {
                Body::CaseOpened(opened) => Some(opened),
                _ => None,
            });
            let decision = Some(Decision { number: "普委发〔2019〕3号".to_owned(), date: parse_date(day).unwrap() });
            whys(&fact(at("2027-01-06"), Body::CaseOpened(CaseOpened { decision, ..example.unwrap() })))
        };
        assert_eq!(decided("2019-05-01"), []);
        assert_eq!(decided("2028-05-01"), [("decision.date".to_owned(), Why::ToCome)]);
    }

    #[test]
    fn a_posting_date_inside_a_chosen_way_is_found_and_the_sentence_names_it() {
        let posted = Body::examples().into_iter().find(|body| body.kind() == "result_delivered").unwrap();
        let found = doubts(&fact(at("2027-01-06"), posted), now());
        assert_eq!(found[0].field, "delivery.mail.posted_on");
        assert_eq!(found[0].zh(), "交寄日期2026年11月20日距今47天，请核对；属实的按补录保存。");
    }

    #[test]
    fn only_the_later_signature_starts_the_clock_and_so_only_it_waits() {
        let example = Body::examples().into_iter().find_map(|body| match body {
            Body::AuthorizationLetterSigned(letter) => Some(letter),
            _ => None,
        });
        let mut letter = example.unwrap();
        letter.chief_signed_on = parse_date("2026-01-05").unwrap();
        letter.enterprise_signed_on = parse_date("2027-01-06").unwrap();
        let found = whys(&fact(at("2027-01-06"), Body::AuthorizationLetterSigned(letter)));
        assert_eq!(found, [("chief_signed_on".to_owned(), Why::LongAgo(366))]);
    }

    #[test]
    fn each_doubt_is_refused_asked_about_or_left_to_the_office_and_says_what_to_do() {
        let date = parse_date("2026-01-05").unwrap();
        let told = |why| {
            let label = Words { zh: "签订日期", en: "signed on" };
            let doubt = Doubt { field: "signed_on".to_owned(), label, date, why };
            let error = FieldError::from(&doubt);
            assert!(error.en.starts_with("2026-01-05 (signed on) "), "{}", error.en);
            assert_eq!(error.arguments.get("date").map(String::as_str), Some("2026年1月5日"));
            (doubt.is_refused(), doubt.waits(), error.zh)
        };
        for (why, refused, waits, zh) in [
            (
                Why::BeforePlan,
                true,
                true,
                "签订日期2026年1月5日早于实施方案印发日期2021年2月10日，没有保存；请核对原件后改正年份。",
            ),
            (Why::ToCome, true, true, "签订日期2026年1月5日尚未到，没有保存；请改为实际日期，事情办完后再记录。"),
            (Why::FarBack(366), false, true, "签订日期2026年1月5日距今366天，请核对年份；属实的，上传后须由办公室认定才生效。"),
            (Why::LongAgo(31), false, false, "签订日期2026年1月5日距今31天，请核对；属实的按补录保存。"),
        ] {
            assert_eq!(told(why), (refused, waits, zh.to_owned()), "{why:?}");
        }
    }
}
