//! Refused changes, kept for ever with their bytes; the office can adopt them by a ruling.

use crate::db::DbError;
use daiban_core::ids::{CaseId, DeviceId, FactId, PersonId};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
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

/// Keeps it and returns its number; the same bytes from the same device keep the number they had.
pub fn insert(tx: &Transaction<'_>, refused: &Refused<'_>) -> Result<i64, DbError> {
    let hash: [u8; 32] = Sha256::digest(refused.bytes).into();
    let sql = "SELECT no FROM quarantine WHERE device = ?1 AND bytes_hash = ?2";
    let known = tx.prepare_cached(sql)?.query_row(params![refused.device.0, hash], |r| r.get(0)).optional()?;
    if let Some(no) = known {
        return Ok(no);
    }
    let sql = "INSERT INTO quarantine (case_id, device, person, code, bytes, bytes_hash, statement, signature, received_at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    Ok(tx.prepare_cached(sql)?.insert(params![
        refused.case.0,
        refused.device.0,
        refused.person.as_str(),
        refused.code,
        refused.bytes,
        hash,
        refused.statement,
        refused.signature,
        refused.received_at
    ])?)
}

/// An entry of the list.
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
    /// The bytes as they came.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// When they came, Unix seconds.
    pub received_at: i64,
    /// The fact the office wrote for it.
    pub adopted: Option<FactId>,
}

fn quarantined(row: &Row<'_>) -> rusqlite::Result<Quarantined> {
    Ok(Quarantined {
        no: row.get(0)?,
        case: CaseId(row.get(1)?),
        device: DeviceId(row.get(2)?),
        person: PersonId(row.get(3)?),
        code: row.get(4)?,
        bytes: row.get(5)?,
        received_at: row.get(6)?,
        adopted: row.get::<_, Option<[u8; 16]>>(7)?.map(FactId),
    })
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT no, case_id, device, person, code, bytes, received_at, adopted FROM quarantine ", $rest)
    };
}

/// An entry by its number.
pub fn find(conn: &Connection, no: i64) -> Result<Option<Quarantined>, DbError> {
    Ok(conn.prepare_cached(select!("WHERE no = ?1"))?.query_row([no], quarantined).optional()?)
}

/// The newest entries, newest first.
pub fn list(conn: &Connection, limit: u32) -> Result<Vec<Quarantined>, DbError> {
    let mut list = conn.prepare_cached(select!("ORDER BY no DESC LIMIT ?1"))?;
    let rows = list.query_map([limit], quarantined)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes the fact that the office wrote for an entry; `false` if it was adopted before.
pub fn adopt(tx: &Transaction<'_>, no: i64, fact: FactId) -> Result<bool, DbError> {
    let sql = "UPDATE quarantine SET adopted = ?2 WHERE no = ?1 AND adopted IS NULL";
    Ok(tx.prepare_cached(sql)?.execute(params![no, fact.0])? == 1)
}
