//! Keys of sealed values: given out by role, deleted to erase.

use crate::db::DbError;
use daiban_core::fact::SealKey;
use daiban_core::ids::KeyId;
use rusqlite::{Connection, Transaction, params};

/// Keeps a key; `sequence` is the row it travels with. A key of that id that is already there stays.
pub fn insert(tx: &Transaction<'_>, case_no: i64, sequence: u64, key: &SealKey) -> Result<(), DbError> {
    let sql = "INSERT OR IGNORE INTO seal_key (case_no, sequence, id, key) VALUES (?1, ?2, ?3, ?4)";
    tx.prepare_cached(sql)?.execute(params![case_no, sequence.cast_signed(), key.id.0, key.key])?;
    Ok(())
}

/// The keys that travel with the rows `after < row <= to` of a case.
pub fn between(conn: &Connection, case_no: i64, after: u64, to: u64) -> Result<Vec<SealKey>, DbError> {
    let sql = "SELECT id, key FROM seal_key WHERE case_no = ?1 AND sequence > ?2 AND sequence <= ?3";
    let mut list = conn.prepare_cached(sql)?;
    let rows = list.query_map(params![case_no, after.cast_signed(), to.cast_signed()], |row| {
        Ok(SealKey { id: KeyId(row.get(0)?), key: row.get(1)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
