//! Words of the plan that screens choose from or show: a stable code, Chinese, English.

use daiban_core::fact::kind_info;
use daiban_core::people::{Group, Organisation};

/// One such word.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Term {
    /// Stable name, as in JSON and in forms.
    pub code: String,
    /// What officials call it.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Term {
    pub(crate) fn new(code: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Term {
        Term { code: code.into(), zh: zh.into(), en: en.into() }
    }

    /// A kind of record by its name; one of a later version is 待识别.
    pub(crate) fn kind(name: &str) -> Term {
        kind_info(name).map_or_else(|| Term::new(name, "待识别", name), |kind| Term::new(kind.name, kind.label.zh, kind.label.en))
    }

    /// A working group (plan 三).
    pub(crate) fn group(group: Group) -> Term {
        Term::new(group.id(), group.zh(), group.en())
    }

    /// A unit by its id; one that is not in the plan is called by its id.
    pub(crate) fn unit(id: &str) -> Term {
        Organisation::of_plan()
            .find_unit(id)
            .map_or_else(|| Term::new(id, id, id), |unit| Term::new(unit.id.as_str(), &unit.name, &unit.en))
    }
}

/// A role of the plan (四(三)).
pub type Role = daiban_core::people::Role;

#[uniffi::remote(Enum)]
pub enum Role {
    ChiefAgent,
    GroupSpecialist,
    UnitAgent,
    DispatchLead,
    Office,
    DistrictGovernment,
    Supervision,
    Administrator,
}

/// 亮灯, in ascending order of urgency.
pub type Lamp = daiban_core::rules::Lamp;

#[uniffi::remote(Enum)]
pub enum Lamp {
    Grey,
    Green,
    Yellow,
    Red,
}

/// The five verdicts: 已生效, 无效, 待认定, 待识别, 编号重复.
pub type VerdictCode = daiban_core::case::Code;

#[uniffi::remote(Enum)]
pub enum VerdictCode {
    Effective,
    Void,
    Late,
    Unrecognised,
    DuplicateId,
}

/// The units of the plan. Streets and parks that the office added are not among them: let people type one.
pub(crate) fn units() -> Vec<Term> {
    Organisation::of_plan().units().map(|unit| Term::new(unit.id.as_str(), &unit.name, &unit.en)).collect()
}
