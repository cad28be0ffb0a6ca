//! The log: rows of cases, append-only.

use super::cbor;
use crate::db::{self, Connection, DbError, Transaction, params};
use daiban_core::case::raw::{CHANGE, ROSTER, RULING};
use daiban_core::case::{Author, Entry, RawChange, RawRow, Row, Verdict};
use daiban_core::ids::{ActorId, Chain, ChangeHash, DeviceId, PersonId};
use serde_bytes::ByteBuf;

/// Rows fetched at once: a walk that ends early has not read the whole case.
const PAGE_ROWS: u32 = 256;

/// Appends a row. `actor_no` is the local number of a change's chain, `person` whoever commanded it, if not that chain's holder.
pub fn insert(tx: &Transaction<'_>, case_no: i64, row: &Row, actor_no: Option<i64>, person: Option<&str>) -> Result<(), DbError> {
    let sql = "INSERT INTO case_row (case_no, sequence, sort, actor_no, actor_seq, hash, payload, received_at, verdict, chain, person) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    let made;
    let (sort, seq, hash, payload) = match &row.entry {
        Entry::Change { bytes, hash, seq, .. } => (CHANGE, Some(*seq), Some(hash.0), bytes.as_slice()),
        Entry::Own { .. } | Entry::Later { .. } => return Err(DbError::Corrupt("row without bytes")),
        Entry::Ruling(ruling) => {
            made = cbor::write(ruling)?;
            (RULING, None, None, made.as_slice())
        }
        Entry::Roster(entry) => {
            made = cbor::write(entry)?;
            (ROSTER, None, None, made.as_slice())
        }
    };
    let verdict = cbor::write(&row.verdict)?;
    let Row { sequence, received_at, chain, .. } = row;
    tx.post(sql, params![case_no, sequence, i64::from(sort), actor_no, seq, hash, payload, received_at, verdict, chain.0, person])
}

/// Walks the rows of a case after a sequence number, in order, until `each` says `false`; each as far as this version understands it.
pub fn walk(
    conn: &Connection,
    case_no: i64,
    after: u64,
    mut each: impl FnMut(Row) -> Result<bool, DbError>,
) -> Result<(), DbError> {
    walk_raw(conn, case_no, after, |raw| each(raw.read()))
}

/// The same, each row as it was written.
pub fn walk_raw(
    conn: &Connection,
    case_no: i64,
    after: u64,
    mut each: impl FnMut(RawRow) -> Result<bool, DbError>,
) -> Result<(), DbError> {
    let sql = "SELECT r.sequence, r.sort, r.actor_seq, r.hash, r.payload, r.received_at, r.verdict, r.chain, a.id, a.device, \
               coalesce(r.person, a.person) \
               FROM case_row r LEFT JOIN actor a ON a.no = r.actor_no AND a.case_no = r.case_no \
               WHERE r.case_no = ?1 AND r.sequence > ?2 ORDER BY r.sequence LIMIT ?3";
    let (mut after, mut more) = (after, true);
    while more {
        let (mut last, mut seen) = (after, 0);
        conn.walk(sql, params![case_no, after, PAGE_ROWS], |row| {
            let row = read(row)?;
            (last, seen) = (row.sequence, seen + 1);
            more = each(row)?;
            Ok(more)
        })?;
        more &= seen == PAGE_ROWS;
        after = last;
    }
    Ok(())
}

fn read(row: &db::Row<'_>) -> Result<RawRow, DbError> {
    let sort = u8::try_from(row.get::<i64>(1)?).map_err(|_| DbError::Corrupt("row"))?;
    let stored = ByteBuf::from(row.get::<&[u8]>(4)?);
    let (payload, change) = match sort {
        CHANGE => {
            let author = Author { device: DeviceId(row.get(9)?), person: PersonId(row.get(10)?) };
            let change = RawChange { actor: ActorId(row.get(8)?), seq: row.get(2)?, bytes: Some(stored) };
            (RawRow::change_payload(&ChangeHash(row.get(3)?), &author), Some(change))
        }
        _ => (stored, None),
    };
    let (sequence, received_at, chain) = (row.get(0)?, row.get(5)?, Chain(row.get(7)?));
    Ok(RawRow { sequence, sort, payload, change, received_at, verdict: cbor::read(row.get(6)?, "verdict")?, chain })
}

/// All rows of a case.
pub fn of_case(conn: &Connection, case_no: i64) -> Result<Vec<Row>, DbError> {
    let mut rows = Vec::new();
    walk(conn, case_no, 0, |row| {
        rows.push(row);
        Ok(true)
    })?;
    Ok(rows)
}

/// One row of a case.
pub fn find(conn: &Connection, case_no: i64, sequence: u64) -> Result<Option<Row>, DbError> {
    let mut found = None;
    walk(conn, case_no, sequence.wrapping_sub(1), |row| {
        found = Some(row).filter(|row| row.sequence == sequence);
        Ok(false)
    })?;
    Ok(found)
}

/// The link of a row.
pub fn chain_at(conn: &Connection, case_no: i64, sequence: u64) -> Result<Option<Chain>, DbError> {
    let sql = "SELECT chain FROM case_row WHERE case_no = ?1 AND sequence = ?2";
    conn.one(sql, params![case_no, sequence], |row| row.get(0).map(Chain))
}

/// Where a change of a chain stands.
pub struct Placed {
    /// Its row.
    pub sequence: u64,
    /// Its hash.
    pub hash: ChangeHash,
    /// Its verdict.
    pub verdict: Verdict,
}

/// The change at a place of a chain.
pub fn by_actor_seq(conn: &Connection, case_no: i64, actor_no: i64, seq: u64) -> Result<Option<Placed>, DbError> {
    let sql = "SELECT sequence, hash, verdict FROM case_row WHERE case_no = ?1 AND actor_no = ?2 AND actor_seq = ?3";
    conn.one(sql, params![case_no, actor_no, seq], |row| {
        let verdict = cbor::read(row.get(2)?, "verdict")?;
        Ok(Placed { sequence: row.get(0)?, hash: ChangeHash(row.get(1)?), verdict })
    })
}

/// How many rows there are, over all cases.
pub fn count(conn: &Connection) -> Result<u64, DbError> {
    conn.number("SELECT count(*) FROM case_row", &[])
}
