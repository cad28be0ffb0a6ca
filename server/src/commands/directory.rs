//! Units and people as they stand within a transaction.

use crate::db::Connection;
use crate::db::sql::directory::{self, Person};
use crate::db::sql::pack;
use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::ids::PersonId;
use daiban_core::people::{Organisation, UnitError};
use daiban_messages::say::command as say;
use daiban_messages::{Both, Say};

/// The plan's units and those the office added, by every name they have or had.
pub(super) fn organisation(conn: &Connection) -> Result<Organisation, Problem> {
    Ok((*pack::with_units(conn)?.organisation).clone())
}

pub(super) fn unit_problem(error: &UnitError) -> Problem {
    Problem::unprocessable("unit_refused", error.zh(), error.to_string())
}

/// Whoever goes by what was typed: an id, else the name of somebody in service, alone or with the unit (`张伟@丰荣街道办事处`). Of two of
/// a name the office chooses.
pub(super) fn called(conn: &Connection, typed: &PersonId) -> Result<Option<Person>, Problem> {
    if let Some(person) = directory::person(conn, typed)? {
        return Ok(Some(person));
    }
    Ok(goes_by(typed, &directory::people(conn)?, &organisation(conn)?)?.cloned())
}

/// The same among these people.
pub(super) fn goes_by<'p>(typed: &PersonId, people: &'p [Person], units: &Organisation) -> Result<Option<&'p Person>, Problem> {
    if let Some(person) = people.iter().find(|person| person.id == *typed) {
        return Ok(Some(person));
    }
    let (name, unit) = match typed.as_str().split_once(['@', '＠']) {
        Some((name, unit)) => (name.trim(), Some(units.unit_id(unit))),
        None => (typed.as_str().trim(), None),
    };
    let is_called = |person: &&Person| person.left_at.is_none() && person.name == name;
    let of_unit = |person: &&Person| unit.as_ref().is_none_or(|unit| person.unit == *unit);
    match people.iter().filter(is_called).filter(of_unit).collect::<Vec<_>>()[..] {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        ref several_people => Err(several(name, several_people, units)),
    }
}

fn several(name: &str, people: &[&Person], units: &Organisation) -> Problem {
    let unit = |person: &Person| units.unit(&person.unit).map_or_else(|| person.unit.to_string(), |unit| unit.name.clone());
    let choice = |person: &&Person| Both::from(say::PersonOfUnit { unit: unit(person), person: &person.id }.say());
    let choices = Both::listed(&people.iter().map(choice).collect::<Vec<_>>());
    let several = say::PersonAmbiguous { count: people.len(), name, choices };
    Problem::said(StatusCode::CONFLICT, "person_ambiguous", several)
}
