//! The one state machine of a duty: what was found decides, and where nothing was found, time.

use super::State;
use super::in_time::InTime;
use crate::calendar::{Date, local_date};
use crate::ids::FactId;

/// What a record or an act of the office is worth for a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// It meets it.
    InTime,
    /// It meets it too late.
    Late,
    /// A person must say which.
    Waits,
}

/// Something that was done about a duty.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// The moment that was asked, Unix seconds.
    pub(super) at: i64,
    /// Its place in the case: of equal moments the first one counts.
    pub(super) order: u64,
    /// The fact or ruling; `None` for what the server itself notes.
    pub(super) by: Option<FactId>,
    /// What it is worth.
    pub(super) worth: Worth,
}

/// The state that what was found gives: the earliest that was in time, else the earliest that waits or was late. `None` if nothing
/// was.
pub(super) fn concluded(found: impl Iterator<Item = Found>, in_time: InTime) -> Option<State> {
    let (mut met, mut late, mut waiting) = (None, None, None);
    for one in found {
        let best: &mut Option<Found> = match one.worth {
            Worth::InTime => &mut met,
            Worth::Late => &mut late,
            Worth::Waits => &mut waiting,
        };
        if best.is_none_or(|best| (one.at, one.order) < (best.at, best.order)) {
            *best = Some(one);
        }
    }
    let met = met.map(|found| State::Met { at: found.at, by: found.by });
    let late = late.map(|found| State::MetLate { at: found.at, by: found.by });
    let waiting = waiting.and_then(|found| found.by).map(|by| State::AwaitingRuling { by });
    let undone = if in_time.waiting_first() { waiting.or(late) } else { late.or(waiting) };
    met.or(undone)
}

/// The days and the moment that decide how urgent a duty is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    /// From this day on it is due soon.
    pub(super) soon_from: Date,
    /// The last day that is in time.
    pub(super) due_on: Date,
    /// From this moment on it is overdue, Unix seconds.
    pub(super) late_from: i64,
}

/// The state of a duty that nothing has met. `overdue` counts the working days after the due date, today included.
pub(super) fn unmet(term: Term, now: i64, overdue: impl FnOnce() -> i64) -> State {
    let today = local_date(now);
    if now >= term.late_from {
        State::Overdue { working_days: overdue() }
    } else if today >= term.due_on {
        State::DueToday
    } else if today >= term.soon_from {
        State::DueSoon
    } else {
        State::Open
    }
}
