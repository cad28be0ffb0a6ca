//! Whether whom and what a record names is in the directory.

use crate::db::sql::directory;
use crate::db::{Connection, DbError, kept_text};
use daiban_core::fact::{Body, Named};
use daiban_core::ids::{PersonId, UnitId};
use daiban_core::people::Organisation;

/// Whether a record names a person or a unit that the directory does not know. People who left are known.
pub(super) fn names_unknown(conn: &Connection, body: &Body) -> Result<bool, DbError> {
    let named = Named::of(body);
    for person in &named.people {
        if directory::person(conn, &PersonId(kept_text(person.as_str()).into_owned()))?.is_none() {
            return Ok(true);
        }
    }
    for unit in named.units.iter().filter(|unit| Organisation::of_plan().unit(unit).is_none()) {
        if !directory::has_unit(conn, &UnitId(kept_text(unit.as_str()).into_owned()))? {
            return Ok(true);
        }
    }
    Ok(false)
}
