//! Who holds which case: derived from roster rows, read at every sync.

use super::cases;
use crate::db::{Connection, DbError, Transaction, params};
use daiban_core::case::{CaseNumber, Cursor};
use daiban_core::ids::{CaseId, Chain, PersonId};

/// A case that a person holds, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Local number of the case.
    pub case_no: i64,
    /// The case.
    pub case: CaseId,
    /// Number of its last row.
    pub sequence: u64,
    /// That row's link.
    pub chain: Chain,
    /// What the case is called.
    pub number: Option<CaseNumber>,
}

impl Held {
    /// The cursor of somebody who holds every row.
    pub fn cursor(&self, server_epoch: u32) -> Cursor {
        Cursor { server_epoch, sequence: self.sequence, chain: self.chain }
    }
}

/// Sets from when until when a person holds a case.
pub fn set(tx: &Transaction<'_>, case_no: i64, person: &PersonId, from: i64, until: Option<i64>) -> Result<(), DbError> {
    let sql = "INSERT INTO member (person, case_no, from_at, until) VALUES (?1, ?2, ?3, ?4) \
               ON CONFLICT (person, case_no) DO UPDATE SET from_at = ?3, until = ?4";
    tx.post(sql, params![person.as_str(), case_no, from, until])
}

/// The cases a person holds at a moment, ascending by id.
pub fn held(conn: &Connection, person: &PersonId, now: i64) -> Result<Vec<Held>, DbError> {
    let sql = "SELECT c.no, c.id, c.sequence, c.chain, c.number_year, c.number FROM member m JOIN case_head c ON c.no = m.case_no \
               WHERE m.person = ?1 AND m.from_at <= ?2 AND (m.until IS NULL OR m.until > ?2)";
    let mut held = conn.all(sql, params![person.as_str(), now], |row| {
        let (case_no, case) = (row.get(0)?, CaseId(row.get(1)?));
        Ok(Held { case_no, case, sequence: row.get(2)?, chain: Chain(row.get(3)?), number: cases::number(row, 4)? })
    })?;
    held.sort_unstable_by_key(|h| h.case);
    Ok(held)
}

/// The cases that a person holds at a moment or later, ascending by id.
pub fn seated(conn: &Connection, person: &PersonId, now: i64) -> Result<Vec<CaseId>, DbError> {
    let sql = "SELECT c.id FROM member m JOIN case_head c ON c.no = m.case_no \
               WHERE m.person = ?1 AND (m.until IS NULL OR m.until > ?2)";
    let mut seated = conn.all(sql, params![person.as_str(), now], |row| Ok(CaseId(row.get(0)?)))?;
    seated.sort_unstable();
    Ok(seated)
}
