//! Refused changes, kept for ever with their bytes, if those are no more than a legal change has; the office can adopt them by a ruling.

use crate::db::{Connection, DbError, Row, Transaction, params};
use daiban_core::ids::{CaseId, DeviceId, FactId, PersonId};
use daiban_core::limits::CHANGE_WIRE_BYTES_MAX;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// A refused change on its way into the list.
#[derive(Clone, Debug)]
pub struct Refused<'a> {
    /// The case it was sent to.
    pub case: CaseId,
    /// Who signed for it.
    pub device: DeviceId,
    /// Whose device that was.
    pub person: &'a PersonId,
    /// Why, e.g. a [`daiban_core::admit::Refusal`] code.
    pub code: &'a str,
    /// The bytes as they came.
    pub bytes: &'a [u8],
    /// The signed statement, if one could be read.
    pub statement: Option<&'a [u8]>,
    /// Its signature.
    pub signature: &'a [u8],
    /// When they came, Unix seconds.
    pub received_at: i64,
}

/// Keeps it and returns its number; the same bytes from the same device to the same case keep the number they had.
pub fn insert(tx: &Transaction<'_>, refused: &Refused<'_>) -> Result<i64, DbError> {
    let hash: [u8; 32] = Sha256::digest(refused.bytes).into();
    if let Some(no) = known(tx, refused, &hash)? {
        return Ok(no);
    }
    let sql = "INSERT INTO quarantine (case_id, device, person, code, bytes, bytes_hash, statement, signature, received_at, length) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING RETURNING no";
    let Refused { case, device, person, code, bytes, statement, signature, received_at } = refused;
    let length = (bytes.len() > CHANGE_WIRE_BYTES_MAX).then_some(bytes.len() as u64);
    let bytes: &[u8] = if length.is_some() { &[] } else { bytes };
    let person = person.as_str();
    let added =
        tx.insert(sql, params![case.0, device.0, person, code, bytes, hash, statement, signature, received_at, length])?;
    match added {
        Some(no) => Ok(no),
        // Somebody else kept it between the question and the insertion.
        None => known(tx, refused, &hash)?.ok_or(DbError::Contended),
    }
}

fn known(tx: &Transaction<'_>, refused: &Refused<'_>, hash: &[u8; 32]) -> Result<Option<i64>, DbError> {
    let sql = "SELECT no FROM quarantine WHERE case_id = ?1 AND device = ?2 AND bytes_hash = ?3";
    tx.one(sql, params![refused.case.0, refused.device.0, hash], |row| row.get(0))
}

/// An entry of the list; [`bytes`] gives what came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quarantined {
    /// Its number.
    pub no: i64,
    /// The case it was sent to.
    pub case: CaseId,
    /// Who signed for it.
    pub device: DeviceId,
    /// Whose device that was.
    pub person: PersonId,
    /// Why it was refused.
    pub code: String,
    /// When they came, Unix seconds.
    pub received_at: i64,
    /// The fact the office wrote for it.
    pub adopted: Option<FactId>,
    /// How many bytes it had, if they were too many to be kept.
    pub length: Option<u64>,
}

fn quarantined(row: &Row<'_>) -> Result<Quarantined, DbError> {
    Ok(Quarantined {
        no: row.get(0)?,
        case: CaseId(row.get(1)?),
        device: DeviceId(row.get(2)?),
        person: PersonId(row.get(3)?),
        code: row.get(4)?,
        received_at: row.get(5)?,
        adopted: row.get::<Option<_>>(6)?.map(FactId),
        length: row.get(7)?,
    })
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT no, case_id, device, person, code, received_at, adopted, length FROM quarantine ", $rest)
    };
}

/// An entry by its number.
pub fn find(conn: &Connection, no: i64) -> Result<Option<Quarantined>, DbError> {
    conn.one(select!("WHERE no = ?1"), params![no], quarantined)
}

/// The bytes of an entry, as they came. A list of many would fill the memory with them.
pub fn bytes(conn: &Connection, no: i64) -> Result<Option<Vec<u8>>, DbError> {
    conn.one("SELECT bytes FROM quarantine WHERE no = ?1", params![no], |row| row.get(0))
}

/// The newest entries, newest first.
pub fn list(conn: &Connection, limit: u32) -> Result<Vec<Quarantined>, DbError> {
    conn.all(select!("ORDER BY no DESC LIMIT ?1"), params![limit], quarantined)
}

/// Entries with a number below that, newest first.
pub fn before(conn: &Connection, no: i64, limit: u32) -> Result<Vec<Quarantined>, DbError> {
    conn.all(select!("WHERE no < ?1 ORDER BY no DESC LIMIT ?2"), params![no, limit], quarantined)
}

/// The entries that were set aside as one chain with this one, in the order of the chain: their numbers, and the signature over all of
/// them.
pub struct Chain {
    /// Numbers in the list.
    pub numbers: Vec<i64>,
    /// The signed bytes.
    pub statement: Vec<u8>,
    /// The signature over them.
    pub signature: Vec<u8>,
}

/// See [`Chain`]; `None` if no statement was kept with the entry.
pub fn chain(conn: &Connection, entry: &Quarantined) -> Result<Option<Chain>, DbError> {
    let signed = conn.one("SELECT statement, signature FROM quarantine WHERE no = ?1", params![entry.no], |row| {
        Ok((row.get::<Option<Vec<u8>>>(0)?, row.get::<Option<Vec<u8>>>(1)?))
    })?;
    let Some((Some(statement), Some(signature))) = signed else { return Ok(None) };
    let sql = "SELECT no FROM quarantine WHERE case_id = ?1 AND device = ?2 AND code = ?3 AND statement = ?4 AND adopted IS NULL \
               ORDER BY no";
    let values = params![entry.case.0, entry.device.0, entry.code, statement];
    let numbers = conn.all(sql, values, |row| row.get(0))?;
    Ok(Some(Chain { numbers, statement, signature }))
}

/// Notes the fact that the office wrote for an entry; `false` if it was adopted before.
pub fn adopt(tx: &Transaction<'_>, no: i64, fact: FactId) -> Result<bool, DbError> {
    let sql = "UPDATE quarantine SET adopted = ?2 WHERE no = ?1 AND adopted IS NULL";
    Ok(tx.run(sql, params![no, fact.0])? == 1)
}
