//! The clock of the rules: calendar, numbers and `now` together.

use super::groups::Groups;
use super::in_time::InTime;
use super::machine::Term;
use super::number_unit::{DAY_MINUTES, time_of};
use super::numbers::Number;
use super::{NumbersInForce, Policy};
use crate::calendar::{Calendar, Certainty, Date, Interval, Week, WeekPlan, local_date, local_midnight};
use crate::case::FactView;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

const HOUR: i64 = 3600;

/// What every rule needs besides the case.
pub(super) struct Context<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) numbers: &'a NumbersInForce,
    pub(super) now: i64,
    pub(super) groups: &'a Groups,
    pub(super) today: Date,
    pub(super) version: String,
    /// The last count of [`Context::overdue`]: the duties of one week ask for the same one after the other.
    overdue: Cell<Option<(Date, i64)>>,
    /// The same for [`Context::soon_from`].
    soon: Cell<Option<(Date, i64, Date)>>,
    /// The weeks asked for: several duties are counted by the same ones.
    weeks: RefCell<HashMap<Week, Rc<WeekPlan>>>,
}

/// A due date as counted.
pub(super) struct Due<'a> {
    /// Day 0, or the first day covered.
    pub(super) starts_on: Date,
    /// Whether `starts_on` is day 0, which is not counted.
    pub(super) has_day0: bool,
    pub(super) due_on: Date,
    /// From this moment on it is late, Unix seconds: the end of `due_on`, or the time of that day that is set.
    pub(super) cutoff_at: i64,
    pub(super) counted: Vec<Date>,
    pub(super) certainty: Certainty,
    /// How many working days before the due date it is due soon.
    pub(super) soon: i64,
    /// The day whose numbers and wording hold for it.
    pub(super) in_force_on: Date,
    /// The numbers of that day.
    pub(super) policy: &'a Policy,
}

impl<'a> Context<'a> {
    pub(super) fn new(calendar: &'a Calendar, numbers: &'a NumbersInForce, now: i64, groups: &'a Groups) -> Self {
        Self {
            calendar,
            numbers,
            now,
            groups,
            today: local_date(now),
            version: calendar.version(),
            overdue: Cell::new(None),
            soon: Cell::new(None),
            weeks: RefCell::default(),
        }
    }

    /// `n` working days after day 0, which is not counted (民法典 201), by the rules of a day. `None` if the date lies outside the
    /// calendar.
    pub(super) fn after(&self, day0: Date, n: i64, in_force_on: Date) -> Option<Due<'a>> {
        let count = self.calendar.add(day0, n).ok()?;
        let policy = self.numbers.on(in_force_on);
        Some(Due {
            starts_on: day0,
            has_day0: true,
            due_on: count.date,
            cutoff_at: cutoff(count.date, policy.get(Number::CloseOfBusiness)),
            counted: count.counted,
            certainty: count.certainty,
            soon: policy.get(Number::DueSoonWorkingDays),
            in_force_on,
            policy,
        })
    }

    pub(super) fn week(&self, week: Week) -> Rc<WeekPlan> {
        let plan = || Rc::new(self.numbers.plan(self.calendar, week));
        self.weeks.borrow_mut().entry(week).or_insert_with(plan).clone()
    }

    /// Until when a field record of that day may arrive (K9): the night after it is no shorter where the office closes earlier.
    pub(super) fn grace(&self, due: &Due<'_>) -> i64 {
        cutoff(due.due_on, DAY_MINUTES).saturating_add(due.policy.get(Number::NightGraceHour).saturating_mul(HOUR))
    }

    /// 到达, or now for what is not uploaded yet.
    pub(super) fn arrival(&self, fact: &FactView) -> i64 {
        fact.received_at.unwrap_or(self.now)
    }

    /// What decides how urgent a duty with this due date is.
    pub(super) fn term(&self, due: &Due<'_>, in_time: InTime) -> Term {
        let soon_from = match self.soon.get() {
            Some((due_on, soon, from)) if (due_on, soon) == (due.due_on, due.soon) => from,
            _ => soon_from(self.calendar, due.due_on, due.soon),
        };
        self.soon.set(Some((due.due_on, due.soon, soon_from)));
        Term { soon_from, due_on: due.due_on, late_from: in_time.late_from(self, due) }
    }

    /// [`overdue`], today.
    pub(super) fn overdue(&self, due_on: Date) -> i64 {
        if let Some((_, days)) = self.overdue.get().filter(|(counted, _)| *counted == due_on) {
            return days;
        }
        let days = overdue(self.calendar, due_on, self.today);
        self.overdue.set(Some((due_on, days)));
        days
    }
}

/// A time of a day, minutes from its midnight; as Unix seconds.
pub(super) fn cutoff(due_on: Date, minutes: i64) -> i64 {
    local_midnight(due_on).saturating_add(minutes.saturating_mul(60))
}

/// The time of the day at which it is cut off, `17:30`; `None` at its end.
pub(super) fn time_of_cutoff(due_on: Date, cutoff_at: i64) -> Option<String> {
    let minutes = cutoff_at.saturating_sub(local_midnight(due_on)) / 60;
    (0..DAY_MINUTES).contains(&minutes).then(|| time_of(minutes))
}

/// Working days after a due date, today included.
pub(super) fn overdue(calendar: &Calendar, due_on: Date, today: Date) -> i64 {
    i64::try_from(calendar.between(due_on, today, Interval::After).len()).unwrap_or(i64::MAX)
}

/// The first day with at most so many working days left after it, the due date included.
pub(super) fn soon_from(calendar: &Calendar, due_on: Date, soon: i64) -> Date {
    let (mut day, mut left) = (due_on, soon);
    loop {
        if calendar.is_workday(day) {
            if left <= 0 {
                return day;
            }
            left -= 1;
        }
        match day.pred_opt() {
            Some(before) => day = before,
            None => return day,
        }
    }
}
