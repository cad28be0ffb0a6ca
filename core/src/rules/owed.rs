//! What a case owes after having lived through several calendars.

use super::{Duty, RulesInForce, settle};
use crate::calendar::Calendar;
use crate::case::{CaseEvent, CaseView, fold};
use std::borrow::Cow;
use std::collections::HashMap;

/// What a case owes at `now`, in the order of [`duties`](super::duties): what phone, pages, API and reports show. `view` is the fold of `rows`, which
/// are asked for only where the calendar ever changed.
///
/// Where an edition came during the case's life, each duty open at that moment keeps the later of its old and new due date, with a trace.
/// Numbers move nothing that way: each duty has those of its day, whenever they were decided. The answer is a pure
/// function of rows, rules and `now`: the server needs no stored duty to compute it again, and a phone with the same rows and rules owes
/// the same.
pub fn owed<'a>(view: &CaseView, rules: &RulesInForce, now: i64, rows: impl FnOnce() -> Cow<'a, [CaseEvent]>) -> Vec<Duty> {
    if let [era] = &rules.calendars[..] {
        return rules.plan.duties(view, &era.calendar, &rules.numbers, now);
    }
    let rows = rows();
    let first = rows.iter().filter_map(received_at).min().unwrap_or(now);
    let then = |at: i64| {
        let by_then = rows.iter().filter(|told| received_at(told).is_some_and(|received| received <= at));
        Cow::Owned(fold(view.case, by_then.cloned()))
    };
    through(rules, first, now, then, Cow::Borrowed(view), |view: &Cow<'_, CaseView>, calendar, at| {
        rules.plan.duties(view, calendar, &rules.numbers, at)
    })
}

/// Duties at `now` after the calendars lived through since `first`: `then` gives what was known at a moment, `last` is what is known now,
/// and `owed` computes the duties of that by one calendar.
pub(super) fn through<S>(
    rules: &RulesInForce,
    first: i64,
    now: i64,
    then: impl Fn(i64) -> S,
    last: S,
    owed: impl Fn(&S, &Calendar, i64) -> Vec<Duty>,
) -> Vec<Duty> {
    let eras = &rules.calendars;
    let began = eras.iter().rposition(|era| era.since <= first).unwrap_or(0);
    let lived: Vec<_> = eras.iter().skip(began).take_while(|era| era.since <= now).collect();
    let mut held: Vec<Duty> = Vec::new();
    for pair in lived.windows(2) {
        let [before, after] = pair else { continue };
        let at = after.since;
        let known = then(at);
        let old = settled(&held, owed(&known, &before.calendar, at), &before.calendar, at);
        held = settled(&old, owed(&known, &after.calendar, at), &after.calendar, at);
    }
    match lived.last().copied().or(eras.get(began)) {
        Some(era) => settled(&held, owed(&last, &era.calendar, now), &era.calendar, now),
        None => Vec::new(),
    }
}

fn settled(held: &[Duty], fresh: Vec<Duty>, calendar: &Calendar, at: i64) -> Vec<Duty> {
    let held: HashMap<&str, &Duty> = held.iter().map(|duty| (duty.key.as_str(), duty)).collect();
    let settle = |duty: Duty| match held.get(duty.key.as_str()) {
        Some(old) => settle(old, duty, calendar, at),
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
