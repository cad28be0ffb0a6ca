//! The functions that the working groups of a task force have (plan 三). Which of them a district has, and what the groups are
//! called there, stands in its pack.

use super::unknown_name::UnknownName;
use daiban_messages::Fixed;
use daiban_messages::say::people as say;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A working group (工作组) of the task force, by its function. What it is called is asked of the
/// [`Organisation`](super::Organisation).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Finds projects and reviews whether they can be done; plan 三(一). It has no specialist.
    Generation,
    /// Looks after the first approval stages; plan 三(二).
    Planning,
    /// Looks after the last approval stages; plan 三(三).
    Construction,
    /// Progress and problems, and the weekly report; plan 三(四). It has no approval item.
    Dispatch,
}

impl Group {
    /// All functions, in the plan's order.
    pub const fn all() -> [Self; 4] {
        [Self::Generation, Self::Planning, Self::Construction, Self::Dispatch]
    }

    /// True for the functions that have a specialist where a district has the group: such a group owes a flow table within the days
    /// that the plan gives (四(三), 四(四)2; R078, D2) and reports each week. A pack may leave groups out; it cannot add to these.
    ///
    /// The dispatch group is bound by the wording 各工作小组, though it has no approval item: its table may say 无代办事项.
    pub const fn may_owe_flow_table(self) -> bool {
        !matches!(self, Self::Generation)
    }

    /// The word that stands for it in data and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Generation => "generation",
            Self::Planning => "planning",
            Self::Construction => "construction",
            Self::Dispatch => "dispatch",
        }
    }

    /// What its function is called where no district's name for it is at hand.
    pub const fn words(self) -> Fixed {
        match self {
            Self::Generation => say::GroupGeneration::FIXED,
            Self::Planning => say::GroupPlanning::FIXED,
            Self::Construction => say::GroupConstruction::FIXED,
            Self::Dispatch => say::GroupDispatch::FIXED,
        }
    }

    /// The same in Chinese.
    pub const fn zh(self) -> &'static str {
        self.words().zh
    }

    /// The same in English.
    pub const fn en(self) -> &'static str {
        self.words().en
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for Group {
    type Err = UnknownName;

    /// Reads its id or the Chinese name of its function; a district's own names are read by
    /// [`Organisation::group_called`](super::Organisation::group_called).
    fn from_str(given: &str) -> Result<Self, UnknownName> {
        let named = |group: &Self| [group.id(), group.zh()].contains(&given.trim());
        let expected = || Self::all().map(Self::id).join("、");
        Self::all().into_iter().find(named).ok_or_else(|| UnknownName::Group { given: given.to_owned(), expected: expected() })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_written_and_read_by_one_id() {
        for group in Group::all() {
            assert_eq!(serde_json::to_string(&group).unwrap(), format!("\"{group}\""));
            assert_eq!(group.id().parse(), Ok(group));
            assert_eq!(group.zh().parse(), Ok(group));
        }
        assert!("生成".parse::<Group>().unwrap_err().zh().contains("generation、planning"));
    }

    #[test]
    fn all_but_the_generation_group_may_owe_a_flow_table() {
        let owing: Vec<Group> = Group::all().into_iter().filter(|g| g.may_owe_flow_table()).collect();
        assert_eq!(owing, [Group::Planning, Group::Construction, Group::Dispatch]);
    }
}
