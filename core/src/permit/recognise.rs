//! The verdict on a fact whose kind was learned after it had its row.

use super::{Arrival, Prior, judge};
use crate::case::{Standing, Verdict};
use crate::fact::Fact;

/// Judges a 待识别 fact again, against the state below its number. What was found of its time there stays as it is.
pub fn recognise(standing: &Standing, fact: &Fact, arrival: &Arrival<'_>, before: &Verdict) -> Verdict {
    let held = Fact { recorded_at: before.effective_at, ..fact.clone() };
    let verdict = judge(standing, Ok(&held), arrival, Prior::None);
    Verdict { effective_at: before.effective_at, clock_doubtful: before.clock_doubtful, ..verdict }
}
