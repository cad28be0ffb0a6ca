//! The people of the story. Names are made up.

use crate::commands::{PersonAdd, UnitAdd};
use daiban_core::ids::PersonId;
use daiban_core::people::{Group, Role, UnitKind};
use daiban_core::plan::Plan;

/// One person of the story.
#[derive(Clone, Copy, Debug)]
pub(super) struct Player {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) unit: &'static str,
    pub(super) role: Role,
    pub(super) group: Option<Group>,
    /// Carries one of the six field clients.
    pub(super) in_the_field: bool,
}

const fn player(
    id: &'static str,
    name: &'static str,
    unit: &'static str,
    role: Role,
    group: Option<Group>,
    in_the_field: bool,
) -> Player {
    Player { id, name, unit, role, group, in_the_field }
}

pub(super) const SUN: Player = player("sun", "孙立", "business-environment", Role::ChiefAgent, None, true);
pub(super) const ZHOU: Player = player("zhou", "周敏", "natural-resources", Role::GroupSpecialist, Some(Group::Planning), true);
pub(super) const WU: Player = player("wu", "吴强", "housing", Role::GroupSpecialist, Some(Group::Construction), true);
pub(super) const ZHENG: Player = player("zheng", "郑爽", "drc", Role::GroupSpecialist, Some(Group::Dispatch), true);
pub(super) const ZHANG: Player = player("zhang", "张伟", STREET, Role::UnitAgent, None, true);
pub(super) const LI: Player = player("li", "李昇玥", "market-regulation", Role::UnitAgent, None, true);
pub(super) const WANG: Player = player("wang", "王喆", STREET, Role::UnitAgent, None, false);
pub(super) const CHEN: Player = player("chen", "陈静", "drc", Role::DispatchLead, None, false);

/// The id of the street where the project lies.
const STREET: &str = "fengrong";

/// Everybody.
pub(super) const ALL: [Player; 8] = [SUN, ZHOU, WU, ZHENG, ZHANG, LI, WANG, CHEN];

impl Player {
    /// The id as the core knows it.
    pub(super) fn person(&self) -> PersonId {
        PersonId::from(self.id)
    }

    /// The command that takes this person on.
    pub(super) fn hired(&self, plan: &Plan) -> PersonAdd {
        let units = &plan.organisation;
        // Where a district has no such unit, whoever must name an agent does.
        let other = units.units().find(|unit| unit.names_agent()).map(|unit| unit.id.as_str());
        let known = self.unit == STREET || units.find_unit(self.unit).is_some();
        let unit = if known { self.unit } else { other.unwrap_or(self.unit) };
        PersonAdd {
            id: self.id.into(),
            name: self.name.into(),
            unit: unit.into(),
            role: self.role,
            group: self.group.map(Into::into),
            phone: (self.role == Role::ChiefAgent).then(|| "0411-83100000".into()),
            sure: false,
        }
    }
}

/// The street where the project lies.
pub(super) fn street() -> UnitAdd {
    UnitAdd {
        id: STREET.into(),
        name: "丰荣街道办事处".into(),
        en: "Fengrong Subdistrict Office".into(),
        kind: UnitKind::Subdistrict,
        aliases: vec!["丰荣街道".into()],
    }
}
