//! Seats of 1+3+N that nobody holds, or two people at once.

use super::group::Group;
use super::organisation::Organisation;
use super::role::Role;
use super::roster::{Roster, RosterEntry};
use crate::ids::PersonId;
use crate::requirement::Requirement;
use daiban_messages::say::people as say;
use daiban_messages::{Both, Message, Say};

/// A seat that should have exactly one holder and has not (plan 四(三), R071, R078).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RosterGap {
    /// No chief agent.
    ChiefMissing,
    /// Two chief agents or more at once.
    SeveralChiefs {
        /// They, by id.
        people: Vec<PersonId>,
    },
    /// A group that owes a flow table has no specialist.
    SpecialistMissing {
        /// The group.
        group: Group,
    },
    /// A group has two specialists or more at once.
    SeveralSpecialists {
        /// The group.
        group: Group,
        /// They, by id.
        people: Vec<PersonId>,
    },
}

impl RosterGap {
    /// What is missing or too many, with who must fill the seat.
    pub fn message(&self, organisation: &Organisation) -> Message {
        let office = Both::new(organisation.role_zh(Role::Office), organisation.role_en(Role::Office));
        let called = |group: &Group| Both::new(organisation.group_zh(*group), organisation.group_en(*group));
        let lead = |group: &Group| {
            let unit = organisation.lead(*group).and_then(|lead| organisation.unit(lead));
            unit.map_or_else(|| say::LeadUnit.say(), |unit| say::LeadUnitNamed { unit: Both::new(&unit.name, &unit.en) }.say())
        };
        match self {
            Self::ChiefMissing => say::ChiefMissing { office }.say(),
            Self::SeveralChiefs { people } => say::SeveralChiefs { count: people.len(), people: joined(people), office }.say(),
            Self::SpecialistMissing { group } => say::SpecialistMissing { group: called(group), lead: lead(group) }.say(),
            Self::SeveralSpecialists { group, people } => {
                let (count, people) = (people.len(), joined(people));
                say::SeveralSpecialists { group: called(group), count, people, lead: lead(group) }.say()
            }
        }
    }

    /// The sentence for officials.
    pub fn zh(&self, organisation: &Organisation) -> String {
        self.message(organisation).zh
    }
}

impl Roster {
    /// The seats without exactly one holder at a moment: the chief's first, then the groups' in the plan's order.
    pub fn gaps(&self, t: i64, organisation: &Organisation) -> Vec<RosterGap> {
        let chief = match people(self.chiefs(t)) {
            holders if holders.is_empty() => Some(RosterGap::ChiefMissing),
            holders if holders.len() == 1 => None,
            people => Some(RosterGap::SeveralChiefs { people }),
        };
        let specialist = |group| match people(self.specialists(group, t)) {
            _ if !Requirement::R078.holds() => None,
            holders if holders.is_empty() => Some(RosterGap::SpecialistMissing { group }),
            holders if holders.len() == 1 => None,
            people => Some(RosterGap::SeveralSpecialists { group, people }),
        };
        chief.into_iter().chain(organisation.owing_flow_table().filter_map(specialist)).collect()
    }
}

/// Each person once, by id.
fn people<'a>(entries: impl Iterator<Item = &'a RosterEntry>) -> Vec<PersonId> {
    let mut people: Vec<PersonId> = entries.map(|entry| entry.person.clone()).collect();
    people.sort();
    people.dedup();
    people
}

fn joined(people: &[PersonId]) -> String {
    people.iter().map(PersonId::as_str).collect::<Vec<_>>().join("、")
}
