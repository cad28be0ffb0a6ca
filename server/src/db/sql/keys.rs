//! Keys of sealed values: given out by role, deleted to erase.

use crate::db::{Connection, DbError, Transaction, params};
use daiban_core::fact::SealKey;
use daiban_core::ids::{DeviceId, KeyId};

/// Notes that a sealed value stands in a row: from now on only its author's device can give the key.
pub fn expect(tx: &Transaction<'_>, case_no: i64, sequence: u64, id: KeyId) -> Result<(), DbError> {
    insert(tx, case_no, sequence, &SealKey { id, key: Vec::new() })
}

/// Keeps a key that was expected from this device. A key that comes after its row travels with the row `next`; rows up to `before`
/// were there already. Nothing happens if it is there, or expected from somebody else, or not at all.
pub fn give(
    tx: &Transaction<'_>,
    case_no: i64,
    device: DeviceId,
    (before, next): (u64, u64),
    key: &SealKey,
) -> Result<(), DbError> {
    let sql = "UPDATE seal_key SET key = ?3, sequence = CASE WHEN sequence > ?4 THEN sequence ELSE ?5 END \
               WHERE case_no = ?1 AND id = ?2 AND length(key) = 0 AND EXISTS (SELECT 1 FROM case_row r JOIN actor a \
               ON a.no = r.actor_no AND a.case_no = r.case_no WHERE r.case_no = ?1 AND r.sequence = seal_key.sequence \
               AND a.device = ?6)";
    tx.post(sql, params![case_no, key.id.0, key.key, before, next, device.0])
}

/// Keeps a key; `sequence` is the row it travels with. A key of that id that is already there stays.
pub fn insert(tx: &Transaction<'_>, case_no: i64, sequence: u64, key: &SealKey) -> Result<(), DbError> {
    let sql = "INSERT INTO seal_key (case_no, sequence, id, key) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    tx.post(sql, params![case_no, sequence, key.id.0, key.key])
}

/// A key of a case, if it came and was not erased.
pub fn find(conn: &Connection, case_no: i64, id: KeyId) -> Result<Option<SealKey>, DbError> {
    let sql = "SELECT key FROM seal_key WHERE case_no = ?1 AND id = ?2 AND length(key) > 0";
    conn.one(sql, params![case_no, id.0], |row| Ok(SealKey { id, key: row.get(0)? }))
}

/// The keys that travel with the rows `after < row <= to` of a case.
pub fn between(conn: &Connection, case_no: i64, after: u64, to: u64) -> Result<Vec<SealKey>, DbError> {
    let sql = "SELECT id, key FROM seal_key WHERE case_no = ?1 AND sequence > ?2 AND sequence <= ?3 AND length(key) > 0";
    conn.all(sql, params![case_no, after, to], |row| Ok(SealKey { id: KeyId(row.get(0)?), key: row.get(1)? }))
}
