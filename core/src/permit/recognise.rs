//! The verdict on a fact whose kind was learned after it had its row.

use super::{Arrival, Prior, judge};
use crate::case::{JudgingState, Verdict};
use crate::fact::Fact;
use crate::limits::CLOCK_SKEW_SECONDS_MAX;

/// Judges a 待识别 fact again, against the state below its number. What was found of its time there stays as it is.
pub fn recognise(standing: &JudgingState, fact: &Fact, arrival: &Arrival<'_>, before: &Verdict) -> Verdict {
    // By a clock that is off, only what lies after 到达 has not happened yet, then as at its number.
    let latest = fact.recorded_at.max(arrival.received_at).saturating_add(CLOCK_SKEW_SECONDS_MAX);
    let has_happened = before.clock_doubtful && fact.occurred_at <= latest;
    let occurred_at = if has_happened { fact.occurred_at.min(before.effective_at) } else { fact.occurred_at };
    let held = Fact { recorded_at: before.effective_at, occurred_at, ..fact.clone() };
    let verdict = judge(standing, Ok(&held), arrival, Prior::None);
    Verdict { effective_at: before.effective_at, clock_doubtful: before.clock_doubtful, ..verdict }
}
