//! The units as they stand within a transaction.

use crate::db::Connection;
use crate::db::sql::directory;
use crate::error::Problem;
use daiban_core::people::{Organisation, UnitError};

/// The plan's units and those the office added.
pub(super) fn organisation(conn: &Connection) -> Result<Organisation, Problem> {
    let with = |organisation: Organisation, unit| organisation.with_unit(unit).map_err(|e| unit_problem(&e));
    directory::units(conn)?.into_iter().try_fold(Organisation::builtin(), with)
}

pub(super) fn unit_problem(error: &UnitError) -> Problem {
    Problem::unprocessable("unit_refused", error.zh(), error.to_string())
}
