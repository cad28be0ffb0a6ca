//! The log: rows of cases, append-only.

use super::cbor;
use crate::db::DbError;
use daiban_core::case::{Author, Entry, Row, Verdict};
use daiban_core::ids::{ActorId, Chain, ChangeHash, DeviceId, PersonId};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_bytes::ByteBuf;

const CHANGE: i64 = 0;
const RULING: i64 = 1;
const ROSTER: i64 = 2;

/// Appends a row. `actor_no` is the local number of a change's chain, `person` whoever commanded it, if not that chain's holder.
pub fn insert(tx: &Transaction<'_>, case_no: i64, row: &Row, actor_no: Option<i64>, person: Option<&str>) -> Result<(), DbError> {
    let sql = "INSERT INTO case_row (case_no, sequence, sort, actor_no, actor_seq, hash, payload, received_at, verdict, chain, person) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    let made;
    let (sort, seq, hash, payload) = match &row.entry {
        Entry::Change { bytes, hash, seq, .. } => (CHANGE, Some(seq.cast_signed()), Some(hash.0), bytes.as_slice()),
        Entry::Own { .. } => return Err(DbError::Corrupt("row without bytes")),
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
    tx.prepare_cached(sql)?.execute(params![
        case_no,
        row.sequence.cast_signed(),
        sort,
        actor_no,
        seq,
        hash,
        payload,
        row.received_at,
        verdict,
        row.chain.0,
        person
    ])?;
    Ok(())
}

/// Walks the rows of a case after a sequence number, in order, until `each` says `false`.
pub fn walk(
    conn: &Connection,
    case_no: i64,
    after: u64,
    mut each: impl FnMut(Row) -> Result<bool, DbError>,
) -> Result<(), DbError> {
    let sql = "SELECT r.sequence, r.sort, r.actor_seq, r.hash, r.payload, r.received_at, r.verdict, r.chain, a.id, a.device, \
               coalesce(r.person, a.person) \
               FROM case_row r LEFT JOIN actor a ON a.no = r.actor_no \
               WHERE r.case_no = ?1 AND r.sequence > ?2 ORDER BY r.sequence";
    let mut list = conn.prepare_cached(sql)?;
    let mut rows = list.query(params![case_no, after.cast_signed()])?;
    while let Some(row) = rows.next()? {
        if !each(read(row)?)? {
            break;
        }
    }
    Ok(())
}

fn read(row: &rusqlite::Row<'_>) -> Result<Row, DbError> {
    let payload = row.get_ref(4)?.as_blob().map_err(|_| DbError::Corrupt("payload"))?;
    let entry = match row.get::<_, i64>(1)? {
        CHANGE => Entry::Change {
            bytes: ByteBuf::from(payload),
            hash: ChangeHash(row.get(3)?),
            actor: ActorId(row.get(8)?),
            seq: row.get::<_, i64>(2)?.cast_unsigned(),
            author: Author { device: DeviceId(row.get(9)?), person: PersonId(row.get(10)?) },
        },
        RULING => Entry::Ruling(cbor::read(payload, "ruling")?),
        ROSTER => Entry::Roster(cbor::read(payload, "roster row")?),
        _ => return Err(DbError::Corrupt("row")),
    };
    let verdict = row.get_ref(6)?.as_blob().map_err(|_| DbError::Corrupt("verdict"))?;
    Ok(Row {
        sequence: row.get::<_, i64>(0)?.cast_unsigned(),
        entry,
        received_at: row.get(5)?,
        verdict: cbor::read(verdict, "verdict")?,
        chain: Chain(row.get(7)?),
    })
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
    let found = conn.prepare_cached(sql)?.query_row(params![case_no, sequence.cast_signed()], |r| r.get(0).map(Chain));
    Ok(found.optional()?)
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
pub fn by_actor_seq(conn: &Connection, actor_no: i64, seq: u64) -> Result<Option<Placed>, DbError> {
    let sql = "SELECT sequence, hash, verdict FROM case_row WHERE actor_no = ?1 AND actor_seq = ?2";
    let mut find = conn.prepare_cached(sql)?;
    let mut rows = find.query(params![actor_no, seq.cast_signed()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let verdict = row.get_ref(2)?.as_blob().map_err(|_| DbError::Corrupt("verdict"))?;
    Ok(Some(Placed {
        sequence: row.get::<_, i64>(0)?.cast_unsigned(),
        hash: ChangeHash(row.get(1)?),
        verdict: cbor::read(verdict, "verdict")?,
    }))
}

/// How many rows there are, over all cases.
pub fn count(conn: &Connection) -> Result<u64, DbError> {
    let count: i64 = conn.prepare_cached("SELECT count(*) FROM case_row")?.query_row([], |r| r.get(0))?;
    Ok(count.cast_unsigned())
}
