//! Jobs by name and day: each runs once, however often it is started, and one that died may be taken over.

use crate::db::{Connection, DbError, Transaction, params};
use serde::Serialize;

/// What a starter is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lease {
    /// Go on: the job is yours until the lease runs out.
    Taken,
    /// It was done before; this came of it.
    Done(String),
    /// Somebody else is at it since then, Unix seconds.
    Running(i64),
}

/// One run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JobRow {
    /// Which job.
    pub name: String,
    /// For which day, `YYYY-MM-DD`.
    pub day: String,
    /// Unix seconds.
    pub started_at: i64,
    /// Unix seconds; `None` while it runs, or after it died.
    pub finished_at: Option<i64>,
    /// JSON of what it did.
    pub outcome: Option<String>,
}

/// Takes a job of a day. A run that began `lease_seconds` ago and never ended is taken over.
pub fn take(tx: &Transaction<'_>, name: &str, day: &str, now: i64, lease_seconds: i64) -> Result<Lease, DbError> {
    tx.alone("jobs")?;
    match find(tx, name, day)? {
        Some(JobRow { finished_at: Some(_), outcome, .. }) => return Ok(Lease::Done(outcome.unwrap_or_default())),
        Some(job) if job.started_at.saturating_add(lease_seconds) > now && job.started_at <= now => {
            return Ok(Lease::Running(job.started_at));
        }
        _ => {}
    }
    let sql = "INSERT INTO job (name, day, started_at) VALUES (?1, ?2, ?3) \
               ON CONFLICT (name, day) DO UPDATE SET started_at = ?3, finished_at = NULL, outcome = NULL";
    tx.run(sql, params![name, day, now])?;
    Ok(Lease::Taken)
}

/// Gives a job back undone, so that the next start takes it at once.
pub fn release(tx: &Transaction<'_>, name: &str, day: &str) -> Result<(), DbError> {
    tx.run("DELETE FROM job WHERE name = ?1 AND day = ?2 AND finished_at IS NULL", params![name, day])?;
    Ok(())
}

/// Ends a job.
pub fn finish(tx: &Transaction<'_>, name: &str, day: &str, now: i64, outcome: &str) -> Result<(), DbError> {
    let sql = "UPDATE job SET finished_at = ?3, outcome = ?4 WHERE name = ?1 AND day = ?2";
    tx.run(sql, params![name, day, now, outcome])?;
    Ok(())
}

/// The run of a job on a day.
pub fn find(conn: &Connection, name: &str, day: &str) -> Result<Option<JobRow>, DbError> {
    let sql = "SELECT name, day, started_at, finished_at, outcome FROM job WHERE name = ?1 AND day = ?2";
    conn.one(sql, params![name, day], |row| {
        Ok(JobRow {
            name: row.get(0)?,
            day: row.get(1)?,
            started_at: row.get(2)?,
            finished_at: row.get(3)?,
            outcome: row.get(4)?,
        })
    })
}
