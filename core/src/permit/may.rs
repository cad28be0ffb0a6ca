//! Before anything is written: the phone's warning, and the first member of a new case.

use super::judge::{role_may, stage};
use super::{Arrival, timing};
use crate::case::{JudgingState, Reason};
use crate::fact::{Fact, fact_kind};
use crate::ids::PersonId;
use crate::people::{Group, Organisation, Role, RosterEntry};

/// Whether a person may record a new fact of a kind now, so that a hopeless one is not begun. The fields are not looked at.
///
/// A phone warns and may still record: only the server's verdict counts. With an empty roster only the letter is asked for.
pub fn may(standing: &JudgingState, person: &PersonId, kind: &str, district: &Organisation, now: i64) -> Result<(), Reason> {
    let info = fact_kind(kind).ok_or(Reason::RoleMayNot)?;
    if !standing.roster.entries().is_empty() {
        let mut roles = standing.roster.roles_at(person, now).peekable();
        roles.peek().ok_or(Reason::NotMember)?;
        if !roles.any(|entry| role_may(info, entry.role, district)) {
            return Err(Reason::RoleMayNot);
        }
    }
    stage(standing, info, false)
}

/// The roster row to write before the first change of a new case: its author, in the role and unit the server knows, from the moment
/// it was recorded on. `None` if the case has a roster already.
pub fn founder(
    standing: &JudgingState,
    fact: &Fact,
    role: Role,
    group: Option<Group>,
    arrival: &Arrival<'_>,
) -> Option<RosterEntry> {
    let from = timing(fact.recorded_at, arrival).effective_at;
    let (person, unit) = (fact.by.clone(), fact.unit.clone());
    standing.roster.entries().is_empty().then_some(RosterEntry { person, role, unit, group, from, until: None })
}
