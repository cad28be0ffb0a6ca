//! What a case owes at a moment, computed from its rows alone.

use daiban_core::case::{CaseView, Told, fold};
use daiban_core::ids::CaseId;
use daiban_core::rules::{Duty, Era, duties_through};
use std::collections::BTreeMap;

/// A case, folded and judged by the clock.
#[derive(Clone, Debug)]
pub struct Computed {
    /// The fold of all its rows.
    pub view: CaseView,
    /// Its duties, by key.
    pub duties: BTreeMap<String, Duty>,
}

/// Folds a case and computes its duties at `now`; see [`duties_through`].
pub fn replay(case: CaseId, rows: &[Told], eras: &[Era], now: i64) -> Computed {
    let view = fold(case, rows.iter().cloned());
    let duties = duties_through(&view, rows, eras, now).into_iter().map(|duty| (duty.key.clone(), duty)).collect();
    Computed { view, duties }
}
