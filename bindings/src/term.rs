//! Words of the plan that screens choose from or show: a stable code, Chinese, English.

use daiban_core::agent::KnownNames;
use daiban_core::fact::{Names as _, kind_info};
use daiban_core::ids::{CaseId, UnitId};
use daiban_core::people::Group;
use daiban_core::sync::names::PersonName;
use daiban_messages::Say;
use daiban_messages::say::bindings::KindUnknown;

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
        kind_info(name).map_or_else(
            || Term::new(name, KindUnknown.say().zh, name),
            |kind| Term::new(kind.name, kind.label.zh, kind.label.en),
        )
    }

    /// A working group (plan 三).
    pub(crate) fn group(names: &KnownNames, group: Group) -> Term {
        Term::new(group.id(), names.group(group), names.group_en(group))
    }

    /// A unit by its id; one that this phone was not told of is called by its id.
    pub(crate) fn unit(names: &KnownNames, id: &UnitId) -> Term {
        Term::new(id.as_str(), names.unit(id), names.unit_en(id))
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

/// The units of the plan and those the office added.
pub(crate) fn units(names: &KnownNames) -> Vec<Term> {
    names.organisation().units().map(|unit| Term::unit(names, &unit.id)).collect()
}

/// People to choose from in a case, the case's own first: by name, with the unit where two share one.
pub(crate) fn people(names: &KnownNames, case: Option<CaseId>) -> Vec<Term> {
    let offered = names.offered(case);
    let term = |person: &&PersonName| {
        let called = names.choice(person, &offered);
        Term::new(person.id.as_str(), called.clone(), called)
    };
    offered.iter().map(term).collect()
}
