//! `once_after` and `item_limit`: so many working days after each start, by the line or by the start itself.
//!
//! Numbers and wording are those of the day the case's letter was signed, of what began before it those of its own day 0 (R002).
//! Who holds a seat now owes; a vacant seat owes too; what its owner left open passes on (`heir`).

use super::found::Done;
use crate::calendar::Date;
use crate::case::{CaseView, FactView};
use crate::ids::FactId;
use crate::rules::Policy;
use crate::rules::clock::{Context, Due};
use crate::rules::duty::{Basis, Duty, Owed, Recounted};
use crate::rules::heir;
use crate::rules::line::{Line, Shape};
use crate::rules::machine::concluded;
use crate::rules::reading::{self, Started, day0, number};
use crate::rules::title::Filling;

pub(super) fn duties(line: &Line, view: &CaseView, starts: &[Started<'_>], context: &Context<'_>) -> Vec<Duty> {
    let (done, letter) = (Done::of(line, view), LetterDays::of(view));
    let mut duties = Vec::new();
    for start in starts {
        let in_force_on = chosen_by(letter.now, start.day0);
        if !line.holds_on(in_force_on) {
            continue;
        }
        let Some(days) = days(line, start.fact, context.numbers.on(in_force_on)) else { continue };
        let Some(due) = context.after(start.day0, days, in_force_on) else { continue };
        let recounted = recounted(line, view, &letter, start, &due, context);
        let versions = versions(view, start.fact);
        for owner in line.owed_by.owners(view, start.fact, context.now, context.groups) {
            let records = done.since(&owner, &versions).into_iter();
            let found = records.filter_map(|fact| line.in_time.of_fact(context, fact, &due));
            let state = concluded(found, line.in_time);
            let filling = Filling { group: owner.subject.group, days: Some(days), plan: None, start: Some(start.fact) };
            let subject = heir::owes(&view.roster, &owner.subject, state, context.now);
            let owed = Owed { case: Some(view.case), owner, subject, basis: Basis::Fact(start.fact.fact.id), filling };
            let duty = context.duty(line, owed, &due, state);
            duties.push(Duty { recounted: recounted.clone(), ..duty });
        }
    }
    duties
}

/// A start without a limit of its own owes nothing.
fn days(line: &Line, start: &FactView, policy: &Policy) -> Option<i64> {
    match &line.shape {
        Shape::OnceAfter(days) => Some(days.under(policy)),
        Shape::ItemLimit(field) => number(start, field),
        Shape::EachPeriod(_) => None,
    }
}

/// The day by which the numbers of a duty are chosen.
fn chosen_by(letter: Option<Date>, day0: Date) -> Date {
    letter.map_or(day0, |signed_on| signed_on.min(day0))
}

/// The letter by whose day the numbers of a case's duties are chosen, now and as its last wording but one had it.
struct LetterDays {
    now: Option<Date>,
    before: Option<Date>,
}

impl LetterDays {
    fn of(view: &CaseView) -> LetterDays {
        let now = view.letter.map(|letter| letter.signed_on);
        let corrected = view.letter.and_then(|letter| corrected(view, view.fact(letter.fact)?));
        LetterDays { now, before: corrected.and_then(reading::signed_on).or(now) }
    }
}

/// The wording that a record corrects, if that one counted.
fn corrected<'a>(view: &'a CaseView, fact: &FactView) -> Option<&'a FactView> {
    view.fact(fact.fact.amends?).filter(|before| before.is_effective())
}

/// What a corrected date changed: the number of days, where the earlier wording counted by those of its own day.
fn recounted(
    line: &Line,
    view: &CaseView,
    letter: &LetterDays,
    start: &Started<'_>,
    due: &Due<'_>,
    context: &Context<'_>,
) -> Option<Recounted> {
    if context.numbers.is_one() {
        return None;
    }
    let day0_before = corrected(view, start.fact).map_or(start.day0, |before| day0(line, before));
    let from = chosen_by(letter.before, day0_before);
    let before = context.numbers.on(from);
    let differs = days(line, start.fact, before) != days(line, start.fact, due.policy);
    differs.then(|| Recounted { from, to: due.in_force_on, document: line.counted_by(before, context.numbers).to_owned() })
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
