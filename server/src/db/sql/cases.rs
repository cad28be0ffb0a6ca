//! Cases: one head a case, which says all that admission needs to know.

use crate::db::{Connection, DbError, Row, Transaction, params};
use daiban_core::case::CaseNumber;
use daiban_core::ids::{CaseId, Chain};
use std::collections::BTreeSet;

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
    /// What it is called; `None` before its first row.
    pub number: Option<CaseNumber>,
    /// The moment its standing duties are those of, Unix seconds; `None` = nobody knows.
    pub computed_at: Option<i64>,
    /// What is told of it, if all of it was told by then.
    pub still: Option<Still>,
}

/// The number in two columns, the first of which is the `at`-th.
pub(super) fn number(row: &Row<'_>, at: usize) -> Result<Option<CaseNumber>, DbError> {
    let (year, number): (Option<i64>, Option<i64>) = (row.get(at)?, row.get(at + 1)?);
    let read = |(year, number): (i64, i64)| Some(CaseNumber { year: year.try_into().ok()?, number: number.try_into().ok()? });
    year.zip(number).map(|both| read(both).ok_or(DbError::Corrupt("case number"))).transpose()
}

/// A case of which everything was computed and told: as long as it gets no rows there is nothing to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Still {
    /// From this moment on time changes its duties, Unix seconds.
    pub until: i64,
    /// By which rules and which directory it was told: see [`ToldBy`].
    pub told_by: ToldBy,
}

/// Names what notices follow from besides the case: by others, others may be due.
pub type ToldBy = [u8; 16];

fn head(row: &Row<'_>) -> Result<CaseHead, DbError> {
    let still = |until: Option<i64>, told_by: Option<ToldBy>| Some(Still { until: until?, told_by: told_by? });
    Ok(CaseHead {
        no: row.get(0)?,
        id: CaseId(row.get(1)?),
        sequence: row.get(2)?,
        chain: Chain(row.get(3)?),
        standing: row.get(4)?,
        opened_at: row.get(5)?,
        link: row.get(6)?,
        computed: row.get(7)?,
        number: number(row, 8)?,
        computed_at: row.get(10)?,
        still: still(row.get(11)?, row.get(12)?),
    })
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT no, id, sequence, chain, standing, opened_at, link, computed, number_year, number, computed_at, still_until, told_by \
             FROM case_head ",
            $rest
        )
    };
}

/// A case by its id.
pub fn find(conn: &Connection, id: CaseId) -> Result<Option<CaseHead>, DbError> {
    match conn.number_for(&id.0) {
        Some(no) => conn.one(select!("WHERE no = ?1 AND id = ?2"), params![no, id.0], head),
        None => conn.one(select!("WHERE id = ?1"), params![id.0], head),
    }
}

/// A case by its id, held until the transaction ends: nobody else gives it rows meanwhile. Who holds more than one takes them in
/// the order of their ids, or two of them wait for each other.
pub fn hold(tx: &Transaction<'_>, id: CaseId) -> Result<Option<CaseHead>, DbError> {
    match tx.number_for(&id.0) {
        Some(no) => tx.one(select!("WHERE no = ?1 AND id = ?2 FOR UPDATE"), params![no, id.0], head),
        None => tx.one(select!("WHERE id = ?1 FOR UPDATE"), params![id.0], head),
    }
}

/// A case by its local number.
pub fn by_no(conn: &Connection, no: i64) -> Result<Option<CaseHead>, DbError> {
    conn.one(select!("WHERE no = ?1"), params![no], head)
}

/// A case by its enterprise's link.
pub fn by_link(conn: &Connection, link: &[u8; 16]) -> Result<Option<CaseHead>, DbError> {
    conn.one(select!("WHERE link = ?1"), params![link], head)
}

/// A case by its number.
pub fn by_number(conn: &Connection, number: CaseNumber) -> Result<Option<CaseHead>, DbError> {
    conn.one(select!("WHERE number_year = ?1 AND number = ?2"), params![i64::from(number.year), number.number], head)
}

/// Gives a case that has none the next number of a year. Nodes wait here for each other, so it comes last in its transaction, which is
/// the one that gives the case its first row: a number is never doubled, and none is lost with a transaction that is undone.
pub fn hand_out_number(tx: &Transaction<'_>, no: i64, year: i32) -> Result<(), DbError> {
    let counter = "INSERT INTO case_counter (year, last) VALUES (?1, 1) ON CONFLICT (year) DO UPDATE \
                   SET last = case_counter.last + 1 RETURNING last";
    let number = tx.insert(counter, params![i64::from(year)])?.ok_or(DbError::Corrupt("case number"))?;
    let sql = "UPDATE case_head SET number_year = ?2, number = ?3 WHERE no = ?1";
    tx.post(sql, params![no, i64::from(year), number])
}

/// The ids of all cases, oldest first.
pub fn ids(conn: &Connection) -> Result<Vec<CaseId>, DbError> {
    conn.all("SELECT id FROM case_head ORDER BY opened_at, no", &[], |row| Ok(CaseId(row.get(0)?)))
}

