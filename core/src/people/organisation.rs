//! The task force as the plan sets it up: units, groups, and what is odd in the plan's text.

use super::group::Group;
use super::unit::{Unit, UnitError, UnitKind};
use crate::ids::UnitId;
use serde::Deserialize;
use std::sync::OnceLock;

/// Read from 普政办发〔2021〕1号 三 by script.
const FILE: &str = include_str!("../../data/organisation.json");

/// Aliases in use that the plan's own text does not have: 区发改委 is the usual short name of a 委员会 (R030).
const ALIASES_IN_USE: [(&str, &str); 1] = [("drc", "区发改委")];

/// Units and groups.
#[derive(Clone, Debug)]
pub struct Organisation {
    units: Vec<Unit>,
    groups: Vec<GroupUnits>,
    issues: Vec<Issue>,
}

/// The units of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupUnits {
    /// The group.
    pub group: Group,
    /// The lead unit (牵头单位).
    pub lead: UnitId,
    /// Every unit of the group once, the lead first. The plan lists some leads among the members and leaves 区住房和城乡建设局 out
    /// (R050, R056): the lead always counts.
    pub members: Vec<UnitId>,
    /// The places that each project fills with its own subdistrict and park (R031).
    pub members_of_project: Vec<UnitId>,
}

/// Something odd in the plan's text, and how it is read here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Issue {
    /// Names it: `date-invalid`.
    pub id: String,
    /// What is odd and what is done, in English with the plan's words.
    pub text: String,
}

/// An organisation file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrganisationError {
    /// Not JSON, or not of this shape.
    #[error("the file is not an organisation: {detail}")]
    Unreadable {
        /// What the reader says.
        detail: String,
    },
    /// A unit that is malformed or has another's name.
    #[error(transparent)]
    Unit(#[from] UnitError),
    /// A group that is missing or stands twice.
    #[error("group {group} must stand exactly once")]
    GroupCount {
        /// The group.
        group: Group,
    },
    /// A group names a unit that is not in the list.
    #[error("group {group} names {unit}, which is not in the list of units")]
    UnitUnknown {
        /// The group.
        group: Group,
        /// The unit.
        unit: UnitId,
    },
}

impl OrganisationError {
    /// A sentence for an official, with what to do next.
    pub fn zh(&self) -> String {
        match self {
            Self::Unreadable { detail } => format!("文件不是组织机构文件，请使用系统模板（{detail}）。"),
            Self::Unit(error) => error.zh(),
            Self::GroupCount { group } => format!("{}应当且只能出现一次，请核对文件。", group.zh()),
            Self::UnitUnknown { group, unit } => {
                format!("{}中的单位“{unit}”不在单位名录中，请先在名录中添加。", group.zh())
            }
        }
    }
}

