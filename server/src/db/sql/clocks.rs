//! Stretches in which the server's clock was declared wrong, and what was made by that clock.

use super::cases;
use crate::db::{Connection, DbError, Row, Transaction, params};
use serde::Serialize;

/// Declarations told to phones and pages at most, the newest first.
const LIST_MAX: u32 = 64;

/// One declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClockWrong {
    /// The first instant, Unix seconds by the wrong clock.
    pub from_at: i64,
    /// The last.
    pub until_at: i64,
    /// Why it is known.
    pub reason: String,
    /// When it was declared, Unix seconds.
    pub declared_at: i64,
    /// By whom.
    pub declared_by: String,
}

impl ClockWrong {
    /// Whether something of that instant was said by the wrong clock.
    pub fn holds(&self, at: i64) -> bool {
        (self.from_at..=self.until_at).contains(&at)
    }
}

/// What a reader of a case must know: which of its rows were received by a clock that was wrong.
#[derive(Clone, Debug, Default)]
pub struct WrongRows {
    spans: Vec<ClockWrong>,
    upto: u64,
}

impl WrongRows {
    /// Whether that row was.
    pub fn holds(&self, sequence: u64, received_at: i64) -> bool {
        sequence <= self.upto && self.spans.iter().any(|span| span.holds(received_at))
    }
}

/// Notes a declaration, and which rows of each case were there by then: later ones were received by a right clock.
pub fn insert(tx: &Transaction<'_>, wrong: &ClockWrong) -> Result<(), DbError> {
    let ClockWrong { from_at, until_at, reason, declared_at, declared_by } = wrong;
    let sql = "INSERT INTO clock_wrong (from_at, until_at, reason, declared_at, declared_by) VALUES (?1, ?2, ?3, ?4, ?5)";
    tx.run(sql, params![from_at, until_at, reason, declared_at, declared_by])?;
    tx.run("UPDATE case_head SET clock_sequence = sequence", &[])?;
    // What is withdrawn with the declaration is told again when it is due.
    cases::forget_still(tx)
}

/// The newest declarations, newest first.
pub fn list(conn: &Connection) -> Result<Vec<ClockWrong>, DbError> {
    let sql = "SELECT from_at, until_at, reason, declared_at, declared_by FROM clock_wrong ORDER BY no DESC LIMIT ?1";
    conn.all(sql, params![LIST_MAX], read)
}

/// The rows of a case that were received by a wrong clock.
pub fn wrong_rows(conn: &Connection, case_no: i64) -> Result<WrongRows, DbError> {
    let spans = list(conn)?;
    if spans.is_empty() {
        return Ok(WrongRows::default());
    }
    let upto = conn.one("SELECT clock_sequence FROM case_head WHERE no = ?1", params![case_no], |row| row.get(0))?;
    Ok(WrongRows { spans, upto: upto.unwrap_or(0) })
}

/// Withdraws the notices made in that stretch, with the reason; their keys are free again for when they are due. Tells how many.
pub fn withdraw_notices(tx: &Transaction<'_>, wrong: &ClockWrong) -> Result<usize, DbError> {
    let sql = "UPDATE notice SET withdrawn_at = ?3, withdrawn_why = ?4, key = key || '/withdrawn/' || no \
               WHERE made_at BETWEEN ?1 AND ?2 AND withdrawn_at IS NULL";
    tx.run(sql, params![wrong.from_at, wrong.until_at, wrong.declared_at, wrong.reason])
}

/// Forgets the nights of days after `today` (`YYYY-MM-DD`): they have not been. Tells how many.
pub fn forget_jobs_after(tx: &Transaction<'_>, today: &str) -> Result<usize, DbError> {
    tx.run("DELETE FROM job WHERE day > ?1", params![today])
}

fn read(row: &Row<'_>) -> Result<ClockWrong, DbError> {
    Ok(ClockWrong {
        from_at: row.get(0)?,
        until_at: row.get(1)?,
        reason: row.get(2)?,
        declared_at: row.get(3)?,
        declared_by: row.get(4)?,
    })
}
