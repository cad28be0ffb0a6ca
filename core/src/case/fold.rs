//! Rows to view: pure, and independent of how the rows were cut into pages or in which order they came.

use super::event::{CaseEvent, EventFact};
use super::ruled::rule;
use super::view::{LaterView, RulingView, UnreadableView};
use super::{CaseView, FactView, contested, derive};
use crate::ids::{CaseId, FactId};
use crate::people::{Roster, RosterEntry};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, hash_map::Entry};

/// Folds a case from everything known about it. Rows may come in any order and more than once; own records without a row keep the
/// order in which they are told, after all rows.
pub fn fold(case: CaseId, told: impl IntoIterator<Item = CaseEvent>) -> CaseView {
    let mut fold = Fold::default();
    for item in told {
        fold.take(item);
    }
    fold.finish(case)
}

#[derive(Default)]
struct Fold {
    facts: Vec<EventFact>,
    rulings: Vec<RulingView>,
    roster: Vec<(u64, RosterEntry)>,
    later: Vec<LaterView>,
}

impl Fold {
    fn take(&mut self, told: CaseEvent) {
        match told {
            CaseEvent::Fact(fact) => self.facts.push(fact),
            CaseEvent::Ruling { sequence, received_at, ruling } => {
                self.rulings.push(RulingView { sequence, received_at, ruling })
            }
            CaseEvent::Roster { sequence, entry } => self.roster.push((sequence, entry)),
            CaseEvent::Later { sequence, received_at } => self.later.push(LaterView { sequence, received_at }),
        }
    }

    fn finish(mut self, case: CaseId) -> CaseView {
        // Stable, so own records (no number, hence last) keep the order of their chain.
        self.facts.sort_by_key(|f| f.sequence.unwrap_or(u64::MAX));
        self.rulings.sort_by_key(|r| r.sequence);
        self.rulings.dedup_by_key(|r| r.sequence);
        self.roster.sort_by_key(|(sequence, _)| *sequence);
        self.roster.dedup_by_key(|(sequence, _)| *sequence);
        self.later.sort_by_key(|row| row.sequence);
        self.later.dedup_by_key(|row| row.sequence);
        let last_fact = self.facts.iter().filter_map(|f| f.sequence).max();
        let last_ruling = self.rulings.last().map(|r| r.sequence);
        let last_roster = self.roster.last().map(|(sequence, _)| *sequence);
        let last_later = self.later.last().map(|row| row.sequence);
        let mut view = CaseView {
            case,
            sequence: last_fact.max(last_ruling).max(last_roster).max(last_later).unwrap_or(0),
            title: None,
            enterprise: None,
            location: None,
            flow_tables: BTreeSet::new(),
            opening: None,
            letter: None,
            roster: Roster::from_iter(self.roster.into_iter().map(|(_, entry)| entry)),
            facts: Vec::new(),
            unreadable: Vec::new(),
            update_needed: !self.later.is_empty(),
            later: self.later,
            rulings: Vec::new(),
            confirmations: BTreeMap::new(),
            closed: None,
            contested: Vec::new(),
            materials: Vec::new(),
        };
        let places = gather(&mut view, self.facts);
        rule(&mut view, self.rulings, &places);
        amend(&mut view.facts, &places);
        derive::conclude(&mut view);
        view
    }
}

/// Where the fact of an id stands in the view.
pub(super) type Places = HashMap<FactId, usize>;

/// Puts each fact into the view once. Of an id that was used twice, equal contents are one fact and other contents stand apart.
/// A fact that somebody else sent under a foreign name takes nobody's id.
fn gather(view: &mut CaseView, told: Vec<EventFact>) -> Places {
    let mut places = Places::with_capacity(told.len());
    let mut rows = HashSet::with_capacity(told.len());
    view.facts.reserve(told.len());
    for item in told {
        if item.sequence.is_some_and(|sequence| !rows.insert(sequence)) {
            continue;
        }
        let (sequence, fact) = match (item.sequence, item.fact) {
            (sequence, Ok(fact)) => (sequence, fact),
            (sequence, Err(why)) => {
                let EventFact { hash, author, received_at, verdict, .. } = item;
                view.unreadable.push(UnreadableView { sequence, hash, author, received_at, verdict, why });
                continue;
            }
        };
        let takes_id = item.verdict.takes_id();
        match places.entry(fact.digest.id) {
            Entry::Vacant(free) if takes_id => {
                free.insert(view.facts.len());
            }
            Entry::Occupied(taken) if takes_id && view.facts[*taken.get()].content == fact.content => {
                view.facts[*taken.get()].repeated.extend(sequence);
                continue;
            }
            _ => {}
        }
        let EventFact { received_at, hash, actor, seq, author, verdict, .. } = item;
        let judged = verdict.clone();
        let (repeated, ruled, amended_by) = (Vec::new(), None, None);
        view.facts.push(FactView {
            sequence,
            repeated,
            fact: fact.digest,
            content: fact.content,
            hash,
            actor,
            seq,
            author,
            received_at,
            judged,
            verdict,
            ruled,
            amended_by,
        });
    }
    places
}

/// The fact that a fact says it corrects: one of the same kind that stands before it.
pub(super) fn corrected(facts: &[FactView], places: &Places, at: usize) -> Option<usize> {
    let target = places.get(&facts.get(at)?.fact.amends?).copied().filter(|target| *target < at)?;
    (facts[target].fact.body.kind() == facts[at].fact.body.kind()).then_some(target)
}

/// Marks what is amended. An effective amendment of the same kind supersedes its target, and goes on doing so when it is sent back. Of
/// several amendments of one fact the last holds, unless two people amended a single-valued thing: then both stand and are contested.
fn amend(facts: &mut [FactView], places: &Places) {
    let mut last: HashMap<FactId, usize> = HashMap::new();
    for at in 0..facts.len() {
        let amending = &facts[at];
        let amends = amending.is_effective() || amending.is_sent_back();
        let Some(target) = corrected(facts, places, at).filter(|_| amends) else { continue };
        let (id, target_id) = (amending.fact.id, facts[target].fact.id);
        let single = contested::Single::of(&amending.fact.body).is_some();
        if let Some(sibling) = last.insert(target_id, at) {
            let same_author = facts[sibling].fact.by == facts[at].fact.by;
            if (same_author || !single) && facts[sibling].amended_by.is_none() {
                facts[sibling].amended_by = Some(id);
            }
        }
        facts[target].amended_by = Some(id);
    }
}
