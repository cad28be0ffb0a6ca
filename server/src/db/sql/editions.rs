//! How far calendar, policy and units have come: what tells a node that another node stored something new.

use crate::db::{Connection, DbError};

/// A state of the three tables. Their rows are only ever added, and numbered in the order of their commits, because whoever adds
/// one is alone in the office's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// What due days are counted by.
    pub eras: Eras,
    units: i64,
}

/// A state of calendar and policy: the numbers of the newest edition and the newest policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Eras(i64, i64);

/// The state now.
pub fn version(conn: &Connection) -> Result<Version, DbError> {
    let sql = "SELECT (SELECT coalesce(max(no), 0) FROM edition), (SELECT coalesce(max(no), 0) FROM policy), \
               (SELECT count(*) FROM unit)";
    let found = conn.one(sql, &[], |row| Ok(Version { eras: Eras(row.get(0)?, row.get(1)?), units: row.get(2)? }))?;
    found.ok_or(DbError::Corrupt("number"))
}
