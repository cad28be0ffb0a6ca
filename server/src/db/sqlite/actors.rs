//! Chains of changes: one device in one case in one epoch, with its tip; and the statements signed over tips.

use crate::db::DbError;
use daiban_core::doc::ChainTip;
use daiban_core::ids::{ActorId, ChangeHash, DeviceId, PersonId};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

/// A chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Local number.
    pub no: i64,
    /// Its actor id.
    pub id: ActorId,
    /// Local number of its case.
    pub case_no: i64,
    /// Who writes it.
    pub device: DeviceId,
    /// Whose device it was at the first change.
    pub person: PersonId,
    /// Which of the device's chains in the case.
    pub epoch: u32,
    /// Sequence number of its last change.
    pub seq: u64,
    /// That change's hash.
    pub hash: ChangeHash,
    /// That change's last operation.
    pub max_op: u64,
}

impl Actor {
    /// Where the chain ends.
    pub fn tip(&self) -> ChainTip {
        ChainTip { seq: self.seq, hash: self.hash, max_op: self.max_op }
    }
}

fn actor(row: &Row<'_>) -> rusqlite::Result<Actor> {
    Ok(Actor {
        no: row.get(0)?,
        id: ActorId(row.get(1)?),
        case_no: row.get(2)?,
        device: DeviceId(row.get(3)?),
        person: PersonId(row.get(4)?),
        epoch: row.get(5)?,
        seq: row.get::<_, i64>(6)?.cast_unsigned(),
        hash: ChangeHash(row.get(7)?),
        max_op: row.get::<_, i64>(8)?.cast_unsigned(),
    })
}

/// A chain by its actor id.
pub fn find(conn: &Connection, id: ActorId) -> Result<Option<Actor>, DbError> {
    let sql = "SELECT no, id, case_no, device, person, epoch, seq, hash, max_op FROM actor WHERE id = ?1";
    Ok(conn.prepare_cached(sql)?.query_row([id.0], actor).optional()?)
}

/// Every chain of a case.
pub fn of_case(conn: &Connection, case_no: i64) -> Result<Vec<Actor>, DbError> {
    let sql = "SELECT no, id, case_no, device, person, epoch, seq, hash, max_op FROM actor WHERE case_no = ?1 ORDER BY no";
    let mut list = conn.prepare_cached(sql)?;
    let rows = list.query_map([case_no], actor)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many chains a case has.
pub fn count_in_case(conn: &Connection, case_no: i64) -> Result<u32, DbError> {
    Ok(conn.prepare_cached("SELECT count(*) FROM actor WHERE case_no = ?1")?.query_row([case_no], |r| r.get(0))?)
}

/// Adds a chain; `actor.no` is not looked at. Returns its local number.
pub fn insert(tx: &Transaction<'_>, actor: &Actor) -> Result<i64, DbError> {
    let sql = "INSERT INTO actor (id, case_no, device, person, epoch, seq, hash, max_op) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    Ok(tx.prepare_cached(sql)?.insert(params![
        actor.id.0,
        actor.case_no,
        actor.device.0,
        actor.person.as_str(),
        actor.epoch,
        actor.seq.cast_signed(),
        actor.hash.0,
        actor.max_op.cast_signed()
    ])?)
}

/// Moves a chain's tip.
pub fn advance(tx: &Transaction<'_>, no: i64, seq: u64, hash: ChangeHash, max_op: u64) -> Result<(), DbError> {
    let sql = "UPDATE actor SET seq = ?2, hash = ?3, max_op = ?4 WHERE no = ?1";
    tx.prepare_cached(sql)?.execute(params![no, seq.cast_signed(), hash.0, max_op.cast_signed()])?;
    Ok(())
}

/// Keeps a statement over a tip of a chain; the first one kept stays.
pub fn keep_statement(tx: &Transaction<'_>, actor_no: i64, tip_seq: u64, body: &[u8], signature: &[u8]) -> Result<(), DbError> {
    let sql = "INSERT OR IGNORE INTO statement (actor_no, tip_seq, body, signature) VALUES (?1, ?2, ?3, ?4)";
    tx.prepare_cached(sql)?.execute(params![actor_no, tip_seq.cast_signed(), body, signature])?;
    Ok(())
}

/// A statement as it was kept.
pub struct KeptStatement {
    /// The tip's sequence number.
    pub tip_seq: u64,
    /// The signed bytes.
    pub body: Vec<u8>,
    /// Algorithm byte and signature.
    pub signature: Vec<u8>,
}

/// The statements over a chain, in order.
pub fn statements(conn: &Connection, actor_no: i64) -> Result<Vec<KeptStatement>, DbError> {
    let sql = "SELECT tip_seq, body, signature FROM statement WHERE actor_no = ?1 ORDER BY tip_seq";
    let mut list = conn.prepare_cached(sql)?;
    let read = |row: &Row<'_>| {
        Ok(KeptStatement { tip_seq: row.get::<_, i64>(0)?.cast_unsigned(), body: row.get(1)?, signature: row.get(2)? })
    };
    let rows = list.query_map([actor_no], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
