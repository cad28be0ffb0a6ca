//! Duties as computed. A changed conclusion closes the old row with a reason and adds a new one, so the trace stays.

use crate::db::{Connection, DbError, Row, Transaction, params};
use serde::Serialize;
use serde_json::Value;

/// In place of a case's number: what the district owes as a whole.
pub const DISTRICT: i64 = 0;

/// One stored duty.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DutyRow {
    /// The row's number.
    pub no: i64,
    /// The case's local number, or [`DISTRICT`].
    #[serde(skip)]
    pub case_no: i64,
    /// Rule, subject and basis: names the duty for good.
    pub key: String,
    /// The due date, `YYYY-MM-DD`.
    pub due_on: String,
    /// The state's name.
    pub state: String,
    /// The duty, JSON of `daiban_core::rules::Duty`.
    pub body: Value,
    /// When the row became what it says, Unix seconds; of the district's the moment they were computed for last.
    pub computed_at: i64,
    /// When the conclusion stopped standing, Unix seconds; `None` while it stands.
    pub closed_at: Option<i64>,
    /// Why.
    pub closed_why: Option<String>,
}

/// What is stored of a duty.
#[derive(Clone, Copy, Debug)]
pub struct NewDuty<'a> {
    /// See [`DutyRow::key`].
    pub key: &'a str,
    /// See [`DutyRow::due_on`].
    pub due_on: &'a str,
    /// See [`DutyRow::state`].
    pub state: &'a str,
    /// JSON text.
    pub body: &'a str,
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT no, case_no, key, due_on, state, body, computed_at, closed_at, closed_why FROM duty ", $rest)
    };
}

/// The standing duties of a case, by key.
pub fn standing(conn: &Connection, case_no: i64) -> Result<Vec<DutyRow>, DbError> {
    conn.all(select!("WHERE case_no = ?1 AND closed_at IS NULL ORDER BY key"), params![case_no], read)
}

/// A standing duty as it is written.
#[derive(Clone, Debug)]
pub struct Standing {
    /// See [`DutyRow::no`].
    pub no: i64,
    /// See [`DutyRow::key`].
    pub key: String,
    /// See [`DutyRow::body`], as JSON text.
    pub body: String,
}

/// The standing duties of a case as they are written, by key.
pub fn written(conn: &Connection, case_no: i64) -> Result<Vec<Standing>, DbError> {
    let sql = "SELECT no, key, body FROM duty WHERE case_no = ?1 AND closed_at IS NULL ORDER BY key";
    conn.all(sql, params![case_no], |row| Ok(Standing { no: row.get(0)?, key: row.get(1)?, body: row.get(2)? }))
}

/// Those of them that time alone moves on: nothing was done about them.
pub fn unmet(conn: &Connection, case_no: i64) -> Result<Vec<Standing>, DbError> {
    let sql = "SELECT no, key, body FROM duty WHERE case_no = ?1 AND closed_at IS NULL \
               AND state IN ('open', 'due_soon', 'due_today', 'overdue') ORDER BY key";
    conn.all(sql, params![case_no], |row| Ok(Standing { no: row.get(0)?, key: row.get(1)?, body: row.get(2)? }))
}

/// How many duties of a case stand, and the number of the newest of them: both stay only while no conclusion changes.
pub fn mark(conn: &Connection, case_no: i64) -> Result<(i64, i64), DbError> {
    let sql = "SELECT count(*), coalesce(max(no), 0) FROM duty WHERE case_no = ?1 AND closed_at IS NULL";
    let mark = conn.one(sql, params![case_no], |row| Ok((row.get(0)?, row.get(1)?)))?;
    mark.ok_or(DbError::Corrupt("number"))
}

/// When a standing duty of a case changed last, Unix seconds; 0 if there is none.
pub fn newest(conn: &Connection) -> Result<i64, DbError> {
    let sql = "SELECT coalesce(max(computed_at), 0) FROM duty WHERE closed_at IS NULL AND case_no <> 0";
    conn.number(sql, &[])
}

/// The trace of a case: every conclusion, closed ones too, in order.
pub fn trace(conn: &Connection, case_no: i64) -> Result<Vec<DutyRow>, DbError> {
    conn.all(select!("WHERE case_no = ?1 ORDER BY no"), params![case_no], read)
}

/// The standing duties of all cases and of the district, earliest due date first.
pub fn all_standing(conn: &Connection) -> Result<Vec<DutyRow>, DbError> {
    conn.all(select!("WHERE closed_at IS NULL ORDER BY due_on, case_no, key"), &[], read)
}

/// The same after a place (due date, case, key; `None` = from the beginning), in the order of such places.
pub fn standing_after(conn: &Connection, after: Option<&(String, i64, String)>, limit: u32) -> Result<Vec<DutyRow>, DbError> {
    let (due, case_no, key) = after.map_or(("", i64::MIN, ""), |(due, case_no, key)| (due.as_str(), *case_no, key.as_str()));
    let rest = select!(
        "WHERE closed_at IS NULL AND due_on >= ?1 AND (due_on > ?1 OR case_no > ?2 OR (case_no = ?2 AND key > ?3)) \
         ORDER BY due_on, case_no, key LIMIT ?4"
    );
    conn.all(rest, params![due, case_no, key, limit], read)
}

/// Adds a duty; the key must not be standing.
pub fn insert(tx: &Transaction<'_>, case_no: i64, duty: NewDuty<'_>, at: i64) -> Result<(), DbError> {
    let sql = "INSERT INTO duty (case_no, key, due_on, state, body, computed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    tx.post(sql, params![case_no, duty.key, duty.due_on, duty.state, duty.body, at])
}

/// Replaces what a standing row says without a trace, its due date apart: for time passing, not for changed conclusions.
pub fn refresh(tx: &Transaction<'_>, case_no: i64, no: i64, duty: NewDuty<'_>, at: i64) -> Result<(), DbError> {
    let sql = "UPDATE duty SET state = ?2, body = ?3, computed_at = ?4 WHERE no = ?1 AND case_no = ?5";
    tx.post(sql, params![no, duty.state, duty.body, at, case_no])
}

/// Notes that the standing rows of the district hold as of now: recomputing at that moment gives them again. Of a case that stands in
/// its head.
pub fn touch_district(tx: &Transaction<'_>, at: i64) -> Result<(), DbError> {
    tx.post("UPDATE duty SET computed_at = ?2 WHERE case_no = ?1 AND closed_at IS NULL", params![DISTRICT, at])
}

/// Closes a row.
pub fn close(tx: &Transaction<'_>, case_no: i64, no: i64, why: &str, at: i64) -> Result<(), DbError> {
    let sql = "UPDATE duty SET closed_at = ?2, closed_why = ?3 WHERE no = ?1 AND case_no = ?4";
    tx.post(sql, params![no, at, why, case_no])
}

/// Deletes every standing row of a case: the first half of rebuilding it.
pub fn forget_standing(tx: &Transaction<'_>, case_no: i64) -> Result<(), DbError> {
    tx.post("DELETE FROM duty WHERE case_no = ?1 AND closed_at IS NULL", params![case_no])
}

fn read(row: &Row<'_>) -> Result<DutyRow, DbError> {
    Ok(DutyRow {
        no: row.get(0)?,
        case_no: row.get(1)?,
        key: row.get(2)?,
        due_on: row.get(3)?,
        state: row.get(4)?,
        body: serde_json::from_str(row.get(5)?).map_err(|_| DbError::Corrupt("duty"))?,
        computed_at: row.get(6)?,
        closed_at: row.get(7)?,
        closed_why: row.get(8)?,
    })
}
