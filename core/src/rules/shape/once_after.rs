//! `once_after` and `item_limit`: so many working days after each start, by the line or by the start itself.
//!
//! Who holds a seat now owes; a vacant seat owes too; what its owner left open passes on (`heir`).

use super::found::Done;
use crate::case::{CaseView, FactView};
use crate::ids::FactId;
use crate::rules::clock::Context;
use crate::rules::duty::{Basis, Duty, Owed};
use crate::rules::heir;
use crate::rules::line::{Line, Shape};
use crate::rules::machine::concluded;
use crate::rules::reading::{Started, number};
use crate::rules::title::Filling;

pub(super) fn duties(line: &Line, view: &CaseView, starts: &[Started<'_>], context: &Context<'_>) -> Vec<Duty> {
    let done = Done::of(line, view);
    let mut duties = Vec::new();
    for start in starts {
        let Some(days) = days(line, start.fact, context) else { continue };
        let Some(due) = context.after(start.day0, days) else { continue };
        let versions = versions(view, start.fact);
        for owner in line.owed_by.owners(view, start.fact, context.now) {
            let records = done.since(&owner, &versions).into_iter();
            let found = records.filter_map(|fact| line.in_time.of_fact(context, fact, due.due_on));
            let state = concluded(found, line.in_time);
            let filling = Filling { group: owner.subject.group, days: Some(days), plan: None, start: Some(start.fact) };
            let subject = heir::owes(&view.roster, &owner.subject, state, context.now);
            let owed = Owed { case: Some(view.case), owner, subject, basis: Basis::Fact(start.fact.fact.id), filling };
            duties.push(context.duty(line, owed, &due, state));
        }
    }
    duties
}

/// A start without a limit of its own owes nothing.
fn days(line: &Line, start: &FactView, context: &Context<'_>) -> Option<i64> {
    match &line.shape {
        Shape::OnceAfter(days) => Some(days.under(context.policy)),
        Shape::ItemLimit(field) => number(start, field),
        Shape::EachPeriod(_) => None,
    }
}

/// The start's own id and those it corrects: an answer to an earlier wording is an answer.
fn versions(view: &CaseView, start: &FactView) -> Vec<FactId> {
    let mut ids = vec![start.fact.id];
    let mut at = start;
    while let Some(before) = at.fact.amends.and_then(|id| view.fact(id)).filter(|before| !ids.contains(&before.fact.id)) {
        ids.push(before.fact.id);
        at = before;
    }
    ids
}
