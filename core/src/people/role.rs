//! The roles people act in.

use super::unknown_name::UnknownName;
use daiban_messages::Fixed;
use daiban_messages::say::people as say;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A role. One person may hold several; what each may do stands in the table of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 首席代办员: the one seat at window C3 of 市民服务中心; signs the letters (plan 四(三), R071).
    ChiefAgent,
    /// 代办专员: one for each group that owes a flow table, named by its lead unit (plan 四(三), R078).
    GroupSpecialist,
    /// 代办员: one for each approving unit, subdistrict and park; does the items (plan 四(三), R082).
    UnitAgent,
    /// The dispatch group's lead unit: sends the weekly report to the district government (D4).
    DispatchLead,
    /// The task force's office: assigns teams, receives flow tables, rules on late work (plan 三, R024–R027).
    Office,
    /// The government: receives the weekly report, decides on projects.
    DistrictGovernment,
    /// Supervises.
    Supervision,
    /// 系统管理员: keeps accounts, devices and settings; decides nothing about cases.
    Administrator,
}

impl Role {
    /// All of them.
    pub const fn all() -> [Self; 8] {
        [
            Self::ChiefAgent,
            Self::GroupSpecialist,
            Self::UnitAgent,
            Self::DispatchLead,
            Self::Office,
            Self::DistrictGovernment,
            Self::Supervision,
            Self::Administrator,
        ]
    }

    /// The word that stands for it in data and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::ChiefAgent => "chief_agent",
            Self::GroupSpecialist => "group_specialist",
            Self::UnitAgent => "unit_agent",
            Self::DispatchLead => "dispatch_lead",
            Self::Office => "office",
            Self::DistrictGovernment => "district_government",
            Self::Supervision => "supervision",
            Self::Administrator => "administrator",
        }
    }

    /// What it is called where no district's name for it is at hand; see [`Organisation::role_zh`](super::Organisation::role_zh).
    pub const fn words(self) -> Fixed {
        match self {
            Self::ChiefAgent => say::RoleChiefAgent::FIXED,
            Self::GroupSpecialist => say::RoleGroupSpecialist::FIXED,
            Self::UnitAgent => say::RoleUnitAgent::FIXED,
            Self::DispatchLead => say::RoleDispatchLead::FIXED,
            Self::Office => say::RoleOffice::FIXED,
            Self::DistrictGovernment => say::RoleDistrictGovernment::FIXED,
            Self::Supervision => say::RoleSupervision::FIXED,
            Self::Administrator => say::RoleAdministrator::FIXED,
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

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for Role {
    type Err = UnknownName;

    /// Reads its id or its Chinese name.
    fn from_str(given: &str) -> Result<Self, UnknownName> {
        let named = |role: &Self| [role.id(), role.zh()].contains(&given.trim());
        let expected = || Self::all().map(Self::id).join("、");
        Self::all().into_iter().find(named).ok_or_else(|| UnknownName::Role { given: given.to_owned(), expected: expected() })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_written_and_read_by_one_id() {
        for role in Role::all() {
            assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{role}\""));
            assert_eq!(role.id().parse(), Ok(role));
            assert_eq!(role.zh().parse(), Ok(role));
        }
        let error = "局长".parse::<Role>().unwrap_err();
        assert!(error.zh().contains("没有名为“局长”的角色"));
        assert!(error.to_string().contains("chief_agent"));
    }
}
