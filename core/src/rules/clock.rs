//! The clock of the rules: calendar, policy and `now` together.

use super::duty::{Basis, Duty, Rule, Subject};
use super::{Policy, State};
use crate::calendar::{Calendar, Certainty, Date, Interval, Week, WeekPlan, local_date, local_midnight};
use crate::case::FactView;
use crate::ids::CaseId;
use std::cell::Cell;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// What every rule needs besides the case.
pub(super) struct Context<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) policy: &'a Policy,
    pub(super) now: i64,
    pub(super) today: Date,
    version: String,
    /// The last count of [`Context::overdue`]: the duties of one week ask for the same one after the other.
    counted: Cell<Option<(Date, i64)>>,
}

/// A due date as counted.
pub(super) struct Due {
    pub(super) starts_on: Date,
    pub(super) due_on: Date,
    pub(super) counted: Vec<Date>,
    pub(super) certainty: Certainty,
}

/// The words and people of a duty.
pub(super) struct Owed {
    pub(super) key: String,
    pub(super) rule: Rule,
    pub(super) case: Option<CaseId>,
    pub(super) title_zh: String,
    pub(super) title_en: String,
    pub(super) subject: Subject,
    pub(super) basis: Basis,
}

impl<'a> Context<'a> {
    pub(super) fn new(calendar: &'a Calendar, policy: &'a Policy, now: i64) -> Self {
        Self { calendar, policy, now, today: local_date(now), version: calendar.version(), counted: Cell::new(None) }
    }

    /// `n` working days after `start`, which is not counted (民法典 201). `None` if the date lies outside the calendar.
    pub(super) fn after(&self, start: Date, n: i64) -> Option<Due> {
        let count = self.calendar.add(start, n).ok()?;
        Some(Due { starts_on: start, due_on: count.date, counted: count.counted, certainty: count.certainty })
    }

    pub(super) fn week(&self, week: Week) -> WeekPlan {
        self.calendar.week_with(week, self.policy.weeks())
    }

    /// The end of a day: the moment from which on it is late.
    pub(super) fn cutoff(&self, due_on: Date) -> i64 {
        local_midnight(due_on).saturating_add(DAY)
    }

    /// Until when a field record of that day may arrive (K9).
    pub(super) fn grace(&self, due_on: Date) -> i64 {
        self.cutoff(due_on).saturating_add(i64::from(self.policy.night_grace_hour) * HOUR)
    }

    /// 到达, or now for what is not uploaded yet.
    pub(super) fn arrival(&self, fact: &FactView) -> i64 {
        fact.received_at.unwrap_or(self.now)
    }

    /// K9: recorded before the cut-off, received by the night grace, from a phone whose clock can be believed; or so ruled.
    pub(super) fn in_time(&self, fact: &FactView, due_on: Date) -> bool {
        let ruled_out = fact.ruled.as_ref().is_some_and(|r| r.decided == crate::case::Decided::Rejected);
        let by_itself = fact.verdict.effective_at < self.cutoff(due_on)
            && self.arrival(fact) <= self.grace(due_on)
            && !fact.verdict.clock_doubtful;
        fact.accepted_late() || (by_itself && !ruled_out)
    }

    /// The state of a duty that nothing has met. It is overdue only from `late_from` on.
    pub(super) fn unmet(&self, due_on: Date, late_from: i64, due_soon: i64) -> State {
        if self.now >= late_from {
            return State::Overdue { working_days: self.overdue(due_on) };
        }
        if self.today >= due_on {
            return State::DueToday;
        }
        // A due date far off needs no counting: this many days always hold more working days than the limit.
        let days = due_on.signed_duration_since(self.today).num_days();
        if days > 30 + 3 * due_soon {
            return State::Open;
        }
        let left = self.calendar.between(self.today, due_on, Interval::After).len();
        if i64::try_from(left).is_ok_and(|left| left <= due_soon) { State::DueSoon } else { State::Open }
    }

    /// Working days after a due date, today included.
    fn overdue(&self, due_on: Date) -> i64 {
        if let Some((_, days)) = self.counted.get().filter(|(counted, _)| *counted == due_on) {
            return days;
        }
        let days = self.calendar.between(due_on, self.today, Interval::After).len();
        let days = i64::try_from(days).unwrap_or(i64::MAX);
        self.counted.set(Some((due_on, days)));
        days
    }

    /// Puts a duty together.
    pub(super) fn duty(&self, owed: Owed, due: Due, state: State) -> Duty {
        Duty {
            key: owed.key,
            rule: owed.rule,
            case: owed.case,
            clause: owed.rule.clause(),
            strength: owed.rule.strength(),
            title_zh: owed.title_zh,
            title_en: owed.title_en,
            subject: owed.subject,
            basis: owed.basis,
            starts_on: due.starts_on,
            due_on: due.due_on,
            cutoff_at: self.cutoff(due.due_on),
            counted: due.counted,
            certainty: due.certainty,
            state,
            lamp: state.lamp(),
            calendar: self.version.clone(),
            policy: self.policy.number,
            trace: Vec::new(),
        }
    }
}
