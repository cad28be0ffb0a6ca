//! What the directory and the calendar have of what a record names.

use crate::db::sql::{calendar, directory, pack, policy};
use crate::db::{Connection, DbError, kept_text};
use daiban_core::calendar::local_date;
use daiban_core::fact::{Body, Named};
use daiban_core::ids::{PersonId, UnitId};
use daiban_core::people::Organisation;
use daiban_core::permit::Arrival;
use daiban_core::report::closes_at;
use std::collections::BTreeSet;

/// Says in an arrival what the directory has of those whom a record names, as far as the first whom it does not have: nobody pays for a
/// list of inventions. People who left are known.
pub(super) fn look_up(conn: &Connection, body: &Body, arrival: &mut Arrival<'_>) -> Result<(), DbError> {
    arrival.organisation = pack::current(conn)?.holding(local_date(arrival.received_at)).organisation.clone();
    let named = Named::of(body);
    for person in named.people {
        match directory::person(conn, &PersonId(kept_text(person.as_str()).into_owned()))? {
            Some(known) => drop(arrival.unit_of.insert(person, known.unit)),
            None => {
                arrival.names_unknown = true;
                return Ok(());
            }
        }
    }
    arrival.names_unknown = unknown_unit(conn, &arrival.organisation, named.units)?;
    Ok(())
}

/// From when on the week of a 无变化 is closed, by the calendar and the numbers in the store; `None` for other records.
pub fn week_closes_at(conn: &Connection, body: &Body) -> Result<Option<i64>, DbError> {
    let Body::NoChange(body) = body else { return Ok(None) };
    Ok(closes_at(&calendar::calendar(conn)?, &policy::numbers(conn)?, body.week))
}

fn unknown_unit(conn: &Connection, plan: &Organisation, named: BTreeSet<UnitId>) -> Result<bool, DbError> {
    for unit in named.iter().filter(|unit| plan.unit(unit).is_none()) {
        if !directory::has_unit(conn, &UnitId(kept_text(unit.as_str()).into_owned()))? {
            return Ok(true);
        }
    }
    Ok(false)
}
