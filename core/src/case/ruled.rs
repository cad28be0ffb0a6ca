//! What rulings change: a verdict by a later row, never the row itself.

use super::fold::{Places, corrected};
use super::view::{Confirmation, Decided, Ruled, RulingView};
use super::{CaseView, Closed, Code, FactView, Reason, Verdict};
use crate::fact::RulingBody;
use crate::fact::ruling::{Recognised, ReportConfirmed, ReportReturned};
use crate::ids::FactId;

/// Applies rulings in their order.
pub(super) fn rule(view: &mut CaseView, rulings: Vec<RulingView>, places: &Places) {
    for item in &rulings {
        match item.ruling.body() {
            RulingBody::LateWork(b) if b.accepted => settle(view, places, item, b.fact, Decided::Accepted),
            RulingBody::LateWork(b) => settle(view, places, item, b.fact, Decided::Rejected),
            RulingBody::QuarantineAdopted(b) => settle(view, places, item, b.fact, Decided::Adopted),
            RulingBody::Returned(b) => send_back(view, places, item, b.fact),
            RulingBody::Recognised(b) => recognise(view, places, item, &b),
            RulingBody::ReportConfirmed(b) => confirm(view, item, b),
            RulingBody::ReportReturned(b) => reopen(view, &b),
            RulingBody::CaseClosed(b) => view.closed = b.closed.then(|| closed(item)),
            RulingBody::Unknown => view.update_needed = true,
        }
    }
    view.rulings = rulings;
}

/// A ruling about what waits or came late; the last one holds. What was sent back is answered by a correction and by nothing else.
fn settle(view: &mut CaseView, places: &Places, item: &RulingView, fact: FactId, decided: Decided) {
    let at = place_of(view, places, fact, item);
    let Some(fact) = at.map(|at| &mut view.facts[at]).filter(|fact| !fact.is_sent_back()) else { return };
    if fact.is_open_to_ruling() {
        (fact.verdict.code, fact.verdict.reason) = match decided {
            Decided::Accepted | Decided::Adopted => (Code::Effective, None),
            Decided::Rejected | Decided::Returned => (Code::Void, Some(Reason::Rejected)),
        };
    }
    fact.ruled = Some(ruled(item, decided));
}

/// Sends back what counts, and with it every earlier wording: none of them may stand in for the one that was found wanting.
fn send_back(view: &mut CaseView, places: &Places, item: &RulingView, fact: FactId) {
    let Some(at) = place_of(view, places, fact, item).filter(|at| view.facts[*at].is_effective()) else { return };
    let first = first_wordings(&view.facts[..=at], places);
    for before in 0..=at {
        if view.facts[before].is_effective() && first[before] == first[at] {
            let fact = &mut view.facts[before];
            (fact.verdict.code, fact.verdict.reason) = (Code::Void, Some(Reason::Returned));
            fact.ruled = Some(ruled(item, Decided::Returned));
        }
    }
}

/// Of each record, where the one stands with which its line of corrections began.
fn first_wordings(facts: &[FactView], places: &Places) -> Vec<usize> {
    let mut first = Vec::with_capacity(facts.len());
    for at in 0..facts.len() {
        // What is corrected stands before.
        first.push(corrected(facts, places, at).map_or(at, |before| first[before]));
    }
    first
}

fn recognise(view: &mut CaseView, places: &Places, item: &RulingView, body: &Recognised) {
    let at = place_of(view, places, body.fact, item);
    if let Some(fact) = at.map(|at| &mut view.facts[at]).filter(|fact| fact.judged.code == Code::Unrecognised) {
        fact.judged = Verdict::from(body);
        fact.verdict = fact.judged.clone();
    }
}

fn confirm(view: &mut CaseView, item: &RulingView, body: ReportConfirmed) {
    let (ruling, by, at) = (item.ruling.id, item.ruling.by.clone(), item.received_at);
    let confirmation = Confirmation { ruling, by, at, report: body.report };
    view.confirmations.entry((body.group, body.week)).or_insert(confirmation);
}

fn reopen(view: &mut CaseView, body: &ReportReturned) {
    let place = (body.group, body.week);
    if view.confirmations.get(&place).is_some_and(|confirmed| confirmed.report == body.report) {
        view.confirmations.remove(&place);
    }
}

fn closed(item: &RulingView) -> Closed {
    let (ruling, sequence, at) = (item.ruling.id, item.sequence, item.received_at);
    Closed { ruling, sequence, by: item.ruling.by.clone(), reason: item.ruling.reason.clone(), at }
}

fn ruled(item: &RulingView, decided: Decided) -> Ruled {
    let (by, reason) = (item.ruling.by.clone(), item.ruling.reason.clone());
    Ruled { ruling: item.ruling.id, sequence: item.sequence, by, reason, at: item.received_at, decided }
}

/// Where the fact of that id stands. A ruling speaks of what stands before it, as the judging state takes it.
fn place_of(view: &CaseView, places: &Places, id: FactId, item: &RulingView) -> Option<usize> {
    let at = *places.get(&id)?;
    view.facts.get(at)?.sequence.is_some_and(|sequence| sequence < item.sequence).then_some(at)
}
