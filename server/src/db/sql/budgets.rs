//! What devices and people have brought in a day, so that one of them cannot fill the store. Old days go at night.

use crate::db::{Connection, DbError, Row, Transaction, params};

/// What was brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// Records that got a row.
    pub records: u64,
    /// Bytes stored, as [`daiban_core::limits::STORED_BYTES_EACH`] counts them.
    pub bytes: u64,
    /// Cases opened.
    pub cases: u64,
}

fn brought(row: &Row<'_>) -> Result<Brought, DbError> {
    Ok(Brought { records: row.get(0)?, bytes: row.get(1)?, cases: row.get(2)? })
}

/// What a holder has brought on a day.
pub fn find(conn: &Connection, holder: &str, day: &str) -> Result<Brought, DbError> {
    let sql = "SELECT records, bytes, cases FROM budget WHERE holder = ?1 AND day = ?2";
    Ok(conn.one(sql, params![holder, day], brought)?.unwrap_or_default())
}

/// The same, held until the transaction ends: whoever else brings something for the holder meanwhile waits.
pub fn hold(tx: &Transaction<'_>, holder: &str, day: &str) -> Result<Brought, DbError> {
    let sql = "SELECT records, bytes, cases FROM budget WHERE holder = ?1 AND day = ?2 FOR UPDATE";
    Ok(tx.one(sql, params![holder, day], brought)?.unwrap_or_default())
}

/// Adds to it.
pub fn add(tx: &Transaction<'_>, holder: &str, day: &str, more: Brought) -> Result<(), DbError> {
    let sql = "INSERT INTO budget (holder, day, records, bytes, cases) VALUES (?1, ?2, ?3, ?4, ?5) \
               ON CONFLICT (holder, day) DO UPDATE SET records = budget.records + excluded.records, \
               bytes = budget.bytes + excluded.bytes, cases = budget.cases + excluded.cases";
    tx.post(sql, params![holder, day, more.records, more.bytes, more.cases])
}

/// Forgets the days before one.
pub fn forget(tx: &Transaction<'_>, before: &str) -> Result<usize, DbError> {
    tx.run("DELETE FROM budget WHERE day < ?1", params![before])
}
