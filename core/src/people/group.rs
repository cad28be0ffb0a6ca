//! The four working groups of the task force (plan 三).

use super::unknown_name::UnknownName;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A working group (工作组) of the task force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// 项目生成组: finds projects and reviews whether they can be done; plan 三(一). It has no specialist.
    Generation,
    /// 立项用地规划和工程建设许可组: the first two approval stages; plan 三(二).
    Planning,
    /// 施工许可和竣工验收组: the last two approval stages; plan 三(三).
    Construction,
    /// 项目调度组: progress and problems, and the weekly report; plan 三(四). It has no approval item.
    Dispatch,
}

impl Group {
    /// All four, in the plan's order.
    pub const fn all() -> [Self; 4] {
        [Self::Generation, Self::Planning, Self::Construction, Self::Dispatch]
    }

    /// The three with a specialist, each owing a flow table within 15 working days of signing (plan 四(三), 四(四)2; R078, D2).
    ///
    /// The dispatch group is bound by the wording 各工作小组, though it has no approval item: its table may say 无代办事项.
    pub const fn owing_flow_table() -> [Self; 3] {
        [Self::Planning, Self::Construction, Self::Dispatch]
    }

    /// True for the groups of [`Group::owing_flow_table`].
    pub fn owes_flow_table(self) -> bool {
        Self::owing_flow_table().contains(&self)
    }

    /// The ids of the stages it looks after, in order; the dispatch group looks after none.
    pub const fn stages(self) -> &'static [&'static str] {
        match self {
            Self::Generation => &["generation"],
            Self::Planning => &["land-planning", "construction-approval"],
            Self::Construction => &["construction-permit", "completion"],
            Self::Dispatch => &[],
        }
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

    /// Its name as the plan gives it.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Generation => "项目生成组",
            Self::Planning => "立项用地规划和工程建设许可组",
            Self::Construction => "施工许可和竣工验收组",
            Self::Dispatch => "项目调度组",
        }
    }

    /// Its name in English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Generation => "Project Generation Group",
            Self::Planning => "Land-use Planning and Construction Permission Group",
            Self::Construction => "Construction Permit and Completion Acceptance Group",
            Self::Dispatch => "Project Dispatch Group",
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for Group {
    type Err = UnknownName;

    /// Reads its id or its Chinese name.
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
    fn all_but_the_generation_group_owe_a_flow_table() {
        let owing: Vec<Group> = Group::all().into_iter().filter(|g| g.owes_flow_table()).collect();
        assert_eq!(owing, Group::owing_flow_table());
    }
}
