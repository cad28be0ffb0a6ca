//! Counting days: the n-th working day, the working days between two dates, and limits in calendar days.

use super::certainty::Certainty;
use super::date::{Date, YEAR_MAX, YEAR_MIN, written};
use super::working_days::Calendar;
use chrono::{Datelike, Days};
use daiban_messages::say::calendar as say;
use daiban_messages::{Message, Say};
use serde::{Deserialize, Serialize};

/// The most days one count may have, about twenty years; the longest limit in the item list is 60.
pub const COUNT_DAYS_MAX: i64 = 5_000;

/// The n-th working day from a start, with the days that were counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The n-th working day; the whole of it is still in time (民法典 203-2).
    pub date: Date,
    /// Whether a notice still to come may change it.
    #[serde(flatten)]
    pub certainty: Certainty,
    /// The working days counted, in the order of counting; the last one is `date`. Empty for n = 0.
    pub counted: Vec<Date>,
}

/// The end of a limit in calendar days (自然日).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarCount {
    /// The last day that is in time: `last_day`, or the next working day if that one is not worked (民法典 203-1).
    pub date: Date,
    /// The n-th calendar day after the start.
    pub last_day: Date,
    /// Whether a notice still to come may change `date`.
    #[serde(flatten)]
    pub certainty: Certainty,
}

/// Which ends belong to an interval of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interval {
    /// (a, b]: the days after `a` up to and with `b`, as limits are counted (民法典 201). Two meetings are this far apart (K4).
    After,
    /// \[a, b\]: both ends belong to it.
    Closed,
}

/// A count that is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().en)]
pub enum CountError {
    /// More than [`COUNT_DAYS_MAX`] days, forward or back.
    TooLong {
        /// The days asked for.
        n: i64,
    },
    /// A limit in calendar days runs forward only.
    Backward {
        /// The days asked for.
        n: i64,
    },
    /// The start is outside the years that dates may name.
    StartOutside {
        /// The start.
        start: Date,
    },
}

impl CountError {
    /// What is wrong, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            Self::TooLong { n } => say::CountTooLong { days: n, most: COUNT_DAYS_MAX }.say(),
            Self::Backward { n } => say::CountBackward { days: n }.say(),
            Self::StartOutside { start } => say::StartOutside { start: written(*start), first: YEAR_MIN, last: YEAR_MAX }.say(),
        }
    }

    /// The sentence for officials.
    pub fn zh(&self) -> String {
        self.message().zh
    }
}

impl Calendar {
    /// The n-th working day strictly after `start`, or strictly before it for a negative `n`; `start` itself for 0.
    ///
    /// `start` is never counted, worked or not (民法典 201): signed on Saturday 2020-12-05, the 15th working day is Friday
    /// 2020-12-25. This is the clock of 委托书签订后15个工作日内 (K2, K3).
    pub fn add(&self, start: Date, n: i64) -> Result<Count, CountError> {
        check(start, n)?;
        let step = if n < 0 { Date::pred_opt } else { Date::succ_opt };
        let wanted = usize::try_from(n.unsigned_abs()).unwrap_or(usize::MAX);
        let days = std::iter::successors(step(&start), step);
        let counted: Vec<Date> = days.filter(|day| self.is_workday(*day)).take(wanted).collect();
        let date = counted.last().copied().unwrap_or(start);
        let certainty = match step(&start) {
            Some(first) if n > 0 => self.certainty_over(first, date),
            Some(first) if n < 0 => self.certainty_over(date, first),
            _ => Certainty::Certain,
        };
        Ok(Count { date, certainty, counted })
    }

    /// The end of a limit of `n` calendar days: `start` is not counted, and a last day that is not worked rolls to the next
    /// working day (K5; 民法典 201, 203-1). Holidays on the way count like any day.
    pub fn add_calendar_days(&self, start: Date, n: i64) -> Result<CalendarCount, CountError> {
        check(start, n)?;
        let days = u64::try_from(n).map_err(|_| CountError::Backward { n })?;
        let last_day = start.checked_add_days(Days::new(days)).ok_or(CountError::StartOutside { start })?;
        let date = self.first_workday_from(last_day).ok_or(CountError::StartOutside { start })?;
        Ok(CalendarCount { date, last_day, certainty: self.certainty_over(last_day, date) })
    }

    /// The working days between two dates, ascending; none if `a` is after `b`.
    ///
    /// Days outside [`YEAR_MIN`] to [`YEAR_MAX`] are not looked at, which bounds the work.
    pub fn between(&self, a: Date, b: Date, interval: Interval) -> Vec<Date> {
        let first = match interval {
            Interval::After => a.succ_opt(),
            Interval::Closed => Some(a),
        };
        let earliest = Date::from_ymd_opt(YEAR_MIN, 1, 1);
        let Some(first) = first.max(earliest).filter(|_| first.is_some()) else { return Vec::new() };
        let inside = |day: &Date| *day <= b && day.year() <= YEAR_MAX;
        first.iter_days().take_while(inside).filter(|day| self.is_workday(*day)).collect()
    }

    /// The first working day on or after a date.
    pub(super) fn first_workday_from(&self, date: Date) -> Option<Date> {
        std::iter::successors(Some(date), Date::succ_opt).find(|day| self.is_workday(*day))
    }
}

fn check(start: Date, n: i64) -> Result<(), CountError> {
    if n.unsigned_abs() > COUNT_DAYS_MAX.unsigned_abs() {
        return Err(CountError::TooLong { n });
    }
    match (YEAR_MIN..=YEAR_MAX).contains(&start.year()) {
        true => Ok(()),
        false => Err(CountError::StartOutside { start }),
    }
}

#[cfg(test)]
#[path = "count_tests.rs"]
mod tests;
