//! Chains of changes: one device in one case in one epoch, with its tip; and the statements signed over tips.

use crate::db::{Connection, DbError, Row, Transaction, params};
use daiban_core::doc::ChainTip;
use daiban_core::ids::{ActorId, ChangeHash, DeviceId, PersonId};

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

fn actor(row: &Row<'_>) -> Result<Actor, DbError> {
    Ok(Actor {
        no: row.get(0)?,
        id: ActorId(row.get(1)?),
        case_no: row.get(2)?,
        device: DeviceId(row.get(3)?),
        person: PersonId(row.get(4)?),
        epoch: row.get(5)?,
        seq: row.get(6)?,
        hash: ChangeHash(row.get(7)?),
        max_op: row.get(8)?,
    })
}

/// A chain of a case by its actor id.
pub fn find(conn: &Connection, case_no: i64, id: ActorId) -> Result<Option<Actor>, DbError> {
    let sql = "SELECT no, id, case_no, device, person, epoch, seq, hash, max_op FROM actor WHERE case_no = ?1 AND id = ?2";
    conn.one(sql, params![case_no, id.0], actor)
}

/// Every chain of a case.
pub fn of_case(conn: &Connection, case_no: i64) -> Result<Vec<Actor>, DbError> {
    let sql = "SELECT no, id, case_no, device, person, epoch, seq, hash, max_op FROM actor WHERE case_no = ?1 ORDER BY no";
    conn.all(sql, params![case_no], actor)
}

/// How many chains a case has.
pub fn count_in_case(conn: &Connection, case_no: i64) -> Result<u32, DbError> {
    conn.number("SELECT count(*) FROM actor WHERE case_no = ?1", params![case_no])
}

macro_rules! insert {
    ($rest:literal) => {
        concat!(
            "INSERT INTO actor (no, id, case_no, device, person, epoch, seq, hash, max_op) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            $rest
        )
    };
}

/// Adds a chain; `actor.no` is not looked at. Returns its local number.
pub fn insert(tx: &Transaction<'_>, actor: &Actor) -> Result<i64, DbError> {
    let Actor { id, case_no, device, person, epoch, seq, hash, max_op, .. } = actor;
    let (no, person) = (tx.number_for(&id.0), person.as_str());
    let values = params![no, id.0, case_no, device.0, person, epoch, seq, hash.0, max_op];
    match no {
        Some(no) => tx.post(insert!(""), values).map(|()| no),
        None => tx.insert(insert!(" RETURNING no"), values)?.ok_or(DbError::Corrupt("number")),
    }
}

/// Writes a chain's tip back.
pub fn advance(tx: &Transaction<'_>, actor: &Actor) -> Result<(), DbError> {
    let sql = "UPDATE actor SET seq = ?2, hash = ?3, max_op = ?4 WHERE no = ?1 AND case_no = ?5";
    tx.post(sql, params![actor.no, actor.seq, actor.hash.0, actor.max_op, actor.case_no])
}

/// Keeps a statement over the tip of a chain; the first one kept stays.
pub fn keep_statement(tx: &Transaction<'_>, actor: &Actor, body: &[u8], signature: &[u8]) -> Result<(), DbError> {
    let sql = "INSERT INTO statement (case_no, actor_no, tip_seq, body, signature) VALUES (?1, ?2, ?3, ?4, ?5) \
               ON CONFLICT DO NOTHING";
    tx.post(sql, params![actor.case_no, actor.no, actor.seq, body, signature])
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
pub fn statements(conn: &Connection, actor: &Actor) -> Result<Vec<KeptStatement>, DbError> {
    let sql = "SELECT tip_seq, body, signature FROM statement WHERE case_no = ?1 AND actor_no = ?2 ORDER BY tip_seq";
    conn.all(sql, params![actor.case_no, actor.no], |row| {
        Ok(KeptStatement { tip_seq: row.get(0)?, body: row.get(1)?, signature: row.get(2)? })
    })
}
