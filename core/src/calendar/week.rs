//! The reporting week: Monday 00:00 to Sunday 24:00 in Asia/Shanghai, named by ISO 8601.

use super::date::{Date, YEAR_MAX, YEAR_MIN, zh_date};
use chrono::{Datelike, Days, Weekday};
use daiban_messages::say::calendar as say;
use daiban_messages::{Both, Message, Say};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// An ISO week (W1), written `2026-W47`.
///
/// Its year is the week-year, not the calendar year of each of its days: 2026-12-28 to 2027-01-03 is `2026-W53`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Week {
    monday: Date,
}

/// A text that names no ISO week.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().en)]
pub enum WeekError {
    /// It is not written like a week.
    Unreadable {
        /// The text as given.
        raw: String,
    },
    /// It is written like a week, but that year has no such week, or the year is outside the calendar.
    NoSuchWeek {
        /// The text as given.
        raw: String,
    },
}

impl WeekError {
    /// What is wrong, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            Self::Unreadable { raw } => say::WeekUnreadable { text: raw }.say(),
            Self::NoSuchWeek { raw } => say::NoSuchWeek { text: raw }.say(),
        }
    }

    /// The sentence for officials.
    pub fn zh(&self) -> String {
        self.message().zh
    }
}

impl Week {
    /// The week a date lies in; a make-up Saturday or Sunday belongs to the week it lies in.
    pub fn of(date: Date) -> Self {
        let days = date.weekday().num_days_from_monday();
        Self { monday: date.checked_sub_days(Days::new(u64::from(days))).unwrap_or(date) }
    }

    /// Its first day.
    pub fn monday(&self) -> Date {
        self.monday
    }

    /// Its last day.
    pub fn sunday(&self) -> Date {
        self.shifted(6)
    }

    /// The week after it.
    pub fn next(&self) -> Self {
        Self { monday: self.shifted(7) }
    }

    /// The week before it.
    pub fn prev(&self) -> Self {
        Self { monday: self.monday.checked_sub_days(Days::new(7)).unwrap_or(self.monday) }
    }

    /// Its seven days, Monday first.
    pub fn days(&self) -> impl Iterator<Item = Date> + use<> {
        self.monday.iter_days().take(7)
    }

    /// "2026年第49周（11月30日至12月6日）"; both years are told where its days lie in two.
    pub fn zh(&self) -> String {
        Week::span_zh(*self, *self)
    }

    /// "2026年第49周".
    pub fn name_zh(&self) -> String {
        let week = self.monday.iso_week();
        format!("{}年第{}周", week.year(), week.week())
    }

    /// The weeks from one to another: "2026年第8至9周（2月16日至3月1日）".
    pub fn span_zh(first: Week, last: Week) -> String {
        let (from, to) = (first.monday(), last.sunday());
        let days = if from.year() == to.year() {
            format!("{}月{}日至{}月{}日", from.month(), from.day(), to.month(), to.day())
        } else {
            format!("{}至{}", zh_date(from), zh_date(to))
        };
        format!("{}（{days}）", Week::names_zh(first, last))
    }

    /// The weeks from one to another as either language writes them, with their days.
    pub fn span(first: Week, last: Week) -> Both {
        let (from, to) = (first.monday(), last.sunday());
        Both::new(Week::span_zh(first, last), format!("{} ({from} to {to})", Week::names_en(first, last)))
    }

    /// `2026-W08 to 2026-W09`.
    pub fn names_en(first: Week, last: Week) -> String {
        if first == last { last.to_string() } else { format!("{first} to {last}") }
    }

    /// The same without the days: "2026年第8至9周".
    pub fn names_zh(first: Week, last: Week) -> String {
        let (one, other) = (first.monday.iso_week(), last.monday.iso_week());
        if first == last {
            last.name_zh()
        } else if one.year() == other.year() {
            format!("{}年第{}至{}周", one.year(), one.week(), other.week())
        } else {
            format!("{}至{}", first.name_zh(), last.name_zh())
        }
    }

