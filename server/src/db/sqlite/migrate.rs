//! Bringing a file to this program's schema; `user_version` is the number of the last step done.

use crate::db::DbError;
use crate::db::migration::{KNOWN, MIGRATIONS};
use rusqlite::Connection;

/// Does the steps that are missing, each in its own transaction.
pub(super) fn migrate(conn: &mut Connection) -> Result<(), DbError> {
    let found: i64 = conn.query_row("PRAGMA user_version", [], |r| r.get(0))?;
    if found > KNOWN {
        return Err(DbError::Newer { found, known: KNOWN });
    }
    for (step, number) in MIGRATIONS.iter().zip(1i64..).skip(usize::try_from(found).unwrap_or(0)) {
        let tx = conn.transaction()?;
        tx.execute_batch(step.sqlite)?;
        tx.pragma_update(None, "user_version", number)?;
        tx.commit()?;
    }
    Ok(())
}
