//! The chained audit log: what people did that is not a case row (security.md §5).
//!
//! Link n is SHA-256 over a label, link n−1 and the row's fields, each with its length in front, so that no two rows read alike.

use crate::db::DbError;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

const LABEL: &[u8] = b"daiban-audit-1";

/// One thing somebody did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditRow {
    /// 1, 2, 3 …
    pub no: i64,
    /// When, Unix seconds.
    pub at: i64,
    /// Who.
    pub who: String,
    /// What, as the command's name.
    pub action: String,
    /// To what.
    pub object: String,
    /// What came of it.
    pub result: String,
    /// The link, hex.
    pub chain: String,
}

/// What the log says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AuditCheck {
    /// Rows read.
    pub rows: i64,
    /// The first row that does not follow from the one before it.
    pub first_bad: Option<i64>,
}

/// Adds a row; call it in the transaction of the act itself.
pub fn append(tx: &Transaction<'_>, at: i64, who: &str, action: &str, object: &str, result: &str) -> Result<i64, DbError> {
    let last: Option<(i64, Vec<u8>)> = tx
        .prepare_cached("SELECT no, chain FROM audit ORDER BY no DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (no, previous) = last.map_or((1, start()), |(no, chain)| (no + 1, chain));
    let chain = link(&previous, no, at, [who, action, object, result]);
    tx.prepare_cached("INSERT INTO audit (no, at, who, action, object, result, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
        .execute(params![no, at, who, action, object, result, chain])?;
    Ok(no)
}

/// The newest rows, newest first.
pub fn newest(conn: &Connection, limit: u32) -> Result<Vec<AuditRow>, DbError> {
    let mut all =
        conn.prepare_cached("SELECT no, at, who, action, object, result, chain FROM audit ORDER BY no DESC LIMIT ?1")?;
    Ok(all.query_map([limit], read)?.collect::<Result<_, _>>()?)
}

/// Follows the chain from row `after` (whose own link is trusted; 0 = from the start) to the end.
pub fn check(conn: &Connection, after: i64) -> Result<AuditCheck, DbError> {
    let trusted: Option<Vec<u8>> =
        conn.prepare_cached("SELECT chain FROM audit WHERE no = ?1")?.query_row([after], |row| row.get(0)).optional()?;
    let mut previous = trusted.unwrap_or_else(start);
    let mut rows = 0;
    let mut all =
        conn.prepare_cached("SELECT no, at, who, action, object, result, chain FROM audit WHERE no > ?1 ORDER BY no")?;
    for row in all.query_map([after], read)? {
        let row = row?;
        rows += 1;
        let expected = link(&previous, row.no, row.at, [&row.who, &row.action, &row.object, &row.result]);
        if row.no != after + rows || row.chain != data_encoding::HEXLOWER.encode(&expected) {
            return Ok(AuditCheck { rows, first_bad: Some(row.no) });
        }
        previous = expected;
    }
    Ok(AuditCheck { rows, first_bad: None })
}

/// The number of the newest row; 0 without one.
pub fn count(conn: &Connection) -> Result<i64, DbError> {
    Ok(conn.prepare_cached("SELECT coalesce(max(no), 0) FROM audit")?.query_row([], |row| row.get(0))?)
}

fn start() -> Vec<u8> {
    Sha256::digest(LABEL).to_vec()
}

fn link(previous: &[u8], no: i64, at: i64, texts: [&str; 4]) -> Vec<u8> {
    let mut sum =
        Sha256::new().chain_update(LABEL).chain_update(previous).chain_update(no.to_be_bytes()).chain_update(at.to_be_bytes());
    for text in texts {
        sum.update((text.len() as u64).to_be_bytes());
        sum.update(text.as_bytes());
    }
    sum.finalize().to_vec()
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<AuditRow> {
    let chain: Vec<u8> = row.get(6)?;
    Ok(AuditRow {
        no: row.get(0)?,
        at: row.get(1)?,
        who: row.get(2)?,
        action: row.get(3)?,
        object: row.get(4)?,
        result: row.get(5)?,
        chain: data_encoding::HEXLOWER.encode(&chain),
    })
}