impl Organisation {
    /// The organisation of the plan, with 25 units and four groups; parsed once.
    pub fn of_plan() -> &'static Self {
        static BUILTIN: OnceLock<Organisation> = OnceLock::new();
        BUILTIN.get_or_init(compiled_in)
    }

    /// The same as one's own, to add units to.
    pub fn builtin() -> Self {
        Self::of_plan().clone()
    }

    /// Reads an organisation file (see `core/data/organisation.json`).
    pub fn from_json(json: &str) -> Result<Self, OrganisationError> {
        let file: File = serde_json::from_str(json).map_err(|e| OrganisationError::Unreadable { detail: e.to_string() })?;
        let groups = Group::all().into_iter().map(|group| file.group(group)).collect::<Result<_, _>>()?;
        let mut organisation = Self { units: Vec::new(), groups, issues: file.issues.clone() };
        for unit in file.all_units() {
            organisation = organisation.with_unit(unit)?;
        }
        organisation.check_groups()?;
        Ok(organisation)
    }

    /// Every unit people work in: those of the plan, then those added. The plan's places for a project's own units are left out.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(|unit| unit.kind != UnitKind::OfProject)
    }

    /// The unit with this id.
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == *id)
    }

    /// The unit that goes by this id, name or alias: 区交通局 and 区交通运输局 are one (R032), 园区 and 园区管委会 too (R033).
    pub fn find_unit(&self, text: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.goes_by(text.trim()))
    }

    /// The id of a unit as somebody types it. Streets and parks are the district's own data, so an unknown word is kept as it is.
    pub fn unit_id(&self, typed: &str) -> UnitId {
        self.find_unit(typed).map_or_else(|| UnitId::from(typed), |unit| unit.id.clone())
    }

    /// This organisation with one more unit: a subdistrict, a park, a town, or an approver the plan forgot (人防, 水务).
    pub fn with_unit(&self, unit: Unit) -> Result<Self, UnitError> {
        unit.check()?;
        for word in unit.words() {
            if let Some(holder) = self.find_unit(word) {
                let (id, name) = (holder.id.clone(), holder.name.clone());
                return Err(UnitError::Taken { word: word.to_owned(), holder: id, holder_name: name });
            }
        }
        let mut more = self.clone();
        more.units.push(unit);
        Ok(more)
    }

    /// The four groups in the plan's order.
    pub fn groups(&self) -> impl Iterator<Item = &GroupUnits> {
        self.groups.iter()
    }

    /// The lead unit of a group.
    pub fn lead(&self, group: Group) -> &UnitId {
        &self.group(group).lead
    }

    /// The units of a group.
    pub fn group(&self, group: Group) -> &GroupUnits {
        // One entry per group in the order of `Group::all`, by construction in `from_json`.
        &self.groups[group as usize]
    }

    /// The groups a unit is in, as lead or member.
    pub fn groups_of(&self, unit: &UnitId) -> impl Iterator<Item = Group> {
        self.groups.iter().filter(move |g| g.members.contains(unit)).map(|g| g.group)
    }

    /// What is odd in the plan's text, for the office to confirm.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    fn check_groups(&self) -> Result<(), OrganisationError> {
        for group in &self.groups {
            let mut named = group.members.iter().chain(&group.members_of_project);
            if let Some(unit) = named.find(|id| self.unit(id).is_none()) {
                return Err(OrganisationError::UnitUnknown { group: group.group, unit: unit.clone() });
            }
        }
        Ok(())
    }
}

/// The parts of the file that are used.
#[derive(Deserialize)]
struct File {
    groups: Vec<GroupRow>,
    units: Vec<Unit>,
    location_units: Vec<LocationRow>,
    issues: Vec<Issue>,
}

#[derive(Deserialize)]
struct GroupRow {
    id: Group,
    lead: UnitId,
    members: Vec<UnitId>,
    location_members: Vec<UnitId>,
    location_members_as_written: Vec<String>,
}

#[derive(Deserialize)]
struct LocationRow {
    id: UnitId,
    name: String,
}

impl File {
    fn group(&self, group: Group) -> Result<GroupUnits, OrganisationError> {
        let mut rows = self.groups.iter().filter(|row| row.id == group);
        let (Some(row), None) = (rows.next(), rows.next()) else { return Err(OrganisationError::GroupCount { group }) };
        let mut members = vec![row.lead.clone()];
        for member in &row.members {
            if !members.contains(member) {
                members.push(member.clone());
            }
        }
        Ok(GroupUnits { group, lead: row.lead.clone(), members, members_of_project: row.location_members.clone() })
    }

    fn all_units(&self) -> impl Iterator<Item = Unit> {
        let with_alias = |unit: &Unit| {
            let mut unit = unit.clone();
            let in_use = ALIASES_IN_USE.iter().filter(|(id, _)| *id == unit.id.as_str());
            unit.aliases.extend(in_use.map(|(_, alias)| (*alias).to_owned()));
            unit
        };
        self.units.iter().map(with_alias).chain(self.location_units.iter().map(|row| self.place(row)))
    }

    /// A place for a project's own unit; what the groups call it otherwise becomes an alias (园区 for 园区管委会).
    fn place(&self, row: &LocationRow) -> Unit {
        let written = self.groups.iter().flat_map(|g| g.location_members.iter().zip(&g.location_members_as_written));
        let others = written.filter(|(id, name)| **id == row.id && **name != row.name).map(|(_, name)| name.clone());
        let (id, name) = (row.id.clone(), row.name.clone());
        Unit { id, name, en: String::new(), kind: UnitKind::OfProject, aliases: others.collect() }
    }
}

#[expect(clippy::expect_used, reason = "the file is compiled in, and the test `the_plan_has_25_units_and_four_groups` reads it")]
fn compiled_in() -> Organisation {
    Organisation::from_json(FILE).expect("valid organisation file")
}

#[cfg(test)]
#[path = "organisation_tests.rs"]
mod tests;
