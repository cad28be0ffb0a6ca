//! When the weekly reports of a week are due (W2–W5).

use super::certainty::Certainty;
use super::date::Date;
use super::week::Week;
use super::working_days::Calendar;
use chrono::Datelike;
use serde::{Deserialize, Serialize};

/// The fewest working days a week may be asked to have; more would leave ordinary weeks without a report.
const MIN_WORKDAYS_MAX: u32 = 5;
/// The most working days between the groups' reports and the district's.
const DISTRICT_AFTER_MAX: u32 = 5;

/// What the office may set about weekly reports; the plan says only 每周.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WeekSettings {
    /// A week with fewer working days owes no report of its own and is covered by the next that does (W5). Taken as 1 to 5.
    pub min_workdays: u32,
    /// The weekday, 1 to 7, by which groups report: on the last working day of the week that is not after it, else on the week's first
    /// working day. 7: on the last working day (W2).
    pub group_weekday: u32,
    /// The district's report is due so many working days after the groups' (W3). Taken as 1 to 5.
    pub district_after: u32,
}

impl Default for WeekSettings {
    fn default() -> Self {
        Self { min_workdays: 1, group_weekday: 7, district_after: 1 }
    }
}

impl WeekSettings {
    fn owes(self, working_days: usize) -> bool {
        let least = self.min_workdays.clamp(1, MIN_WORKDAYS_MAX);
        usize::try_from(least).is_ok_and(|least| working_days >= least)
    }

    fn groups_due(self, working_days: &[Date]) -> Option<Date> {
        let in_time = |day: &&Date| day.weekday().number_from_monday() <= self.group_weekday;
        working_days.iter().rfind(in_time).or_else(|| working_days.first()).copied()
    }
}

/// One reporting week: its working days and its two due dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekPlan {
    /// The week.
    pub week: Week,
    /// Its working days, ascending; make-up Saturdays and Sundays are among them.
    pub working_days: Vec<Date>,
    /// Specialists and unit agents to the dispatch group: the last working day of the week, or the weekday that is set (W2, D3). `None`
    /// if it owes no report.
    pub group_report_due: Option<Date>,
    /// Dispatch lead to the district government: the first working day after the week, or after the groups' day as many as are set (W3,
    /// D4). `None` if it owes no report.
    pub district_report_due: Option<Date>,
    /// The weeks its report covers, ascending: weeks before it that owe none, then itself (W4). Empty if it owes no report.
    pub covers: Vec<Week>,
    /// Whether a notice still to come may change any of this.
    #[serde(flatten)]
    pub certainty: Certainty,
}

impl Calendar {
    /// The plan of a week by the default settings: every week with a working day reports.
    pub fn week(&self, week: Week) -> WeekPlan {
        self.week_with(week, WeekSettings::default())
    }

    /// The plan of a week by the office's settings.
    pub fn week_with(&self, week: Week, settings: WeekSettings) -> WeekPlan {
        self.week_by(week, |_| settings)
    }

    /// The plan of a week where the office's settings differ from week to week.
    pub fn week_by(&self, week: Week, settings: impl Fn(Week) -> WeekSettings) -> WeekPlan {
        let working_days = self.working_days_of(week);
        let set = settings(week);
        let owes = set.owes(working_days.len());
        let covers = if owes { self.covered_by(week, settings) } else { Vec::new() };
        let group_report_due = set.groups_due(&working_days).filter(|_| owes);
        let district_report_due = group_report_due.and_then(|day| self.workday_after(day, set.district_after));
        let from = covers.first().map_or(week.monday(), Week::monday);
        let certainty = self.certainty_over(from, district_report_due.unwrap_or(week.sunday()));
        WeekPlan { week, working_days, group_report_due, district_report_due, covers, certainty }
    }

    /// The n-th working day after a day.
    fn workday_after(&self, day: Date, n: u32) -> Option<Date> {
        (0..n.clamp(1, DISTRICT_AFTER_MAX)).try_fold(day, |day, _| self.first_workday_from(day.succ_opt()?))
    }

    fn working_days_of(&self, week: Week) -> Vec<Date> {
        week.days().filter(|day| self.is_workday(*day)).collect()
    }

    /// The week itself and the run of weeks right before it that owe no report, ascending.
    fn covered_by(&self, week: Week, settings: impl Fn(Week) -> WeekSettings) -> Vec<Week> {
        let earlier = std::iter::successors(Some(week.prev()), |week| Some(week.prev()));
        let silent = earlier.take_while(|week| !settings(*week).owes(self.working_days_of(*week).len()));
        let mut covers: Vec<Week> = std::iter::once(week).chain(silent).collect();
        covers.reverse();
        covers
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn week(name: &str) -> Week {
        name.parse().unwrap()
    }

    fn names(weeks: &[Week]) -> Vec<String> {
        weeks.iter().map(Week::to_string).collect()
    }

    #[test]
    fn a_week_without_work_owes_nothing_and_goes_into_the_next_report() {
        let calendar = Calendar::builtin();
        let silent = calendar.week(week("2026-W08"));
        assert_eq!((silent.group_report_due, silent.district_report_due, silent.covers.len()), (None, None, 0));
        assert!(silent.working_days.is_empty() && silent.certainty.is_certain());
        assert_eq!(names(&calendar.week(week("2026-W09")).covers), ["2026-W08", "2026-W09"]);
        assert_eq!(names(&calendar.week(week("2026-W10")).covers), ["2026-W10"]);
    }

    #[test]
    fn the_office_may_merge_short_weeks() {
        let calendar = Calendar::builtin();
        let merged = WeekSettings { min_workdays: 3, ..WeekSettings::default() };
        assert_eq!(calendar.week(week("2021-W40")).working_days.len(), 2);
        assert_eq!(calendar.week_with(week("2021-W40"), merged).group_report_due, None);
        assert_eq!(names(&calendar.week_with(week("2021-W41"), merged).covers), ["2021-W40", "2021-W41"]);
        let out_of_range = calendar.week_with(week("2026-W08"), WeekSettings { min_workdays: 0, ..WeekSettings::default() });
        assert_eq!(out_of_range.group_report_due, None, "a week without work never reports");
        assert!(
            calendar
                .week_with(week("2026-W47"), WeekSettings { min_workdays: 99, ..WeekSettings::default() })
                .group_report_due
                .is_some()
        );
    }

    #[test]
    fn the_last_weeks_of_the_published_years_are_provisional() {
        let calendar = Calendar::builtin();
        assert!(calendar.week(week("2026-W51")).certainty.is_certain());
        let last_full = calendar.week(week("2026-W52"));
        assert!(!last_full.certainty.is_certain(), "its Saturday is 26 December");
        assert!(!calendar.week(week("2026-W53")).certainty.is_certain());
    }

    #[test]
    fn settings_left_out_are_the_defaults() {
        assert_eq!(serde_json::from_str::<WeekSettings>("{}").unwrap(), WeekSettings::default());
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_hang() {
        for date in [Date::MIN, Date::MAX] {
            let _ = Calendar::builtin().week(Week::of(date));
        }
    }
}
