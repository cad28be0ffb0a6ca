//! Seats of 1+3+N that nobody holds, or two people at once.

use super::group::Group;
use super::organisation::Organisation;
use super::role::Role;
use super::roster::{Roster, RosterEntry};
use crate::ids::PersonId;
use crate::requirement::Requirement;

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
    /// A sentence for an official, with who must fill the seat.
    pub fn zh(&self, organisation: &Organisation) -> String {
        let (office, group_zh) = (organisation.role_zh(Role::Office), |group: &Group| organisation.group_zh(*group));
        let lead = |group: &Group| {
            let unit = organisation.lead(*group).and_then(|lead| organisation.unit(lead));
            unit.map_or_else(|| "牵头单位".to_owned(), |unit| format!("牵头单位（{}）", unit.name))
        };
        match self {
            Self::ChiefMissing => format!("尚无首席代办员，请{office}指定一人。"),
            Self::SeveralChiefs { people } => {
                format!("同时有{}名首席代办员（{}），请{office}保留一人。", people.len(), joined(people))
            }
            Self::SpecialistMissing { group } => format!("{}尚无代办专员，请{}指定一人。", group_zh(group), lead(group)),
            Self::SeveralSpecialists { group, people } => {
                format!("{}同时有{}名代办专员（{}），请{}保留一人。", group_zh(group), people.len(), joined(people), lead(group))
            }
        }
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
