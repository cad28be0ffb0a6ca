//! The groups of a plan as duties need them: which owe, and what they are called.

use crate::people::{Group, Name, Organisation};

/// The groups with their names, and those that owe a flow table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groups {
    named: Vec<(Group, Name)>,
    owing: Vec<Group>,
}

impl Groups {
    /// Those of an organisation.
    pub(super) fn of(organisation: &Organisation) -> Groups {
        let named = organisation.groups().map(|held| (held.group, held.name.clone())).collect();
        Groups { named, owing: organisation.owing_flow_table().collect() }
    }

    /// Those that owe a flow table, in order.
    pub(super) fn owing(&self) -> impl Iterator<Item = Group> + '_ {
        self.owing.iter().copied()
    }

    /// What a group is called.
    pub(super) fn zh(&self, group: Group) -> &str {
        self.name(group).map_or(group.zh(), |name| &name.zh)
    }

    /// The same in English.
    pub(super) fn en(&self, group: Group) -> &str {
        self.name(group).map_or(group.en(), |name| &name.en)
    }

    fn name(&self, group: Group) -> Option<&Name> {
        self.named.iter().find(|(named, _)| *named == group).map(|(_, name)| name)
    }
}
