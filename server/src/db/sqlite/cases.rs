//! Cases: one head a case, which says all that admission needs to know.

use crate::db::DbError;
use daiban_core::ids::{CaseId, Chain};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

/// A case's head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseHead {
    /// Local number.
    pub no: i64,
    /// The case.
    pub id: CaseId,
    /// Number of its last row.
    pub sequence: u64,
    /// That row's link.
    pub chain: Chain,
    /// CBOR of [`daiban_core::case::Standing`].
    pub standing: Vec<u8>,
    /// When its first row came, Unix seconds.
    pub opened_at: i64,
    /// The enterprise's unguessable address.
    pub link: [u8; 16],
    /// The sequence up to which duties were computed.
    pub computed: u64,
}

fn head(row: &Row<'_>) -> rusqlite::Result<CaseHead> {
    Ok(CaseHead {
        no: row.get(0)?,
        id: CaseId(row.get(1)?),
        sequence: row.get::<_, i64>(2)?.cast_unsigned(),
        chain: Chain(row.get(3)?),
        standing: row.get(4)?,
        opened_at: row.get(5)?,
        link: row.get(6)?,
        computed: row.get::<_, i64>(7)?.cast_unsigned(),
    })
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT no, id, sequence, chain, standing, opened_at, link, computed FROM case_head ", $rest)
    };
}

/// A case by its id.
pub fn find(conn: &Connection, id: CaseId) -> Result<Option<CaseHead>, DbError> {
    Ok(conn.prepare_cached(select!("WHERE id = ?1"))?.query_row([id.0], head).optional()?)
}

/// A case by its local number.
pub fn by_no(conn: &Connection, no: i64) -> Result<Option<CaseHead>, DbError> {
    Ok(conn.prepare_cached(select!("WHERE no = ?1"))?.query_row([no], head).optional()?)
}

/// A case by its enterprise's link.
pub fn by_link(conn: &Connection, link: &[u8; 16]) -> Result<Option<CaseHead>, DbError> {
    Ok(conn.prepare_cached(select!("WHERE link = ?1"))?.query_row([link], head).optional()?)
}

/// Every case, oldest first.
pub fn list(conn: &Connection) -> Result<Vec<CaseHead>, DbError> {
    let mut list = conn.prepare_cached(select!("ORDER BY no"))?;
    let rows = list.query_map([], head)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Cases with rows that no duty was computed from yet.
pub fn dirty(conn: &Connection, limit: u32) -> Result<Vec<CaseHead>, DbError> {
    let mut list = conn.prepare_cached(select!("WHERE computed < sequence ORDER BY no LIMIT ?1"))?;
    let rows = list.query_map([limit], head)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes up to which row duties were computed.
pub fn set_computed(tx: &Transaction<'_>, no: i64, sequence: u64) -> Result<(), DbError> {
    let sql = "UPDATE case_head SET computed = ?2 WHERE no = ?1 AND computed < ?2";
    tx.prepare_cached(sql)?.execute(params![no, sequence.cast_signed()])?;
    Ok(())
}

/// Adds a case without rows.
pub fn insert(
    tx: &Transaction<'_>,
    id: CaseId,
    chain: Chain,
    standing: &[u8],
    opened_at: i64,
    link: &[u8; 16],
) -> Result<i64, DbError> {
    let sql = "INSERT INTO case_head (id, sequence, chain, standing, opened_at, link) VALUES (?1, 0, ?2, ?3, ?4, ?5)";
    Ok(tx.prepare_cached(sql)?.insert(params![id.0, chain.0, standing, opened_at, link])?)
}

/// Moves the head to a new last row; `standing` only if it changed.
pub fn advance(tx: &Transaction<'_>, no: i64, sequence: u64, chain: Chain, standing: Option<&[u8]>) -> Result<(), DbError> {
    match standing {
        Some(standing) => tx
            .prepare_cached("UPDATE case_head SET sequence = ?2, chain = ?3, standing = ?4 WHERE no = ?1")?
            .execute(params![no, sequence.cast_signed(), chain.0, standing])?,
        None => tx.prepare_cached("UPDATE case_head SET sequence = ?2, chain = ?3 WHERE no = ?1")?.execute(params![
            no,
            sequence.cast_signed(),
            chain.0
        ])?,
    };
    Ok(())
}
