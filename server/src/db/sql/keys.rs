//! Keys of sealed values: given out by role, deleted to erase.

use crate::db::{Connection, DbError, Transaction, params};
use daiban_core::fact::SealKey;
use daiban_core::ids::KeyId;

/// Keeps a key; `sequence` is the row it travels with. A key of that id that is already there stays.
pub fn insert(tx: &Transaction<'_>, case_no: i64, sequence: u64, key: &SealKey) -> Result<(), DbError> {
    let sql = "INSERT INTO seal_key (case_no, sequence, id, key) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    tx.post(sql, params![case_no, sequence, key.id.0, key.key])
}

/// The keys that travel with the rows `after < row <= to` of a case.
pub fn between(conn: &Connection, case_no: i64, after: u64, to: u64) -> Result<Vec<SealKey>, DbError> {
    let sql = "SELECT id, key FROM seal_key WHERE case_no = ?1 AND sequence > ?2 AND sequence <= ?3";
    conn.all(sql, params![case_no, after, to], |row| Ok(SealKey { id: KeyId(row.get(0)?), key: row.get(1)? }))
}
