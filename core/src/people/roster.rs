//! Who holds which role, from when until when.

use super::group::Group;
use super::role::Role;
use crate::ids::{PersonId, UnitId};
use daiban_messages::say::people as say;
use daiban_messages::{Message, Say};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// One person in one role for a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterEntry {
    /// The person.
    pub person: PersonId,
    /// The role held.
    pub role: Role,
    /// The unit the person acts for.
    pub unit: UnitId,
    /// The group, for roles that belong to one: always for a specialist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// From this moment on, Unix seconds.
    pub from: i64,
    /// Until just before this moment, Unix seconds; `None` while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
}

/// An entry that makes no sense by itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().en)]
pub enum RosterEntryError {
    /// It ends before, or when, it begins.
    EndsBeforeItBegins {
        /// The person.
        person: PersonId,
    },
    /// A specialist of no group.
    SpecialistWithoutGroup {
        /// The person.
        person: PersonId,
    },
    /// A specialist of a group that has none (R078: all but 项目生成组).
    GroupHasNoSpecialist {
        /// The group.
        group: Group,
    },
}

impl RosterEntryError {
    /// What is wrong, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            Self::EndsBeforeItBegins { person } => say::SeatEndsFirst { person }.say(),
            Self::SpecialistWithoutGroup { person } => say::SpecialistWithoutGroup { person }.say(),
            Self::GroupHasNoSpecialist { group } => say::GroupWithoutSpecialist { group: group.words() }.say(),
        }
    }

    /// The sentence for officials.
    pub fn zh(&self) -> String {
        self.message().zh
    }
}

impl RosterEntry {
    /// Whether it holds at a moment: `from <= t < until`.
    pub fn holds_at(&self, t: i64) -> bool {
        self.from <= t && self.until.is_none_or(|until| t < until)
    }

    /// Checks an entry that a person typed in, before [`Roster::set`].
    pub fn check(&self) -> Result<(), RosterEntryError> {
        if self.until.is_some_and(|until| until <= self.from) {
            return Err(RosterEntryError::EndsBeforeItBegins { person: self.person.clone() });
        }
        match (self.role, self.group) {
            (Role::GroupSpecialist, None) => Err(RosterEntryError::SpecialistWithoutGroup { person: self.person.clone() }),
            (Role::GroupSpecialist, Some(group)) if !group.may_owe_flow_table() => {
                Err(RosterEntryError::GroupHasNoSpecialist { group })
            }
            _ => Ok(()),
        }
    }

    fn same_membership(&self, other: &Self) -> bool {
        (&self.person, self.role, self.group) == (&other.person, other.role, other.group)
    }

    /// Whether some moment from its beginning on is also `other`'s.
    fn begins_within(&self, other: &Self) -> bool {
        self.from >= other.from && other.until.is_none_or(|until| self.from < until)
    }
}

/// The entries of one case, or of the whole task force, in the order they were set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Roster(Vec<RosterEntry>);

impl Roster {
    /// Nobody yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Every entry, past and present, in the order they were set.
    pub fn entries(&self) -> &[RosterEntry] {
        &self.0
    }

    /// Takes in an entry; for the same person, role and group it decides from its beginning on.
    ///
    /// An earlier stretch that is still running then ends where the new one begins; a stretch that begins inside the new one is
    /// replaced. To end a membership, set it again with its own `from` and an `until`. Setting an entry twice changes nothing.
    /// A new holder of a single seat does not end another person's entry: see [`Roster::gaps`].
    pub fn set(&mut self, entry: RosterEntry) {
        self.0.retain(|old| !(old.same_membership(&entry) && old.begins_within(&entry)));
        for old in self.0.iter_mut().filter(|old| old.same_membership(&entry) && entry.begins_within(old)) {
            old.until = Some(entry.from);
        }
        self.0.push(entry);
    }

    /// The entries that hold at a moment.
    pub fn active_at(&self, t: i64) -> impl Iterator<Item = &RosterEntry> {
        self.0.iter().filter(move |entry| entry.holds_at(t))
    }

    /// A person's entry at a moment; of several roles the first in the order of [`Role`], then of [`Group`].
    pub fn member_at(&self, person: &PersonId, t: i64) -> Option<&RosterEntry> {
        self.roles_at(person, t).min_by_key(|entry| (entry.role, entry.group))
    }

    /// All entries of a person at a moment.
    pub fn roles_at<'a>(&'a self, person: &PersonId, t: i64) -> impl Iterator<Item = &'a RosterEntry> {
        self.active_at(t).filter(move |entry| entry.person == *person)
    }

    /// The specialist of a group at a moment; of two at once (a gap) the one named last.
    pub fn specialist(&self, group: Group, t: i64) -> Option<&PersonId> {
        latest(self.specialists(group, t))
    }

    /// The chief agent at a moment; of two at once (a gap) the one named last.
    pub fn chief(&self, t: i64) -> Option<&PersonId> {
        latest(self.chiefs(t))
    }

    /// The unit agents at a moment.
    pub fn agents(&self, t: i64) -> impl Iterator<Item = &RosterEntry> {
        self.active_at(t).filter(|entry| entry.role == Role::UnitAgent)
    }

    pub(super) fn specialists(&self, group: Group, t: i64) -> impl Iterator<Item = &RosterEntry> {
        self.active_at(t).filter(move |entry| entry.role == Role::GroupSpecialist && entry.group == Some(group))
    }

    pub(super) fn chiefs(&self, t: i64) -> impl Iterator<Item = &RosterEntry> {
        self.active_at(t).filter(|entry| entry.role == Role::ChiefAgent)
    }
}

impl FromIterator<RosterEntry> for Roster {
    /// Sets the entries one after the other.
    fn from_iter<I: IntoIterator<Item = RosterEntry>>(entries: I) -> Self {
        let mut roster = Self::new();
        entries.into_iter().for_each(|entry| roster.set(entry));
        roster
    }
}

/// The holder who began last; of two who began together the first by id, so that phone and server agree.
fn latest<'a>(entries: impl Iterator<Item = &'a RosterEntry>) -> Option<&'a PersonId> {
    entries.min_by_key(|entry| (Reverse(entry.from), &entry.person)).map(|entry| &entry.person)
}

#[cfg(test)]
#[path = "roster_tests.rs"]
mod tests;