    /// Later by some days; the week at the very end of the calendar stays where it is.
    fn shifted(&self, days: u64) -> Date {
        self.monday.checked_add_days(Days::new(days)).unwrap_or(self.monday)
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let week = self.monday.iso_week();
        write!(f, "{:04}-W{:02}", week.year(), week.week())
    }
}

impl fmt::Debug for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Week({self})")
    }
}

impl FromStr for Week {
    type Err = WeekError;

    fn from_str(raw: &str) -> Result<Self, WeekError> {
        let number = |digits: &str, length| {
            let plain = digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| digits.parse::<u32>().ok())?
        };
        let split = raw.trim().split_once("-W").and_then(|(year, week)| Some((number(year, 4)?, number(week, 2)?)));
        let (year, week) = split.ok_or_else(|| WeekError::Unreadable { raw: raw.to_owned() })?;
        let monday = i32::try_from(year).ok().filter(|year| (YEAR_MIN..=YEAR_MAX).contains(year));
        let monday = monday.and_then(|year| Date::from_isoywd_opt(year, week, Weekday::Mon));
        monday.map(|monday| Self { monday }).ok_or_else(|| WeekError::NoSuchWeek { raw: raw.to_owned() })
    }
}

impl From<Week> for String {
    fn from(week: Week) -> Self {
        week.to_string()
    }
}

impl TryFrom<String> for Week {
    type Error = WeekError;

    fn try_from(raw: String) -> Result<Self, WeekError> {
        raw.parse()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn officials_read_its_number_and_its_days() {
        let week = |name: &str| name.parse::<Week>().unwrap();
        assert_eq!(week("2026-W49").zh(), "2026年第49周（11月30日至12月6日）");
        assert_eq!(week("2026-W53").zh(), "2026年第53周（2026年12月28日至2027年1月3日）");
        assert_eq!(Week::span_zh(week("2026-W08"), week("2026-W09")), "2026年第8至9周（2月16日至3月1日）");
        let over_the_year = Week::span_zh(week("2026-W53"), week("2027-W01"));
        assert_eq!(over_the_year, "2026年第53周至2027年第1周（2026年12月28日至2027年1月10日）");
    }

    #[test]
    fn the_week_year_is_not_the_calendar_year() {
        assert_eq!(Week::of(day("2027-01-03")).to_string(), "2026-W53");
        assert_eq!(Week::of(day("2025-12-29")).to_string(), "2026-W01");
        let week: Week = "2026-W53".parse().unwrap();
        assert_eq!((week.monday(), week.sunday()), (day("2026-12-28"), day("2027-01-03")));
        assert_eq!(week.next().to_string(), "2027-W01");
        assert_eq!(week.next().prev(), week);
        assert_eq!(week.days().map(|d| Week::of(d) == week).collect::<Vec<_>>(), [true; 7]);
        assert!(week < week.next());
    }

    #[test]
    fn a_week_that_does_not_exist_is_refused() {
        for raw in ["2025-W53", "2026-W00", "2026-W54", "1899-W01", "2201-W01"] {
            assert_eq!(raw.parse::<Week>(), Err(WeekError::NoSuchWeek { raw: raw.into() }), "{raw}");
        }
        for raw in ["", "2026W47", "2026-47", "2026-W7", "26-W47", "2026-W+7", "２０２６-W47", "2026-w47"] {
            assert_eq!(raw.parse::<Week>(), Err(WeekError::Unreadable { raw: raw.into() }), "{raw}");
            assert!(raw.parse::<Week>().unwrap_err().zh().contains("2026-W47"));
        }
    }

    #[test]
    fn json_holds_the_name_and_refuses_others() {
        let week = Week::of(day("2026-11-23"));
        assert_eq!(serde_json::to_string(&week).unwrap(), "\"2026-W48\"");
        assert_eq!(serde_json::from_str::<Week>("\"2026-W48\"").unwrap(), week);
        assert!(serde_json::from_str::<Week>("\"2025-W53\"").is_err());
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_panic() {
        for date in [Date::MIN, Date::MAX] {
            let week = Week::of(date);
            let _ = (week.sunday(), week.next(), week.prev(), week.days().count(), week.to_string());
        }
    }
}
