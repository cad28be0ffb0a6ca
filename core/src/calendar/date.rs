//! Dates as people write them, and the days that do not exist.

use crate::requirement::Requirement;
/// A civil date in Asia/Shanghai.
pub use chrono::NaiveDate as Date;
use chrono::{Datelike, Days};
use daiban_messages::say::calendar as say;
use daiban_messages::{Both, Message, Say};

/// The earliest year a date may name.
pub const YEAR_MIN: i32 = 1900;
/// The latest year a date may name.
pub const YEAR_MAX: i32 = 2200;

/// A text that is not a date. The text itself is kept: it may stand on a signed original.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().en)]
pub enum DateError {
    /// It is written like a date, but the calendar has no such day. The plan itself was signed on such a day (2021年2月30日).
    Impossible {
        /// The text as given.
        raw: String,
        /// What does not exist.
        reason: NoSuchDay,
    },
    /// It is written like a date, but the year is outside [`YEAR_MIN`] to [`YEAR_MAX`].
    YearOutside {
        /// The text as given.
        raw: String,
    },
    /// It is not written like a date.
    Unreadable {
        /// The text as given.
        raw: String,
    },
}

impl DateError {
    /// What is wrong, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            Self::Impossible { reason: NoSuchDay::Month { year, month }, .. } => say::NoSuchMonth { year, month }.say(),
            Self::Impossible { reason: NoSuchDay::Day { year, month, day }, .. } => say::NoSuchDay { year, month, day }.say(),
            Self::YearOutside { raw } => say::YearOutside { text: raw, first: YEAR_MIN, last: YEAR_MAX }.say(),
            Self::Unreadable { raw } => say::DateUnreadable { text: raw }.say(),
        }
    }

    /// The sentence for officials.
    pub fn zh(&self) -> String {
        self.message().zh
    }

    /// The text that was given, unchanged.
    pub fn raw(&self) -> &str {
        match self {
            Self::Impossible { raw, .. } | Self::YearOutside { raw } | Self::Unreadable { raw } => raw,
        }
    }
}

/// The part of an impossible date that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSuchDay {
    /// No year has this month.
    Month {
        /// The year written.
        year: i32,
        /// The month written, 0 or above 12.
        month: u32,
    },
    /// This month has no such day.
    Day {
        /// The year written.
        year: i32,
        /// The month written.
        month: u32,
        /// The day written.
        day: u32,
    },
}

/// Reads a date as offices write it: `2021-02-09`, `2021年2月9日`, `2021/2/9`, `2021.2.9`, also with full-width digits and marks.
///
/// Nothing is rounded or guessed: the year has four digits, and a day that does not exist is an error.
pub fn parse_date(raw: &str) -> Result<Date, DateError> {
    let unreadable = || DateError::Unreadable { raw: raw.to_owned() };
    let text: String = raw.trim().chars().map(half_width).collect();
    let [year, month, day] = split(&text).ok_or_else(unreadable)?;
    let year = number(year, 4..=4).ok_or_else(unreadable)?;
    let month = number(month, 1..=2).ok_or_else(unreadable)?;
    let day = number(day, 1..=2).ok_or_else(unreadable)?;
    let year = i32::try_from(year).map_err(|_| unreadable())?;
    if !(YEAR_MIN..=YEAR_MAX).contains(&year) {
        return Err(DateError::YearOutside { raw: raw.to_owned() });
    }
    civil(year, month, day).map_err(|reason| DateError::Impossible { raw: raw.to_owned(), reason })
}

/// A date as official documents print it, Arabic digits without zeros (GB/T 9704): `2021年2月10日`.
pub fn zh_date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// A date as either language writes it.
pub fn written(date: Date) -> Both {
    Both::new(zh_date(date), date.to_string())
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' | '－' | '／' | '．' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

fn split(text: &str) -> Option<[&str; 3]> {
    if let Some((year, rest)) = text.split_once('年') {
        let (month, day) = rest.strip_suffix('日')?.split_once('月')?;
        return Some([year.trim(), month.trim(), day.trim()]);
    }
    let mark = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let (year, rest) = text.split_once(mark)?;
    let (month, day) = rest.split_once(mark)?;
    Some([year, month, day])
}

fn number(digits: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let plain = length.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok())?
}

fn civil(year: i32, month: u32, day: u32) -> Result<Date, NoSuchDay> {
    let first = Date::from_ymd_opt(year, month, 1).ok_or(NoSuchDay::Month { year, month })?;
    if !Requirement::R004.holds() {
        return Ok(first.checked_add_days(Days::new(u64::from(day.saturating_sub(1)))).unwrap_or(first));
    }
    Date::from_ymd_opt(year, month, day).ok_or(NoSuchDay::Day { year, month, day })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_gives_the_same_day() {
        let expected = Date::from_ymd_opt(2021, 2, 9).unwrap();
        let ways = [
            "2021-02-09",
            "2021年2月9日",
            "2021年02月09日",
            "2021 年 2 月 9 日",
            "2021/2/9",
            "2021.2.9",
            " 2021-2-9\n",
            "２０２１年２月９日",
            "２０２１－０２－０９",
            "２０２１／２／９",
            "２０２１．２．９",
        ];
        for raw in ways {
            assert_eq!(parse_date(raw), Ok(expected), "{raw}");
        }
        assert_eq!(zh_date(expected), "2021年2月9日");
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused_with_the_text_kept() {
        let error = parse_date("2021年2月30日").unwrap_err();
        assert_eq!(error.zh(), "2021年2月没有30日，请核对原件");
        assert_eq!(error.raw(), "2021年2月30日");
        assert_eq!(error.to_string(), "2021-2 has no day 30; check the original");
        assert_eq!(parse_date("2021-13-01").unwrap_err().zh(), "2021年没有13月，请核对原件");
        for raw in
            ["2021-02-29", "1900-02-29", "2100/2/29", "2026.4.31", "2026-00-10", "2026-01-00", "2026年6月31日", "2026-12-32"]
        {
            assert!(matches!(parse_date(raw), Err(DateError::Impossible { .. })), "{raw}");
        }
        assert!(parse_date("2000-02-29").is_ok());
        assert!(parse_date("2024-02-29").is_ok());
    }

    #[test]
    fn what_is_not_a_date_is_unreadable() {
        let texts = [
            "",
            "明天",
            "2021",
            "2021-02",
            "21-02-09",
            "2021-02-09-1",
            "2021/02-09",
            "2021年2月9",
            "+2021-2-9",
            "2021--2-9",
            "2021-2-009",
            "20210209",
            "2021-02-09T00:00",
            "二〇二一年二月九日",
            "202１年2月9日号",
            "2021年2月",
            "99999999999-1-1",
        ];
        for raw in texts {
            assert_eq!(parse_date(raw), Err(DateError::Unreadable { raw: raw.to_owned() }), "{raw}");
            assert!(!parse_date(raw).unwrap_err().zh().is_empty());
        }
    }

    #[test]
    fn years_have_bounds() {
        for raw in ["1899-12-31", "2201-01-01", "0000-01-01", "9999-02-30"] {
            assert_eq!(parse_date(raw), Err(DateError::YearOutside { raw: raw.to_owned() }), "{raw}");
        }
        assert!(parse_date("1900-01-01").is_ok());
        assert!(parse_date("2200-12-31").is_ok());
    }
}
