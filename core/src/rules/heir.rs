//! Duties follow the seat: what is open when its owner leaves the case passes on in the same second, by the same key and due date.

use super::owner::seat;
use super::{State, Subject};
use crate::case::FactView;
use crate::people::{Role, Roster, RosterEntry};
use crate::requirement::Requirement;
use std::cmp::Reverse;

/// Who owes at a moment what the holder of a seat that ended left open; a seat without a person where nobody took over.
pub fn successor(roster: &Roster, ended: &RosterEntry, at: i64) -> Option<Subject> {
    heir(roster, &Subject::holder(ended), at)
}

/// Who owes a duty at `now`: its owner, or whoever took over from one who left. What is done stays with whoever owed it then.
pub(super) fn owes(roster: &Roster, owner: &Subject, concluded: Option<State>, now: i64) -> Subject {
    let at = match concluded {
        None => now,
        Some(State::Met { at, .. } | State::MetLate { at, .. }) => at,
        Some(_) => return owner.clone(),
    };
    heir(roster, owner, at).unwrap_or_else(|| owner.clone())
}

/// Whether a record is that of whoever had taken over from an owner when it was made.
pub(super) fn is_of_heir(roster: &Roster, owner: &Subject, fact: &FactView) -> bool {
    let by = Some(&fact.fact.by);
    by != owner.person.as_ref() && heir(roster, owner, fact.verdict.effective_at).is_some_and(|heir| heir.person.as_ref() == by)
}

/// Whether an owner has ever left the seat.
pub(super) fn ever_left(roster: &Roster, owner: &Subject) -> bool {
    seats(roster, owner).any(|entry| entry.until.is_some())
}

/// Who took over by a moment; `None` if the owner had not left.
fn heir(roster: &Roster, owner: &Subject, at: i64) -> Option<Subject> {
    let ended = seats(roster, owner).any(|entry| entry.until.is_some_and(|until| until <= at));
    if !ended || !Requirement::R101.holds() || seats(roster, owner).any(|entry| entry.holds_at(at)) {
        return None;
    }
    let held = |role, group| latest(roster.active_at(at).filter(|entry| (entry.role, entry.group) == (role, group)));
    let specialist = |group| held(Role::GroupSpecialist, group);
    let chief = || latest(roster.active_at(at).filter(|entry| entry.role == Role::ChiefAgent));
    let heir = match owner.role {
        Role::UnitAgent => {
            let colleagues = roster.agents(at).filter(|entry| Some(&entry.unit) == owner.unit.as_ref());
            let above = || owner.group.and_then(|group| specialist(Some(group))).or_else(chief);
            latest(colleagues).or_else(above).unwrap_or_else(|| seat(Role::ChiefAgent, None))
        }
        Role::GroupSpecialist => specialist(owner.group).unwrap_or_else(|| seat(Role::GroupSpecialist, owner.group)),
        Role::ChiefAgent => chief().unwrap_or_else(|| seat(Role::ChiefAgent, None)),
        _ => return None,
    };
    Some(Subject { passed_from: owner.person.clone(), ..heir })
}

/// The seats that tie a person to the duty: any on the case for an agent, else those of the role and group.
fn seats<'a>(roster: &'a Roster, owner: &'a Subject) -> impl Iterator<Item = &'a RosterEntry> {
    let of_owner = roster.entries().iter().filter(|entry| Some(&entry.person) == owner.person.as_ref());
    of_owner.filter(|entry| match owner.role {
        Role::GroupSpecialist => (entry.role, entry.group) == (owner.role, owner.group),
        Role::ChiefAgent => entry.role == owner.role,
        _ => true,
    })
}

/// The one who began last; of two who began together the first by id, so that phone and server agree.
fn latest<'a>(entries: impl Iterator<Item = &'a RosterEntry>) -> Option<Subject> {
    entries.min_by_key(|entry| (Reverse(entry.from), &entry.person)).map(Subject::holder)
}
