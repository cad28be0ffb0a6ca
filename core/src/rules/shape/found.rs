//! What was done in a case, by what ties it to a duty: looked through once for all duties of a line.

use crate::calendar::{Week, WeekPlan, local_midnight};
use crate::case::{CaseView, Code, FactView};
use crate::ids::{FactId, PersonId};
use crate::people::Group;
use crate::requirement::Requirement;
use crate::rules::heir;
use crate::rules::line::{Line, Shape, Tie, Way};
use crate::rules::owner::Owner;
use crate::rules::reading;
use std::collections::HashMap;

/// The line's ways of meeting its duties by a record, each with the records of that way.
pub(super) struct Done<'a>(Vec<(&'a Tie, ByKey<'a, 'a>)>);

/// Records by what ties them to duties, and in periods by the week they speak for.
type ByKey<'k, 'a> = HashMap<(Key<'k>, Option<Week>), Vec<&'a FactView>>;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key<'a> {
    Any,
    Person(&'a PersonId),
    Group(Group),
    Start(FactId),
}

impl<'a> Done<'a> {
    /// Records that count or wait.
    pub(super) fn of(line: &'a Line, view: &'a CaseView) -> Self {
        let weekly = matches!(line.shape, Shape::EachPeriod(_));
        let mut ways = Vec::with_capacity(line.met.len());
        for way in &line.met {
            let Way::Fact { kind, tie, week } = way else { continue };
            let tie = if *tie == Tie::Owner && !Requirement::R105.holds() { &Tie::Any } else { tie };
            let mut by = ByKey::new();
            for fact in view.facts.iter().filter(|fact| reading::is_of(fact, kind)) {
                let counts = fact.is_effective() || fact.verdict.code == Code::Late;
                let spoken_for = if weekly { spoken_for(week.as_deref(), fact) } else { None };
                if !counts || spoken_for.is_none() == weekly {
                    continue;
                }
                if let Some(key) = key(tie, fact) {
                    by.entry((key, spoken_for)).or_default().push(fact);
                }
            }
            ways.push((tie, by));
        }
        Self(ways)
    }

    /// What was done about the owner's duty that a record started; `versions` are that record's ids.
    pub(super) fn since(&self, owner: &Owner, versions: &[FactId]) -> Vec<&'a FactView> {
        let mut found = Vec::new();
        for (tie, by) in &self.0 {
            match tie {
                Tie::Start(_) => versions.iter().for_each(|start| look(by, Key::Start(*start), None, &mut found)),
                tie => owned(tie, owner).into_iter().for_each(|key| look(by, key, None, &mut found)),
            }
        }
        found
    }

    /// What was done about the owner's duty of a week and those it covers, by the owner or by whoever had taken over.
    pub(super) fn within(&self, view: &CaseView, owner: &Owner, plan: &WeekPlan) -> Vec<&'a FactView> {
        let mut found = Vec::new();
        for (tie, by) in &self.0 {
            if let Some(key) = owned(tie, owner) {
                plan.covers.iter().for_each(|week| look(by, key, Some(*week), &mut found));
            }
            if **tie == Tie::Owner && heir::ever_left(&view.roster, &owner.subject) {
                let spoken = by.iter().filter(|((_, week), _)| week.is_some_and(|week| plan.covers.contains(&week)));
                let facts = spoken.flat_map(|(_, facts)| facts.iter().copied());
                found.extend(facts.filter(|fact| heir::is_of_heir(&view.roster, &owner.subject, fact)));
            }
        }
        found
    }
}

fn look<'k, 'a>(by: &ByKey<'k, 'a>, key: Key<'k>, week: Option<Week>, found: &mut Vec<&'a FactView>) {
    found.extend(by.get(&(key, week)).into_iter().flatten());
}

/// The key under which the owner's records lie.
fn owned<'a>(tie: &Tie, owner: &'a Owner) -> Option<Key<'a>> {
    match tie {
        Tie::Any => Some(Key::Any),
        Tie::Owner => owner.subject.person.as_ref().map(Key::Person),
        Tie::Group(_) => owner.subject.group.map(Key::Group),
        Tie::Start(_) => None,
    }
}

fn key<'a>(tie: &Tie, fact: &'a FactView) -> Option<Key<'a>> {
    match tie {
        Tie::Any => Some(Key::Any),
        Tie::Owner => Some(Key::Person(&fact.fact.by)),
        Tie::Group(field) => reading::group(fact, field).map(Key::Group),
        Tie::Start(field) => reading::reference(fact, field).map(Key::Start),
    }
}

/// A record speaks for the week it names, but not before that has begun; one that names none for the week it tells of.
fn spoken_for(field: Option<&str>, fact: &FactView) -> Option<Week> {
    match field {
        Some(field) => reading::week(fact, field).filter(|week| fact.verdict.effective_at >= local_midnight(week.monday())),
        None => Some(Week::of(fact.speaks_of())),
    }
}
