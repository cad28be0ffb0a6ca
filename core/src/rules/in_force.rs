//! What holds when: calendars by the moment each became known, numbers by the day from which each decision holds (R002).

use super::{Number, Policy};
use crate::calendar::{Calendar, Date, Edition, EditionError, Week, WeekPlan, local_date};
use crate::permit::plausible::FormNumbers;
use crate::plan::Plan;
use crate::requirement::Requirement;
use std::sync::Arc;

/// From `since` on, until the next one, these editions were known.
#[derive(Clone, Debug)]
pub struct CalendarEra {
    /// Unix seconds; the first one's is the beginning of time.
    pub since: i64,
    /// The editions held.
    pub calendar: Calendar,
}

/// Every decision about the numbers. A decision holds from its first day on, until a later decision's first day; before all of them the
/// plan's own numbers hold. Cheap to copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumbersInForce {
    plan: Arc<Policy>,
    /// The later packs' own numbers from their first days on, and what was decided, in the order in which the last one that has begun
    /// holds.
    held: Arc<[(Date, Policy)]>,
    /// In the order in which they were decided.
    decided: Arc<[(Date, Policy)]>,
}

impl NumbersInForce {
    /// From the decisions in their order, each with the moment that stands for the day it holds from where it names none, Unix seconds;
    /// before them the numbers of the built-in plan hold.
    pub fn new(decided: impl IntoIterator<Item = (i64, Policy)>) -> NumbersInForce {
        Self::of(Policy::default(), Vec::new(), decided.into_iter().map(dated).collect())
    }

    /// The same with the plan's own numbers; those of a later pack hold from its first day on, unless a decision of that day or later
    /// says otherwise.
    pub fn of_plan(plan: &Plan, decided: impl IntoIterator<Item = (i64, Policy)>) -> NumbersInForce {
        let mut packs = plan.policies().into_iter();
        let first = packs.next().map(|(_, policy)| policy).unwrap_or_default();
        Self::of(first, packs.collect(), decided.into_iter().map(dated).collect())
    }

    fn of(plan: Policy, packs: Vec<(Date, Policy)>, decided: Vec<(Date, Policy)>) -> NumbersInForce {
        let mut held = decided.clone();
        for (first, policy) in packs {
            let (before, after): (Vec<_>, Vec<_>) = held.into_iter().partition(|(from, _)| *from < first);
            held = before.into_iter().chain([(first, policy)]).chain(after).collect();
        }
        NumbersInForce { plan: Arc::new(plan), held: held.into(), decided: decided.into() }
    }

    /// Whether all days have the same numbers.
    pub fn is_one(&self) -> bool {
        self.held.is_empty()
    }

    /// Whether a decision sets a number otherwise than the plan.
    pub fn differs(&self, policy: &Policy, number: Number) -> bool {
        policy.get(number) != self.plan.get(number)
    }

    /// With one decision more, which names its first day.
    pub fn with(&self, policy: Policy, now: i64) -> NumbersInForce {
        let more = dated((now, policy));
        let held = self.held.iter().cloned().chain([more.clone()]).collect();
        NumbersInForce { plan: self.plan.clone(), held, decided: self.decided.iter().cloned().chain([more]).collect() }
    }

    /// Those that hold on a day.
    pub fn on(&self, day: Date) -> &Policy {
        if !Requirement::R002.holds() {
            return self.newest();
        }
        self.held.iter().rev().find(|(from, _)| *from <= day).map_or(&self.plan, |(_, policy)| policy)
    }

    /// The decision taken last, else the pack that begins last, whether it holds already or not; the plan's numbers where there is none.
    pub fn newest(&self) -> &Policy {
        self.decided.last().or(self.held.last()).map_or(&self.plan, |(_, policy)| policy)
    }

    /// All decisions with their first days, in the order in which they were taken.
    pub fn decided(&self) -> &[(Date, Policy)] {
        &self.decided
    }

