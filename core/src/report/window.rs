//! When a week's reports may be confirmed: once the week has run, and named as late after that.

use crate::calendar::{Calendar, Week, WeekPlan, local_midnight};
use crate::rules::{Number, NumbersInForce, Policy};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// The moments between which a week is reported, Unix seconds.
///
/// The plan says only 每周; the hours are the policy's. A group confirms from the noon of its last working day. A confirmation after the
/// duty's cut-off stays possible, so that no week is lost, and the duty is then met late; after [`Window::closes_at`] the answer says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// From when on a group may confirm.
    pub opens_at: i64,
    /// The end of the week's last working day: from then on the district's report may be drawn up.
    pub ended_at: i64,
    /// From when on a group's confirmation comes too late for the district's report of the week.
    pub closes_at: i64,
}

impl Window {
    /// Of a week by its own numbers; `None` if it owes no report.
    pub fn of_week(calendar: &Calendar, numbers: &NumbersInForce, week: Week) -> Option<Window> {
        Window::of(&numbers.plan(calendar, week), numbers.of_week(calendar, week))
    }

    /// Of a week; `None` if it owes no report.
    pub fn of(plan: &WeekPlan, policy: &Policy) -> Option<Window> {
        let last = local_midnight(plan.group_report_due?);
        let after = plan.district_report_due.map_or(last + DAY, local_midnight);
        Some(Window {
            opens_at: last + policy.get(Number::GroupConfirmFromHour) * HOUR,
            ended_at: last + DAY,
            closes_at: after + policy.get(Number::GroupConfirmUntilHour) * HOUR,
        })
    }

    /// Whether a group may confirm at that moment.
    pub fn is_open(&self, at: i64) -> bool {
        self.opens_at <= at
    }

    /// Whether the week's last working day is over at that moment.
    pub fn has_run(&self, at: i64) -> bool {
        self.ended_at <= at
    }

    /// Whether a group's confirmation at that moment is late.
    pub fn is_late(&self, at: i64) -> bool {
        self.closes_at <= at
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::calendar::local_stamp;

    fn window(week: &str) -> Option<Window> {
        Window::of(&Calendar::builtin().week(week.parse().unwrap()), &Policy::default())
    }

    #[test]
    fn a_week_is_reported_when_it_has_run() {
        let week = window("2026-W49").unwrap();
        assert_eq!(local_stamp(week.opens_at), "2026-12-04 12:00");
        assert_eq!(local_stamp(week.ended_at), "2026-12-05 00:00");
        assert_eq!(local_stamp(week.closes_at), "2026-12-07 10:00");
        assert!(!week.is_open(week.opens_at - 1) && week.is_open(week.opens_at));
        assert!(!week.has_run(week.ended_at - 1) && week.has_run(week.ended_at));
        assert!(!week.is_late(week.closes_at - 1) && week.is_late(week.closes_at));
    }

    #[test]
    fn a_worked_saturday_is_the_last_day_and_a_holiday_moves_the_end() {
        let before_holiday = window("2026-W07").unwrap();
        assert_eq!(local_stamp(before_holiday.opens_at), "2026-02-14 12:00");
        assert_eq!(local_stamp(before_holiday.closes_at), "2026-02-24 10:00");
        assert_eq!(window("2026-W08"), None);
    }
}
