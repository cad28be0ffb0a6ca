//! Eras: stretches of time under one calendar and one policy, and what a case owes after having lived through several.

use super::{Duty, Policy, duties, settle};
use crate::calendar::{Calendar, Edition, EditionError};
use crate::case::{CaseEvent, CaseView, fold};
use std::borrow::Cow;
use std::collections::HashMap;

/// From `since` on, until the next era, these held.
#[derive(Clone, Debug)]
pub struct Era {
    /// Unix seconds; the first era's is the beginning of time.
    pub since: i64,
    /// The editions held.
    pub calendar: Calendar,
    /// The settings.
    pub policy: Policy,
}

/// All eras, in order: the built-in calendar and default policy first, then one for each import and each decision. Both lists are
/// in order, each entry with its moment, Unix seconds.
pub fn eras(editions: Vec<(i64, Edition)>, policies: Vec<(i64, Policy)>) -> Result<Vec<Era>, EditionError> {
    let mut last = Era { since: i64::MIN, calendar: Calendar::builtin(), policy: Policy::default() };
    let mut all = vec![last.clone()];
    let (mut editions, mut policies) = (editions.into_iter().peekable(), policies.into_iter().peekable());
    loop {
        let (edition, policy) = (editions.peek().map(|(at, _)| *at), policies.peek().map(|(at, _)| *at));
        let Some(since) = edition.into_iter().chain(policy).min() else { return Ok(all) };
        last.since = since;
        if edition == Some(since) {
            if let Some((_, edition)) = editions.next() {
                last.calendar = last.calendar.with_edition(edition)?;
            }
        } else if let Some((_, policy)) = policies.next() {
            last.policy = policy;
        }
        all.push(last.clone());
    }
}

/// What a case owes at `now`, in the order of [`duties`]: what phone, pages, API and reports show. `view` is the fold of `rows`, which
/// are asked for only where calendar or policy ever changed.
///
/// Where an edition or a policy changed during the case's life, each duty open at that moment keeps the later of its old and new
/// due date, with a trace (architecture.md §6). The answer is a pure function of rows, eras and `now`: the server needs no stored
/// duty to compute it again, and a phone with the same rows and eras owes the same.
pub fn owed<'a>(view: &CaseView, eras: &[Era], now: i64, rows: impl FnOnce() -> Cow<'a, [CaseEvent]>) -> Vec<Duty> {
    if let [era] = eras {
        return duties(view, &era.calendar, &era.policy, now);
    }
    let rows = rows();
    let first = rows.iter().filter_map(received_at).min().unwrap_or(now);
    let then = |at: i64| {
        let by_then = rows.iter().filter(|told| received_at(told).is_some_and(|received| received <= at));
        Cow::Owned(fold(view.case, by_then.cloned()))
    };
    through(eras, first, now, then, Cow::Borrowed(view), |view: &Cow<'_, CaseView>, era, at| {
        duties(view, &era.calendar, &era.policy, at)
    })
}

/// Duties at `now` after the eras lived since `first`: `then` gives what was known at a moment, `last` is what is known now, and
/// `owed` computes the duties of that in one era.
pub(super) fn through<S>(
    eras: &[Era],
    first: i64,
    now: i64,
    then: impl Fn(i64) -> S,
    last: S,
    owed: impl Fn(&S, &Era, i64) -> Vec<Duty>,
) -> Vec<Duty> {
    let began = eras.iter().rposition(|era| era.since <= first).unwrap_or(0);
    let lived: Vec<&Era> = eras.iter().skip(began).take_while(|era| era.since <= now).collect();
    let mut held: Vec<Duty> = Vec::new();
    for pair in lived.windows(2) {
        let [before, after] = pair else { continue };
        let at = after.since;
        let known = then(at);
        let old = settled(&held, owed(&known, before, at), before, at);
        held = settled(&old, owed(&known, after, at), after, at);
    }
    match lived.last().copied().or(eras.get(began)) {
        Some(era) => settled(&held, owed(&last, era, now), era, now),
        None => Vec::new(),
    }
}

fn settled(held: &[Duty], fresh: Vec<Duty>, era: &Era, at: i64) -> Vec<Duty> {
    let held: HashMap<&str, &Duty> = held.iter().map(|duty| (duty.key.as_str(), duty)).collect();
    let settle = |duty: Duty| match held.get(duty.key.as_str()) {
        Some(old) => settle(old, duty, &era.calendar, at),
        None => duty,
    };
    fresh.into_iter().map(settle).collect()
}

/// 到达 of a row; roster rows carry no time of their own here and count as there from the start.
fn received_at(told: &CaseEvent) -> Option<i64> {
    match told {
        CaseEvent::Fact(fact) => fact.received_at,
        CaseEvent::Ruling { received_at, .. } | CaseEvent::Later { received_at, .. } => Some(*received_at),
        CaseEvent::Roster { .. } => Some(i64::MIN),
    }
}
