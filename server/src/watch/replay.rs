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
    let duties = owed(&view, rules, now, || Cow::Borrowed(rows)).into_iter();
    let duties = duties.map(|duty| (duty.key.clone(), duty)).collect();
    Computed { view, duties }
}
