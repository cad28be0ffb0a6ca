//! Numbered migrations; only ever added (a house rule keeps their hashes).

use super::DbError;
use rusqlite::Connection;

const MIGRATIONS: &[&str] = &[include_str!("../../migrations/0001_initial.sql")];

/// Brings a database to this program's schema, each step in its own transaction.
pub(super) fn migrate(conn: &mut Connection) -> Result<(), DbError> {
    let found: i64 = conn.query_row("PRAGMA user_version", [], |r| r.get(0))?;
    let known = MIGRATIONS.len() as i64;
    if found > known {
        return Err(DbError::Newer { found, known });
    }
    for (done, sql) in MIGRATIONS.iter().enumerate().skip(usize::try_from(found).unwrap_or(0)) {
        let tx = conn.transaction()?;
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", done as i64 + 1)?;
        tx.commit()?;
    }
    Ok(())
}
