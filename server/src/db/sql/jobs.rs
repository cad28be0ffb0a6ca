//! Jobs by name and day: each runs once, however often it is started, and one whose node died or froze is taken over.
//!
//! Every taking gives the job a higher number, the [`Lease`]. What a job writes asks for its lease in the same transaction: a node
//! that was thought dead, wakes up and goes on writes nothing more. So clocks decide only how soon a job is taken over, never
//! whether something is done twice; that is why each node may go by its own, as long as they differ by less than [`LEASE_SECONDS`].

use crate::db::{Connection, DbError, Transaction, params};
use serde::Serialize;

/// How long after its last sign of life a job may be taken over.
pub const LEASE_SECONDS: i64 = 30;
/// A sign of life from so far ahead was given by a clock that has been set back since.
const CLOCKS_APART_SECONDS: i64 = 3600;

/// What all that asks for a place among the jobs is alone at.
const PLACE: &str = "jobs";

/// What a starter is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taking {
    /// Go on: the job is yours as long as you show signs of life.
    Taken(Lease),
    /// It was done before; this came of it.
    Done(String),
    /// Somebody else is at it since then, Unix seconds.
    Running(i64),
}

/// A job taken: which, for which day, and its number among the takings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    name: String,
    day: String,
    number: i64,
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
    /// How often it was taken.
    pub lease: i64,
    /// The node that took it last; empty where there is only one.
    pub holder: String,
    /// That node's last sign of life, Unix seconds by its own clock; `None` if it gave the job back.
    pub beat_at: Option<i64>,
}

impl JobRow {
    fn lives(&self, now: i64) -> bool {
        let silent = self.beat_at.map(|renew| now.saturating_sub(renew));
        silent.is_some_and(|seconds| (-CLOCKS_APART_SECONDS..LEASE_SECONDS).contains(&seconds))
    }
}

/// Takes a job of a day, if it is free or its holder shows no sign of life.
pub fn take(tx: &Transaction<'_>, name: &str, day: &str, now: i64) -> Result<Taking, DbError> {
    tx.alone(PLACE)?;
    match find(tx, name, day)? {
        Some(JobRow { finished_at: Some(_), outcome, .. }) => return Ok(Taking::Done(outcome.unwrap_or_default())),
        Some(job) if job.lives(now) => return Ok(Taking::Running(job.started_at)),
        _ => {}
    }
    let sql = "INSERT INTO job (name, day, started_at, turn, holder, beat_at) VALUES (?1, ?2, ?3, 1, ?4, ?3) \
               ON CONFLICT (name, day) DO UPDATE SET started_at = ?3, turn = job.turn + 1, holder = ?4, beat_at = ?3 \
               RETURNING turn";
    let number = tx.insert(sql, params![name, day, now, tx.node().as_str()])?.ok_or(DbError::Corrupt("number"))?;
    Ok(Taking::Taken(Lease { name: name.to_owned(), day: day.to_owned(), number }))
}

impl Lease {
    /// Shows a sign of life; `false` if the job was taken over.
    pub fn renew(&self, tx: &Transaction<'_>, now: i64) -> Result<bool, DbError> {
        let sql = "UPDATE job SET beat_at = ?4 WHERE name = ?1 AND day = ?2 AND turn = ?3 AND finished_at IS NULL";
        Ok(tx.run(sql, params![self.name, self.day, self.number, now])? == 1)
    }

    /// [`DbError::Overtaken`] if the job was taken over. Asked after what the transaction is going to write is locked: who took the
    /// job over then waits for that lock, and writes later.
    pub fn must_stand(&self, tx: &Transaction<'_>) -> Result<(), DbError> {
        let sql = "SELECT count(*) FROM job WHERE name = ?1 AND day = ?2 AND turn = ?3 AND finished_at IS NULL";
        match tx.number::<i64>(sql, params![self.name, self.day, self.number])? {
            0 => Err(DbError::Overtaken),
            _ => Ok(()),
        }
    }

    /// [`Lease::must_stand`], and nobody takes the job over before this transaction ends.
    pub fn must_stay(&self, tx: &Transaction<'_>) -> Result<(), DbError> {
        tx.alone(PLACE)?;
        self.must_stand(tx)
    }

    /// Gives the job back undone, so that the next start takes it at once.
    pub fn release(&self, tx: &Transaction<'_>) -> Result<(), DbError> {
        let sql = "UPDATE job SET beat_at = NULL WHERE name = ?1 AND day = ?2 AND turn = ?3 AND finished_at IS NULL";
        tx.run(sql, params![self.name, self.day, self.number])?;
        Ok(())
    }

    /// Ends the job; [`DbError::Overtaken`] if it is somebody else's by now.
    pub fn finish(&self, tx: &Transaction<'_>, now: i64, outcome: &str) -> Result<(), DbError> {
        let sql = "UPDATE job SET finished_at = ?4, outcome = ?5 WHERE name = ?1 AND day = ?2 AND turn = ?3 \
                   AND finished_at IS NULL";
        match tx.run(sql, params![self.name, self.day, self.number, now, outcome])? {
            0 => Err(DbError::Overtaken),
            _ => Ok(()),
        }
    }
}

/// The run of a job on a day.
pub fn find(conn: &Connection, name: &str, day: &str) -> Result<Option<JobRow>, DbError> {
    let sql = "SELECT name, day, started_at, finished_at, outcome, turn, holder, beat_at FROM job WHERE name = ?1 AND day = ?2";
    conn.one(sql, params![name, day], |row| {
        Ok(JobRow {
            name: row.get(0)?,
            day: row.get(1)?,
            started_at: row.get(2)?,
            finished_at: row.get(3)?,
            outcome: row.get(4)?,
            lease: row.get(5)?,
            holder: row.get(6)?,
            beat_at: row.get(7)?,
        })
    })
}
