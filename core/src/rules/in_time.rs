//! The four readings of "in time": whose clock is asked, and what becomes of a record that was not in time by it.
//!
//! | reading | moment asked | in time | red from | not in time |
//! |---|---|---|---|---|
//! | `arrived_by_due_day` | 到达 | before the cut-off | the cut-off | late; 待认定 only if the verdict on it waits |
//! | `recorded_by_cutoff` | 记录 | before the cut-off, arrived within the night grace, clock believed (K9) | the end of the grace | recorded after the cut-off: late; else 待认定 |
//! | `recorded_by_cutoff_or_ruled` | 记录 | the same | the end of the grace | 待认定 until a person has ruled, then late |
//! | `confirmed_by_cutoff` | the server's | before the cut-off | the cut-off | late |
//!
//! The cut-off is the end of the due day, or the time of that day that the numbers set. A ruling that accepts a late record makes it in time by each of the first three.

use super::clock::{Context, Due};
use super::machine::{Found, Worth};
use crate::case::{Code, Decided, FactView};
use serde::Deserialize;

/// A reading; see the module's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum InTime {
    /// What counts is the day it reached the office, not the phone's word.
    ArrivedByDueDay,
    /// The phone's word counts as far as it can be believed.
    RecordedByCutoff,
    /// The same, and whatever is not in time is a person's to decide.
    RecordedByCutoffOrRuled,
    /// What the server itself notes.
    ConfirmedByCutoff,
}

impl InTime {
    /// From when on a duty that nothing has met is overdue, Unix seconds.
    pub(super) fn late_from(self, context: &Context<'_>, due: &Due<'_>) -> i64 {
        match self {
            Self::ArrivedByDueDay | Self::ConfirmedByCutoff => due.cutoff_at,
            Self::RecordedByCutoff | Self::RecordedByCutoffOrRuled => context.grace(due),
        }
    }

    /// Whether a record that waits for a ruling says more of the duty than one that was late for certain.
    pub(super) fn waiting_first(self) -> bool {
        self == Self::RecordedByCutoffOrRuled
    }

    /// What a record is worth for a duty; `None` if it is void. One that was corrected waits no more: nobody can rule about it, and its
    /// correction speaks for it. What it met in time stays met.
    pub(super) fn of_fact(self, context: &Context<'_>, fact: &FactView, due: &Due<'_>) -> Option<Found> {
        let counts = fact.is_effective();
        if !counts && fact.verdict.code != Code::Late {
            return None;
        }
        let recorded = fact.verdict.effective_at;
        let (at, worth) = match self {
            Self::ArrivedByDueDay => {
                let at = context.arrival(fact);
                let in_time = fact.accepted_late() || at < due.cutoff_at;
                (at, if in_time { Worth::InTime } else { Worth::Late })
            }
            Self::RecordedByCutoff if in_time(context, fact, due) => (recorded, Worth::InTime),
            Self::RecordedByCutoff if fact.ruled.is_some() || recorded >= due.cutoff_at => (recorded, Worth::Late),
            Self::RecordedByCutoffOrRuled if in_time(context, fact, due) => (recorded, Worth::InTime),
            Self::RecordedByCutoffOrRuled if is_decided(fact) => (recorded, Worth::Late),
            Self::RecordedByCutoff | Self::RecordedByCutoffOrRuled => (recorded, Worth::Waits),
            Self::ConfirmedByCutoff => {
                let at = context.arrival(fact);
                (at, self.of_moment(at, due))
            }
        };
        let worth = if counts { worth } else { Worth::Waits };
        if worth == Worth::Waits && fact.amended_by.is_some() {
            return None;
        }
        Some(Found { at, order: fact.sequence.unwrap_or(u64::MAX), by: Some(fact.fact.id), worth })
    }

    /// What a moment of the server's is worth.
    pub(super) fn of_moment(self, at: i64, due: &Due<'_>) -> Worth {
        if at < due.cutoff_at { Worth::InTime } else { Worth::Late }
    }
}

/// K9: recorded before the cut-off, received by the night grace, from a phone whose clock can be believed; or so ruled.
fn in_time(context: &Context<'_>, fact: &FactView, due: &Due<'_>) -> bool {
    let ruled_out = fact.ruled.as_ref().is_some_and(|ruled| ruled.decided == Decided::Rejected);
    let by_itself =
        fact.verdict.effective_at < due.cutoff_at && context.arrival(fact) <= context.grace(due) && !fact.verdict.clock_doubtful;
    fact.accepted_late() || (by_itself && !ruled_out)
}

/// Whether a ruling said if it was in time; adopting a refused record does not.
fn is_decided(fact: &FactView) -> bool {
    fact.ruled.as_ref().is_some_and(|ruled| ruled.decided != Decided::Adopted)
}