/// Those of which not everything is computed and told by `told_by` for both moments, of which `at` is not the later one: oldest first.
pub fn to_sweep(conn: &Connection, at: i64, now: i64, told_by: &ToldBy) -> Result<Vec<CaseId>, DbError> {
    let sql = "SELECT id FROM case_head WHERE computed < sequence OR computed_at IS NULL OR computed_at > ?1 \
               OR still_until IS NULL OR still_until <= ?2 OR told_by IS NULL OR told_by <> ?3 ORDER BY opened_at, no";
    conn.all(sql, params![at, now, told_by], |row| Ok(CaseId(row.get(0)?)))
}

/// How many cases there are.
pub fn count(conn: &Connection) -> Result<u64, DbError> {
    conn.number("SELECT count(*) FROM case_head", &[])
}

/// When a case's duties were computed last, Unix seconds; 0 if none were.
pub fn newest_computed(conn: &Connection) -> Result<i64, DbError> {
    conn.number("SELECT coalesce(max(computed_at), 0) FROM case_head", &[])
}

/// How many rows all cases have together: another number says that some case got rows.
pub fn rows(conn: &Connection) -> Result<u64, DbError> {
    let rows: i64 = conn.number("SELECT CAST(coalesce(sum(sequence), 0) AS BIGINT) FROM case_head", &[])?;
    Ok(rows.unsigned_abs())
}

/// Every case, oldest first.
pub fn list(conn: &Connection) -> Result<Vec<CaseHead>, DbError> {
    conn.all(select!("ORDER BY opened_at, no"), &[], head)
}

/// Cases after one of them (`None` = from the beginning), oldest first.
pub fn page(conn: &Connection, after: Option<&CaseHead>, limit: u32) -> Result<Vec<CaseHead>, DbError> {
    let (opened, no) = after.map_or((i64::MIN, i64::MIN), |head| (head.opened_at, head.no));
    let rest = select!("WHERE opened_at > ?1 OR (opened_at = ?1 AND no > ?2) ORDER BY opened_at, no LIMIT ?3");
    conn.all(rest, params![opened, no, limit], head)
}

/// Cases with rows that no duty was computed from yet: from the number `first` upwards, then those below it.
pub fn dirty(conn: &Connection, first: i64, limit: u32) -> Result<Vec<CaseHead>, DbError> {
    conn.all(select!("WHERE computed < sequence ORDER BY no < ?1, no LIMIT ?2"), params![first, limit], head)
}

/// The numbers of cases with rows that no duty was computed from yet.
pub fn waiting(conn: &Connection, limit: u32) -> Result<BTreeSet<i64>, DbError> {
    let sql = "SELECT no FROM case_head WHERE computed < sequence ORDER BY no LIMIT ?1";
    Ok(conn.all(sql, params![limit], |row| row.get(0))?.into_iter().collect())
}

/// Notes up to which row duties were computed and for which moment, and how long there is nothing to do; to be called in a transaction
/// that holds the case.
pub fn set_computed(tx: &Transaction<'_>, no: i64, sequence: u64, at: i64, still: Option<Still>) -> Result<(), DbError> {
    let sql = "UPDATE case_head SET computed = ?2, computed_at = ?3, still_until = ?4, told_by = ?5 WHERE no = ?1";
    let (until, told_by) = (still.map(|still| still.until), still.map(|still| still.told_by));
    tx.post(sql, params![no, sequence, at, until, told_by])
}

/// Forgets what was told of all cases: each is looked at again.
pub fn forget_still(tx: &Transaction<'_>) -> Result<(), DbError> {
    tx.run("UPDATE case_head SET still_until = NULL, told_by = NULL", &[]).map(drop)
}

/// Forgets for which moment the duties of all cases were computed: whoever is computing one of them stores nothing of it.
pub fn forget_computed(tx: &Transaction<'_>) -> Result<(), DbError> {
    tx.run("UPDATE case_head SET computed_at = NULL, still_until = NULL, told_by = NULL", &[]).map(drop)
}

/// Adds a case without rows; `None` if somebody else just did.
pub fn insert(
    tx: &Transaction<'_>,
    id: CaseId,
    chain: Chain,
    standing: &[u8],
    opened_at: i64,
    link: &[u8; 16],
) -> Result<Option<i64>, DbError> {
    let sql = "INSERT INTO case_head (no, id, sequence, chain, standing, opened_at, link) VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6) \
               ON CONFLICT DO NOTHING RETURNING no";
    tx.insert(sql, params![tx.number_for(&id.0), id.0, chain.0, standing, opened_at, link])
}

/// Moves the head to a new last row; `standing` only if it changed.
pub fn advance(tx: &Transaction<'_>, no: i64, sequence: u64, chain: Chain, standing: Option<&[u8]>) -> Result<(), DbError> {
    match standing {
        Some(standing) => {
            let sql = "UPDATE case_head SET sequence = ?2, chain = ?3, standing = ?4 WHERE no = ?1";
            tx.post(sql, params![no, sequence, chain.0, standing])
        }
        None => tx.post("UPDATE case_head SET sequence = ?2, chain = ?3 WHERE no = ?1", params![no, sequence, chain.0]),
    }
}
