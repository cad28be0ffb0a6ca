//! Reads what is typed and belongs to no kind: when something happened, and texts from standard input.

use crate::fault::Fault;
use daiban_core::calendar::{Date, local_midnight, parse_date};
use daiban_messages::Both;
use daiban_messages::say::terminal as say;
use std::io::Read;

/// Far above any text a fact takes, far below what hurts.
const STDIN_BYTES_MAX: u64 = 1024 * 1024;

/// A date as offices write it.
fn date(raw: &str) -> Result<Date, Fault> {
    parse_date(raw).map_err(|e| Fault::Input { field: "date", said: e.message() })
}

/// A moment: a date alone, or a date and a time of day in Asia/Shanghai (`2026-11-20 14:30`, `2026年11月20日 14:30`).
pub fn moment(raw: &str) -> Result<i64, Fault> {
    let unreadable = || Fault::input("time", say::Moment { text: raw });
    let text = raw.trim().replace('：', ":");
    let Some((day, clock)) = text.rsplit_once([' ', 'T']).filter(|(_, clock)| clock.contains(':')) else {
        return Ok(local_midnight(date(&text)?));
    };
    let (hour, minute) = clock.split_once(':').ok_or_else(unreadable)?;
    let two_digits = |digits: &str, below: i64| -> Result<i64, Fault> {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        let number = digits.parse().ok().filter(|n| plain && *n < below);
        number.ok_or_else(unreadable)
    };
    Ok(local_midnight(date(day)?) + two_digits(hour, 24)? * 3600 + two_digits(minute, 60)? * 60)
}

/// The text that stands in standard input.
pub fn standard_input() -> Result<String, Fault> {
    let mut out = String::new();
    let read = std::io::stdin().take(STDIN_BYTES_MAX).read_to_string(&mut out);
    read.map_err(|e| Fault::input("stdin", say::StandardInput { why: Both::new("", e.to_string()) }))?;
    Ok(out.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_core::calendar::local_stamp;

    #[test]
    fn moments_are_read_in_the_ways_offices_write_them() {
        for raw in ["2026-11-20 14:30", "2026年11月20日 14：30", "2026/11/20T14:30"] {
            assert_eq!(local_stamp(moment(raw).unwrap()), "2026-11-20 14:30", "{raw}");
        }
        assert_eq!(local_stamp(moment("2026年11月20日").unwrap()), "2026-11-20 00:00");
        for raw in ["2026-11-20 25:00", "2026-11-20 14:60", "2026-11-20 +1:00", "14:30", "昨天", "2026-02-30 08:00"] {
            assert!(moment(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused_in_chinese() {
        assert_eq!(date("2021年2月30日").unwrap_err().said().zh, "2021年2月没有30日，请核对原件");
    }
}
