//! Who owes a duty.

use super::Subject;
use super::groups::Groups;
use super::reading;
use crate::case::{CaseView, FactView};
use crate::ids::PersonId;
use crate::people::{Group, Role, RosterEntry};
use serde::Deserialize;
use std::cmp::Reverse;

/// Who owes the duties of a line.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum OwedBy {
    /// One duty for each group that has a specialist (R078), owed by the specialist.
    SpecialistOfEachGroup,
    /// One for each unit agent on the case.
    EachUnitAgent,
    /// Whoever recorded the start.
    AuthorOfStart,
    /// Whoever the field of the start names.
    NamedInStart(String),
    /// Whoever holds the seat.
    Seat {
        /// The role.
        role: Role,
        /// The group.
        group: Option<Group>,
    },
}

/// One who owes.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    pub(super) subject: Subject,
    /// What tells their duty from the others of the same start.
    pub(super) told_by: ToldBy,
}

/// What of an owner stands in the duty's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ToldBy {
    /// Nothing: there is one owner.
    Nothing,
    /// The group.
    Group,
    /// The person.
    Person,
}

impl OwedBy {
    /// Those who owe at a moment, in a fixed order. A vacant seat is an owner without a person.
    pub(super) fn owners(&self, view: &CaseView, start: &FactView, at: i64, groups: &Groups) -> Vec<Owner> {
        match self {
            OwedBy::SpecialistOfEachGroup => groups.owing().map(|group| specialist(view, group, at)).collect(),
            OwedBy::EachUnitAgent => agents(view, at),
            OwedBy::AuthorOfStart => vec![author(view, start)],
            OwedBy::NamedInStart(field) => named(view, start, field, at).into_iter().collect(),
            OwedBy::Seat { role, group } => vec![Owner::of(seat(*role, *group))],
        }
    }

    /// Of a duty of a period: those who left after a moment while nobody of their unit is there at a later one, so that what they
    /// owed passes on; of several of a unit the one who left last. Whoever is there again, for another unit, owes in that seat.
    pub(super) fn departed(&self, view: &CaseView, after: i64, at: i64) -> Vec<Owner> {
        if !matches!(self, OwedBy::EachUnitAgent) {
            return Vec::new();
        }
        let agents = view.roster.entries().iter().filter(|entry| entry.role == Role::UnitAgent);
        let left =
            agents.filter_map(|entry| entry.until.filter(|until| (after..=at).contains(until)).map(|until| (until, entry)));
        let is_held = |unit: &crate::ids::UnitId| view.roster.agents(at).any(|agent| agent.unit == *unit);
        let mut left: Vec<_> = left.filter(|(_, entry)| !is_held(&entry.unit)).collect();
        left.retain(|(_, entry)| !view.roster.agents(at).any(|agent| agent.person == entry.person));
        left.sort_by_key(|(until, entry)| (&entry.unit, Reverse(*until), &entry.person));
        left.dedup_by_key(|(_, entry)| &entry.unit);
        left.into_iter().map(|(_, agent)| Owner { subject: Subject::holder(agent), told_by: ToldBy::Person }).collect()
    }
}

/// A seat by itself.
pub(super) fn seat(role: Role, group: Option<Group>) -> Subject {
    Subject { role, group, person: None, unit: None, passed_from: None }
}

impl Owner {
    /// The only owner.
    pub(super) fn of(subject: Subject) -> Owner {
        Owner { subject, told_by: ToldBy::Nothing }
    }

    /// What names them in the duty's key.
    pub(super) fn segment(&self) -> Option<&str> {
        match self.told_by {
            ToldBy::Nothing => None,
            ToldBy::Group => self.subject.group.map(Group::id),
            ToldBy::Person => self.subject.person.as_ref().map(PersonId::as_str),
        }
    }
}

impl Subject {
    /// Whoever holds a seat.
    pub(super) fn holder(entry: &RosterEntry) -> Subject {
        let (person, unit) = (Some(entry.person.clone()), Some(entry.unit.clone()));
        Subject { person, unit, ..seat(entry.role, entry.group) }
    }
}

fn specialist(view: &CaseView, group: Group, at: i64) -> Owner {
    let is_seat = |entry: &&RosterEntry| entry.role == Role::GroupSpecialist && entry.group == Some(group);
    let held = view.roster.specialist(group, at).and_then(|person| view.roster.roles_at(person, at).find(is_seat));
    let subject = held.map_or_else(|| seat(Role::GroupSpecialist, Some(group)), Subject::holder);
    Owner { subject, told_by: ToldBy::Group }
}

fn agents(view: &CaseView, at: i64) -> Vec<Owner> {
    let mut agents: Vec<&RosterEntry> = view.roster.agents(at).collect();
    agents.sort_by(|a, b| a.person.cmp(&b.person));
    agents.dedup_by(|a, b| a.person == b.person);
    agents.into_iter().map(|agent| Owner { subject: Subject::holder(agent), told_by: ToldBy::Person }).collect()
}

fn author(view: &CaseView, start: &FactView) -> Owner {
    let held = view.roster.member_at(&start.fact.by, start.verdict.effective_at);
    let seat = held.map_or(seat(Role::UnitAgent, None), |entry| seat(entry.role, entry.group));
    let unit = held.map_or(&start.fact.unit, |entry| &entry.unit).clone();
    Owner::of(Subject { person: Some(start.fact.by.clone()), unit: Some(unit), ..seat })
}

fn named(view: &CaseView, start: &FactView, field: &str, at: i64) -> Option<Owner> {
    let person = reading::person(start, field)?;
    let subject = match view.roster.member_at(&person, at) {
        Some(entry) => Subject::holder(entry),
        None => Subject { person: Some(person), ..seat(Role::UnitAgent, None) },
    };
    Some(Owner::of(subject))
}
