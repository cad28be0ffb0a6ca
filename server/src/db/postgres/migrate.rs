//! Bringing a database to this program's schema; the table `migration` says which steps were done.

use super::{Session, Url};
use crate::db::migration::{KNOWN, MIGRATIONS};
use crate::db::{DbError, params};

/// Nodes that start at the same time do it one after another.
const LOCK: &str = "SELECT pg_advisory_xact_lock(hashtextextended('daiban migration', 0))";
const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL)";

/// Looks whether the database may be written to and does the steps that are missing, each in its own transaction.
pub(in crate::db) fn prepare(url: &Url) -> Result<(), DbError> {
    let session = Session::open(url, true)?;
    session.must_write()?;
    while step(&session)? {}
    Ok(())
}

/// The next step; `false` if there is none.
fn step(session: &Session) -> Result<bool, DbError> {
    session.begin()?;
    let done = next(session);
    match &done {
        Ok(_) => session.commit()?,
        // The first error is the one to be told; the transaction ends with the connection at the latest.
        Err(_) => drop(session.script("ROLLBACK")),
    }
    done
}

fn next(session: &Session) -> Result<bool, DbError> {
    session.script(LOCK)?;
    session.script(TABLE)?;
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
