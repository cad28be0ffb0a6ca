//! Facts whose verdict is 待识别, until a ruling recognises them.

use crate::db::{Connection, DbError, Transaction, params};
use daiban_core::ids::{CaseId, FactId};

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The fact.
    pub fact: FactId,
    /// Its row.
    pub sequence: u64,
}

/// Notes one that a server judged which knows that version of the table of kinds.
pub fn insert(tx: &Transaction<'_>, case_no: i64, waiting: Waiting, judged_by: u32) -> Result<(), DbError> {
    let sql = "INSERT INTO unrecognised (case_no, fact, sequence, judged_by) VALUES (?1, ?2, ?3, ?4)";
    tx.post(sql, params![case_no, waiting.fact.0, waiting.sequence, i64::from(judged_by)])
}

/// The next case with facts that nobody judged who knows that version.
pub fn next_case(conn: &Connection, version: u32) -> Result<Option<CaseId>, DbError> {
    let sql = "SELECT c.id FROM unrecognised u JOIN case_head c ON c.no = u.case_no WHERE u.judged_by < ?1 \
               ORDER BY u.judged_by, u.case_no LIMIT 1";
    conn.one(sql, params![i64::from(version)], |row| row.get(0).map(CaseId))
}

/// The first such facts of a case, in its order.
pub fn of_case(conn: &Connection, case_no: i64, version: u32, limit: u32) -> Result<Vec<Waiting>, DbError> {
    let sql = "SELECT fact, sequence FROM unrecognised WHERE case_no = ?1 AND judged_by < ?2 ORDER BY sequence LIMIT ?3";
    conn.all(sql, params![case_no, i64::from(version), limit], |row| {
        Ok(Waiting { fact: FactId(row.get(0)?), sequence: row.get(1)? })
    })
}

/// It is not known to that version either.
pub fn put_off(tx: &Transaction<'_>, case_no: i64, fact: FactId, version: u32) -> Result<(), DbError> {
    let sql = "UPDATE unrecognised SET judged_by = ?3 WHERE case_no = ?1 AND fact = ?2";
    tx.post(sql, params![case_no, fact.0, i64::from(version)])
}

/// It is recognised.
pub fn remove(tx: &Transaction<'_>, case_no: i64, fact: FactId) -> Result<(), DbError> {
    tx.post("DELETE FROM unrecognised WHERE case_no = ?1 AND fact = ?2", params![case_no, fact.0])
}
