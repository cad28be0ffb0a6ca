//! How far calendar, policy and units have come: what tells a node that another node stored something new.

use super::settings;
use crate::db::{Connection, DbError, Transaction};

/// Names the setting that says by which state every case was computed last.
const COMPUTED_BY: &str = "computed_by";

/// A state of the three tables. Their rows are only ever added, and numbered in the order of their commits, because whoever adds
/// one is alone in the office's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// What due days are counted by.
    pub eras: Eras,
    /// How many units the office added.
    pub units: i64,
}

/// A state of calendar, policy and pack: the numbers of the newest of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Eras(i64, i64, i64);

/// The state now.
pub fn version(conn: &Connection) -> Result<Version, DbError> {
    let sql = "SELECT (SELECT coalesce(max(no), 0) FROM edition), (SELECT coalesce(max(no), 0) FROM policy), \
               (SELECT count(*) FROM unit)";
    let pack = super::pack::number(conn)?;
    let found = conn.one(sql, &[], |row| Ok(Version { eras: Eras(row.get(0)?, row.get(1)?, pack), units: row.get(2)? }))?;
    found.ok_or(DbError::Corrupt("number"))
}

/// The state by which every case was computed last: the first one, where none was settled since.
pub fn computed_by(conn: &Connection) -> Result<Eras, DbError> {
    let Some(kept) = settings::get(conn, COMPUTED_BY)? else { return Ok(Eras(0, 0, 0)) };
    let corrupt = || DbError::Corrupt(COMPUTED_BY);
    let (edition, kept) = kept.split_first_chunk().ok_or_else(corrupt)?;
    let (policy, pack) = kept.split_first_chunk().ok_or_else(corrupt)?;
    // What an earlier version noted knows of no pack.
    let pack = if pack.is_empty() { [0; 8] } else { pack.try_into().map_err(|_| corrupt())? };
    Ok(Eras(i64::from_be_bytes(*edition), i64::from_be_bytes(*policy), i64::from_be_bytes(pack)))
}

/// Notes that every case was computed by that state, or by a newer one.
pub fn set_computed_by(tx: &Transaction<'_>, Eras(edition, policy, pack): Eras) -> Result<(), DbError> {
    settings::set(tx, COMPUTED_BY, &[edition.to_be_bytes(), policy.to_be_bytes(), pack.to_be_bytes()].concat())
}
