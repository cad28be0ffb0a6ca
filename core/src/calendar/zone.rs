//! Between Unix seconds and civil dates in Asia/Shanghai, which is UTC+8 the whole year (K1).

use super::date::Date;
use chrono::{DateTime, Datelike};

const OFFSET_SECONDS: i64 = 8 * 3600;
const DAY_SECONDS: i64 = 24 * 3600;
/// 1970-01-01 counted in days from 0001-01-01, where day 1 is that day itself.
const EPOCH_DAY: i64 = 719_163;

/// The civil date in Asia/Shanghai at a moment given in Unix seconds.
///
/// Moments beyond what a date can hold (some 260,000 years away) become the first or last date there is.
pub fn local_date(unix_seconds: i64) -> Date {
    let local = unix_seconds.saturating_add(OFFSET_SECONDS);
    let beyond = if local < 0 { Date::MIN } else { Date::MAX };
    DateTime::from_timestamp(local, 0).map_or(beyond, |moment| moment.date_naive())
}

/// The Unix seconds at 00:00 of a civil date in Asia/Shanghai.
///
/// The end of a statutory day (24:00, 民法典 203-2) is the midnight of the next date.
pub fn local_midnight(date: Date) -> i64 {
    (i64::from(date.num_days_from_ce()) - EPOCH_DAY) * DAY_SECONDS - OFFSET_SECONDS
}

/// A moment as people in the office read it, to the minute: `2026-11-23 14:05`.
pub fn local_stamp(unix_seconds: i64) -> String {
    let minute_of_day = unix_seconds.saturating_add(OFFSET_SECONDS).rem_euclid(DAY_SECONDS) / 60;
    format!("{} {:02}:{:02}", local_date(unix_seconds), minute_of_day / 60, minute_of_day % 60)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn early_morning_belongs_to_the_local_day_not_to_the_utc_day() {
        let half_past_seven = 1_795_390_200; // 2026-11-22T23:30:00Z
        assert_eq!(local_stamp(half_past_seven), "2026-11-23 07:30");
        assert_eq!(local_date(half_past_seven), Date::from_ymd_opt(2026, 11, 23).unwrap());
    }

    #[test]
    fn a_day_begins_at_midnight_and_ends_at_the_next() {
        for date in ["1969-12-31", "1970-01-01", "2000-02-29", "2026-11-23", "2200-12-31"] {
            let date: Date = date.parse().unwrap();
            let midnight = local_midnight(date);
            assert_eq!(local_date(midnight), date);
            assert_eq!(local_date(midnight - 1), date.pred_opt().unwrap());
            assert_eq!(local_date(midnight + DAY_SECONDS - 1), date);
            assert_eq!(local_stamp(midnight), format!("{date} 00:00"));
        }
        assert_eq!(local_midnight("1970-01-01".parse().unwrap()), -OFFSET_SECONDS);
    }

    #[test]
    fn moments_beyond_the_calendar_saturate() {
        assert_eq!(local_date(i64::MAX), Date::MAX);
        assert_eq!(local_date(i64::MIN), Date::MIN);
        assert!(local_stamp(i64::MAX).ends_with(char::is_numeric));
    }
}
