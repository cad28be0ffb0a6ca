//! One line of the table of duties, checked: what it says is there.

use super::in_time::InTime;
use super::numbers::Number;
use super::owner::OwedBy;
use super::{NumbersInForce, Policy, Rule};
use crate::calendar::Date;
use crate::permit::enforcement::{EscalationStep, Strength};
use serde::Deserialize;

/// A line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) rule: Rule,
    /// What the keys of its duties begin with: `D3/agent`.
    pub(super) key: String,
    pub(super) scope: Scope,
    /// The first day on which it holds; without one it always did.
    pub(super) from: Option<Date>,
    /// The first day on which it holds no more.
    pub(super) until: Option<Date>,
    /// 文号 of the document whose clause it is.
    pub(super) document: String,
    pub(super) clause: String,
    pub(super) strength: Strength,
    pub(super) zh: String,
    pub(super) en: String,
    pub(super) start: Start,
    /// The field of the start that names day 0; without one it is the day the start speaks of.
    pub(super) day0: Option<String>,
    pub(super) shape: Shape,
    pub(super) met: Vec<Way>,
    pub(super) in_time: InTime,
    pub(super) owed_by: OwedBy,
    pub(super) ladder: Vec<EscalationStep>,
}

impl Line {
    /// Whether it holds for what is counted by the rules of a day.
    pub(super) fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    /// 文号 of the document that set the number of days it is counted by: its own, unless a decision set another number.
    pub(super) fn counted_by<'a>(&'a self, policy: &'a Policy, numbers: &NumbersInForce) -> &'a str {
        match self.shape {
            Shape::OnceAfter(Days::Set(number)) if numbers.differs(policy, number) => &policy.document,
            _ => &self.document,
        }
    }

    /// Whether there is a day on which both hold.
    pub(super) fn meets(&self, other: &Line) -> bool {
        let before = |until: Option<Date>, from: Option<Date>| until.zip(from).is_some_and(|(until, from)| until <= from);
        !before(self.until, other.from) && !before(other.until, self.from)
    }
}

/// Whether each case owes it or the district as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Scope {
    /// Each case.
    #[default]
    Case,
    /// The district.
    District,
}

/// What starts it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Start {
    /// The record of a kind that counts for the case; for the district the first one of any case.
    The(String),
    /// Each record of a kind.
    Each(String),
}

impl Start {
    /// The kind.
    pub(super) fn kind(&self) -> &str {
        match self {
            Start::The(kind) | Start::Each(kind) => kind,
        }
    }
}

/// The three shapes of duties.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    /// Once after each start, within so many working days.
    OnceAfter(Days),
    /// Again in each period from the start on.
    EachPeriod(PeriodEnd),
    /// Once after each start, within the working days that a field of the start itself allows.
    ItemLimit(String),
}

/// How many working days.
#[derive(Clone, Copy, Debug)]
pub(super) enum Days {
    /// Always as many.
    Fixed(i64),
    /// As many as the office has set.
    Set(Number),
}

impl Days {
    /// How many that is under a policy.
    pub(super) fn under(self, policy: &Policy) -> i64 {
        match self {
            Days::Fixed(days) => days,
            Days::Set(number) => policy.get(number),
        }
    }
}

/// The due day of a period. A week without a due day is covered by the next one (W4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PeriodEnd {
    /// The last working day of the week (W2).
    LastWorkingDayOfWeek,
    /// The first working day after the week (W3).
    FirstWorkingDayAfterWeek,
}

/// One way of meeting it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A record of a kind.
    Fact {
        /// The kind.
        kind: String,
        /// Which records of that kind.
        tie: Tie,
        /// The field that names the week the record speaks for; without one it is the week of the day it speaks of.
        week: Option<String>,
    },
    /// A ruling that names the group and the week.
    Ruling(String),
    /// Something the server itself notes of a week.
    Sent(String),
}

/// What ties a record to a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// Nothing: any record of the kind.
    Any,
    /// It is the owner's.
    Owner,
    /// The field names the group that owes.
    Group(String),
    /// The field refers to what started it.
    Start(String),
}
