//! What a case owes at a moment, computed from its rows alone.

use super::Era;
use daiban_core::case::{CaseView, Told, fold};
use daiban_core::ids::CaseId;
use daiban_core::rules::{Duty, duties, settle};
use std::collections::BTreeMap;

/// A case, folded and judged by the clock.
#[derive(Clone, Debug)]
pub struct Computed {
    /// The fold of all its rows.
    pub view: CaseView,
    /// Its duties, by key.
    pub duties: BTreeMap<String, Duty>,
}

/// The duties of a case at `now`.
///
/// Where an edition or a policy changed during the case's life, each duty open at that moment keeps the later of its old and new
/// due date, with a trace (architecture.md §6): so the answer is a pure function of rows, eras and `now`, and nothing stored is
/// needed to compute it again.
pub fn replay(case: CaseId, rows: &[Told], eras: &[Era], now: i64) -> Computed {
    let view = fold(case, rows.iter().cloned());
    let first = rows.iter().filter_map(received_at).min().unwrap_or(now);
    let began = eras.iter().rposition(|era| era.since <= first).unwrap_or(0);
    let lived: Vec<&Era> = eras.iter().skip(began).take_while(|era| era.since <= now).collect();
    let mut held: BTreeMap<String, Duty> = BTreeMap::new();
    for pair in lived.windows(2) {
        let [before, after] = pair else { continue };
        let at = after.since;
        let then = fold(case, rows.iter().filter(|told| received_at(told).is_some_and(|t| t <= at)).cloned());
        let old = settled(&held, duties(&then, &before.calendar, &before.policy, at), before, at);
        held = settled(&old, duties(&then, &after.calendar, &after.policy, at), after, at);
    }
    let duties = match lived.last().copied().or(eras.get(began)) {
        Some(era) => settled(&held, duties(&view, &era.calendar, &era.policy, now), era, now),
        None => BTreeMap::new(),
    };
    Computed { view, duties }
}

fn settled(held: &BTreeMap<String, Duty>, fresh: Vec<Duty>, era: &Era, at: i64) -> BTreeMap<String, Duty> {
    let settle = |duty: Duty| match held.get(&duty.key) {
        Some(old) => settle(old, duty, &era.calendar, &era.policy, at),
        None => duty,
    };
    fresh.into_iter().map(settle).map(|duty| (duty.key.clone(), duty)).collect()
}

/// 到达 of a row; roster rows carry no time of their own here and count as there from the start.
fn received_at(told: &Told) -> Option<i64> {
    match told {
        Told::Fact(fact) => fact.received_at,
        Told::Ruling { received_at, .. } => Some(*received_at),
        Told::Roster { .. } => Some(i64::MIN),
    }
}
