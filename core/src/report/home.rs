//! Which group's report a fact belongs to: exactly one, so that nothing is told twice or by nobody.

use crate::case::FactView;
use crate::ids::UnitId;
use crate::people::{Group, Organisation, Role, Roster};
use crate::rules::Duty;

/// The group whose weekly report tells of a fact.
///
/// Some kinds name their group themselves, as a flow table does. Else it is the author's group on the case; the chief agent's and the dispatch
/// lead's words go to the dispatch group; a unit agent's to the first group with a flow table that the unit is in. Units of no
/// group (streets and parks are in every one) report to the dispatch group, which follows every case (三(四)).
pub fn home_group(fact: &FactView, roster: &Roster, organisation: &Organisation) -> Group {
    if let Some(group) = fact.whole().and_then(|fact| fact.body.group()).filter(|group| organisation.owes_flow_table(*group)) {
        return group;
    }
    let held = roster.member_at(&fact.fact.by, fact.verdict.effective_at);
    match held {
        Some(entry) => of_member(entry.role, entry.group, &entry.unit, organisation),
        None => of_unit(&fact.fact.unit, organisation),
    }
}

/// The group whose report tells that a duty is overdue, and whose specialist its agent reports to.
pub fn home_of_duty(duty: &Duty, organisation: &Organisation) -> Group {
    let subject = &duty.subject;
    match (subject.role, &subject.unit) {
        (role @ Role::UnitAgent, Some(unit)) => of_member(role, subject.group, unit, organisation),
        _ => subject.group.unwrap_or(Group::Dispatch),
    }
}

pub(super) fn of_member(role: Role, group: Option<Group>, unit: &UnitId, organisation: &Organisation) -> Group {
    match (role, group.filter(|group| organisation.owes_flow_table(*group))) {
        (_, Some(group)) => group,
        (Role::UnitAgent, None) => of_unit(unit, organisation),
        _ => Group::Dispatch,
    }
}

fn of_unit(unit: &UnitId, organisation: &Organisation) -> Group {
    organisation.groups_of(unit).filter(|group| organisation.owes_flow_table(*group)).min().unwrap_or(Group::Dispatch)
}