    /// The day by which the numbers of a week are chosen: its last working day; of a week without one its Sunday.
    pub fn day_of(calendar: &Calendar, week: Week) -> Date {
        let sunday = week.sunday();
        let back = sunday.iter_days().rev().take(7);
        back.into_iter().find(|day| calendar.is_workday(*day)).unwrap_or(sunday)
    }

    /// Those that hold for a week.
    pub fn of_week(&self, calendar: &Calendar, week: Week) -> &Policy {
        self.on(Self::day_of(calendar, week))
    }

    /// The plan of a week, each week by its own numbers.
    pub fn plan(&self, calendar: &Calendar, week: Week) -> WeekPlan {
        calendar.week_by(week, |week| self.of_week(calendar, week).weeks())
    }

    /// The numbers that what was recorded at a moment, Unix seconds, is measured by.
    pub fn form_numbers(&self, recorded_at: i64) -> FormNumbers {
        self.on(local_date(recorded_at)).form_numbers()
    }
}

/// A decision with its first day; the moment stands for the day where it names none.
fn dated((since, policy): (i64, Policy)) -> (Date, Policy) {
    (policy.effective.unwrap_or_else(|| local_date(since)), policy)
}

/// All that due dates are counted by.
#[derive(Clone, Debug)]
pub struct RulesInForce {
    /// In order, the built-in calendar first; never empty.
    pub calendars: Vec<CalendarEra>,
    /// The numbers.
    pub numbers: NumbersInForce,
    /// What is owed, by whom, and what those are called.
    pub plan: Arc<Plan>,
}

impl Default for RulesInForce {
    fn default() -> Self {
        let first = CalendarEra { since: i64::MIN, calendar: Calendar::builtin() };
        RulesInForce { calendars: vec![first], numbers: NumbersInForce::default(), plan: Plan::builtin().clone() }
    }
}

impl RulesInForce {
    /// Those of a plan, from the editions imported and the decisions taken, in order, each with its moment, Unix seconds.
    pub fn of_plan(
        plan: &Arc<Plan>,
        editions: impl IntoIterator<Item = (i64, Edition)>,
        decided: impl IntoIterator<Item = (i64, Policy)>,
    ) -> Result<RulesInForce, EditionError> {
        let rules = RulesInForce::new(editions, NumbersInForce::of_plan(plan, decided))?;
        Ok(RulesInForce { plan: plan.clone(), ..rules })
    }

    /// Those of the built-in plan, from the editions imported, in order, each with its moment, Unix seconds.
    pub fn new(
        editions: impl IntoIterator<Item = (i64, Edition)>,
        numbers: NumbersInForce,
    ) -> Result<RulesInForce, EditionError> {
        let mut rules = RulesInForce { numbers, ..RulesInForce::default() };
        for (since, edition) in editions {
            rules.calendars.push(CalendarEra { since, calendar: rules.calendar().with_edition(edition)? });
        }
        Ok(rules)
    }

    /// The calendar known last.
    pub fn calendar(&self) -> Calendar {
        self.calendars.last().map_or_else(Calendar::builtin, |era| era.calendar.clone())
    }

    /// Since when the calendar known last has been known, Unix seconds.
    pub fn since(&self) -> i64 {
        self.calendars.last().map_or(i64::MIN, |era| era.since)
    }

    /// By another plan, of which nobody decided anything yet.
    pub fn with_plan(self, plan: Arc<Plan>) -> RulesInForce {
        RulesInForce { numbers: NumbersInForce::of_plan(&plan, []), plan, ..self }
    }

    /// With one calendar more.
    pub fn with_calendar(mut self, since: i64, calendar: Calendar) -> RulesInForce {
        self.calendars.push(CalendarEra { since, calendar });
        self
    }

    /// With one decision about the numbers more.
    pub fn with_policy(self, policy: Policy, now: i64) -> RulesInForce {
        RulesInForce { numbers: self.numbers.with(policy, now), ..self }
    }
}
