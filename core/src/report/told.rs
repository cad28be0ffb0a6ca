//! Until when something may still be said of a week: until its report is closed.

use super::Window;
use crate::calendar::{Calendar, Week};
use crate::rules::NumbersInForce;

/// The longest run of weeks without a report that one report covers; the plan's calendar has never had two.
const SILENT_WEEKS_MAX: usize = 8;

/// The moment from which on a group's confirmation of the report that covers a week is late, Unix seconds; `None` if no such report is
/// in sight.
pub fn closes_at(calendar: &Calendar, numbers: &NumbersInForce, week: Week) -> Option<i64> {
    let reports = std::iter::successors(Some(week), |week| Some(week.next())).take(SILENT_WEEKS_MAX);
    let mut windows = reports.filter_map(|week| Window::of_week(calendar, numbers, week));
    windows.next().map(|window| window.closes_at)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::calendar::local_stamp;

    fn closes(week: &str) -> String {
        let at = closes_at(&Calendar::builtin(), &NumbersInForce::default(), week.parse().unwrap());
        local_stamp(at.unwrap())
    }

    #[test]
    fn a_week_is_open_until_its_report_is_closed_and_a_silent_one_until_the_next_is() {
        assert_eq!(closes("2026-W49"), "2026-12-07 10:00");
        assert_eq!(closes("2026-W07"), "2026-02-24 10:00", "the holiday is between");
        assert_eq!(closes("2026-W08"), closes("2026-W09"));
        assert_eq!(closes("1900-W01"), "1900-01-08 10:00");
    }
}
