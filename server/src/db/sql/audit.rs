//! The chained audit log: what people did that is not a case row.
//!
//! Every node has a chain of its own. Link n is SHA-256 over a label, link n−1 and the row's fields, each with its length in front, so
//! that no two rows read alike.

use crate::db::{Connection, DbError, Row, Transaction, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

const LABEL: &[u8] = b"daiban-audit-1";
/// Rows in memory at once while a chain is followed.
const PAGE_ROWS: i64 = 1_000;

/// A row's fields, in the order they are read.
macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT no, at, who, action, object, result, chain, node FROM audit ", $rest)
    };
}

/// One thing somebody did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditRow {
    /// At which node; empty where there is only one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub node: String,
    /// 1, 2, 3 … at that node.
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
    let node = tx.node().as_str();
    tx.alone(&format!("audit {node}"))?;
    let sql = "SELECT no, chain FROM audit WHERE node = ?1 ORDER BY no DESC LIMIT 1";
    let last = tx.one(sql, params![node], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (no, previous) = last.map_or((1, start()), |(no, chain): (i64, Vec<u8>)| (no + 1, chain));
    let chain = link(&previous, no, at, [who, action, object, result]);
    let sql = "INSERT INTO audit (node, no, at, who, action, object, result, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    tx.run(sql, params![node, no, at, who, action, object, result, chain])?;
    Ok(no)
}

/// The newest rows, newest first.
pub fn newest(conn: &Connection, limit: u32) -> Result<Vec<AuditRow>, DbError> {
    conn.all(select!("ORDER BY at DESC, node, no DESC LIMIT ?1"), params![limit], read)
}

/// The nodes that noted something.
pub fn nodes(conn: &Connection) -> Result<Vec<String>, DbError> {
    conn.all("SELECT DISTINCT node FROM audit ORDER BY node", &[], |row| row.get(0))
}

/// Follows a node's chain from row `after` (whose own link is trusted; 0 = from the start) to the end.
pub fn check(conn: &Connection, node: &str, after: i64) -> Result<AuditCheck, DbError> {
    let trusted: Option<Vec<u8>> =
        conn.one("SELECT chain FROM audit WHERE node = ?1 AND no = ?2", params![node, after], |row| row.get(0))?;
    let mut previous = trusted.unwrap_or_else(start);
    let mut check = AuditCheck { rows: 0, first_bad: None };
    let mut more = true;
    while more && check.first_bad.is_none() {
        let (read_before, last) = (check.rows, after + check.rows);
        let sql = select!("WHERE node = ?1 AND no > ?2 ORDER BY no LIMIT ?3");
        conn.walk(sql, params![node, last, PAGE_ROWS], |row| {
            let row = read(row)?;
            check.rows += 1;
            let expected = link(&previous, row.no, row.at, [&row.who, &row.action, &row.object, &row.result]);
            let follows = row.no == after + check.rows && row.chain == data_encoding::HEXLOWER.encode(&expected);
            check.first_bad = (!follows).then_some(row.no);
            previous = expected;
            Ok(follows)
        })?;
        more = check.rows - read_before == PAGE_ROWS;
    }
    Ok(check)
}

/// The number of a node's newest row; 0 without one.
pub fn count(conn: &Connection, node: &str) -> Result<i64, DbError> {
    conn.number("SELECT coalesce(max(no), 0) FROM audit WHERE node = ?1", params![node])
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

fn read(row: &Row<'_>) -> Result<AuditRow, DbError> {
    let chain: Vec<u8> = row.get(6)?;
    Ok(AuditRow {
        no: row.get(0)?,
        at: row.get(1)?,
        who: row.get(2)?,
        action: row.get(3)?,
        object: row.get(4)?,
        result: row.get(5)?,
        chain: data_encoding::HEXLOWER.encode(&chain),
        node: row.get(7)?,
    })
}
