//! What a number of the plan counts, how it is typed and how people read it.

use daiban_messages::say::times as say;
use daiban_messages::{Both, Say};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Minutes of a day.
pub(crate) const DAY_MINUTES: i64 = 24 * 60;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberUnit {
    /// 工作日.
    WorkingDays,
    /// 日, days off among them.
    Days,
    /// An hour of the day, 0 to 23, in Asia/Shanghai.
    Hour,
    /// A day of the week, 1 (Monday) to 7.
    Weekday,
    /// A time of the day in Asia/Shanghai, minutes from midnight, 0 to 1440; written `17:30`.
    Time,
    /// 万元.
    TenThousandYuan,
}

impl NumberUnit {
    /// The most that a number of it may be, where there is such a thing.
    pub(super) const fn most(self) -> Option<i64> {
        match self {
            Self::WorkingDays | Self::Days | Self::TenThousandYuan => None,
            Self::Hour => Some(23),
            Self::Weekday => Some(7),
            Self::Time => Some(DAY_MINUTES),
        }
    }

    /// A number as a pack or an order writes it: a whole number, of a time also `"17:30"`.
    pub fn read(self, value: &Value) -> Option<i64> {
        match value.as_str() {
            Some(text) if self == Self::Time => minutes(text),
            _ => value.as_i64(),
        }
    }

    /// A number as it is typed.
    pub fn typed(self, value: i64) -> String {
        if self == Self::Time { time_of(value) } else { value.to_string() }
    }

    /// A number with what it counts, for people: 15个工作日, 星期五, 17:30.
    pub fn said(self, value: i64) -> Both {
        let message = match self {
            Self::WorkingDays => say::WorkingDays { count: value }.say(),
            Self::Days => say::Days { count: value }.say(),
            Self::Hour => say::Hour { hour: value }.say(),
            Self::Weekday => say::Weekday { day: weekday(value) }.say(),
            Self::TenThousandYuan => say::TenThousandYuan { count: value }.say(),
            Self::Time => return Both::new(time_of(value), time_of(value)),
        };
        Both::new(message.zh, message.en)
    }
}

fn weekday(day: i64) -> &'static str {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
        .get(usize::try_from(day.saturating_sub(1)).unwrap_or(usize::MAX))
        .copied()
        .unwrap_or("sunday")
}

/// `17:30`.
pub(crate) fn time_of(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn minutes(text: &str) -> Option<i64> {
    let two_digits = |part: &str| {
        let plain = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| part.parse::<i64>().ok())?
    };
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    let (hour, minute) = (two_digits(hour)?, two_digits(minute)?);
    Some(hour * 60 + minute).filter(|all| minute < 60 && *all <= DAY_MINUTES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_time_is_typed_and_read_as_people_write_it() {
        for (text, minutes) in [("17:30", 1050), ("9:05", 545), ("24:00", 1440), ("00:00", 0), ("17：30", 1050)] {
            assert_eq!(NumberUnit::Time.read(&json!(text)), Some(minutes), "{text}");
        }
        for text in ["17", "17:60", "24:01", "-1:00", "17:3x", "", ":", "1:2:3"] {
            assert_eq!(NumberUnit::Time.read(&json!(text)), None, "{text}");
        }
        assert_eq!(NumberUnit::Hour.read(&json!("17:30")), None);
        assert_eq!(NumberUnit::Time.typed(1050), "17:30");
    }

    #[test]
    fn a_number_is_said_with_what_it_counts() {
        let said = |unit: NumberUnit, value| (unit.said(value).zh, unit.said(value).en);
        let both = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        assert_eq!(said(NumberUnit::WorkingDays, 15), both("15个工作日", "15 working days"));
        assert_eq!(said(NumberUnit::Days, 1), both("1天", "1 day"));
        assert_eq!(said(NumberUnit::Hour, 6), both("6时", "6:00"));
        assert_eq!(said(NumberUnit::Weekday, 5), both("星期五", "Friday"));
        assert_eq!(said(NumberUnit::Weekday, 7), both("星期日", "Sunday"));
        assert_eq!(said(NumberUnit::TenThousandYuan, 10_000), both("10000万元", "10000 × 10,000 yuan"));
        assert_eq!(said(NumberUnit::Time, 1050), both("17:30", "17:30"));
    }
}
