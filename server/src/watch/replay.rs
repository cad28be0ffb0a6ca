//! What a case owes at a moment, computed from its rows alone.

use daiban_core::case::{CaseEvent, CaseView, fold};
use daiban_core::ids::CaseId;
use daiban_core::rules::{Duty, RulesInForce, owed};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A case, folded and judged by the clock.
#[derive(Clone, Debug)]
pub struct Computed {
    /// The fold of all its rows.
    pub view: CaseView,
    /// Its duties, by key.
    pub duties: BTreeMap<String, Duty>,
}

/// Folds a case and computes its duties at `now`; see [`owed`].
pub fn replay(case: CaseId, rows: &[CaseEvent], rules: &RulesInForce, now: i64) -> Computed {
    let view = fold(case, rows.iter().cloned());
    let duties = by_key(owed(&view, rules, now, || Cow::Borrowed(rows)));
    Computed { view, duties }
}

/// What a case owes at a moment by two states of the rules, folded once.
pub(crate) fn replay_under(
    case: CaseId,
    rows: &[CaseEvent],
    rules: [&RulesInForce; 2],
    now: i64,
) -> (CaseView, [BTreeMap<String, Duty>; 2]) {
    let view = fold(case, rows.iter().cloned());
    let duties = rules.map(|rules| by_key(owed(&view, rules, now, || Cow::Borrowed(rows))));
    (view, duties)
}

/// Duties by their keys.
pub(crate) fn by_key(duties: Vec<Duty>) -> BTreeMap<String, Duty> {
    duties.into_iter().map(|duty| (duty.key.clone(), duty)).collect()
}
