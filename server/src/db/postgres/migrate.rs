//! Bringing a database to this program's schema; the table `migration` says which steps were done.
//!
//! Every step is one transaction with its row in that table: a crash leaves a step done or not begun, never half of it.

use super::server::Use;
use super::session::Session;
use super::{Url, tenant};
use crate::db::migration::{KNOWN, MIGRATIONS};
use crate::db::{DbError, params};

/// Nodes that start at the same time do it one after another.
const LOCK: &str = "SELECT pg_advisory_xact_lock(hashtextextended('daiban migration', 0))";
const TABLE: &str = "CREATE TABLE migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL)";

/// Looks whether the database is ours to write to and does the steps that are missing, each in its own transaction.
pub(in crate::db) fn prepare(url: &Url) -> Result<(), DbError> {
    let session = Session::open(url, Use::Migrate)?;
    while step(&session)? {}
    tenant::may_work(&session)
}

/// The next step; `false` if there is none.
fn step(session: &Session) -> Result<bool, DbError> {
    session.begin();
    let done = next(session);
    match &done {
        Ok(_) => session.commit()?,
        // The first error is the one to be told; the transaction ends with the connection at the latest.
        Err(_) => drop(session.roll_back()),
    }
    done
}

fn next(session: &Session) -> Result<bool, DbError> {
    session.script(LOCK)?;
    if !tenant::is_ours(session)? {
        session.script(TABLE)?;
    }
    let mut found: i64 = 0;
    session.walk("SELECT coalesce(max(number), 0) FROM migration", &[], |row| {
        found = row.get(0)?;
        Ok(false)
    })?;
    if found > KNOWN {
        return Err(DbError::Newer { found, known: KNOWN });
    }
    let Some(step) = usize::try_from(found).ok().and_then(|at| MIGRATIONS.get(at)) else { return Ok(false) };
    session.script(step.postgres)?;
    session.run("INSERT INTO migration (number, name) VALUES (?1, ?2)", params![found + 1, step.name])?;
    Ok(true)
}
