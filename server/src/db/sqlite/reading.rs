//! A database opened for reading only, from outside the server: no writer, no migration.

use crate::db::DbError;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// Opens it; the server may be running and writing.
pub fn read_only(database: &Path) -> Result<Connection, DbError> {
    let conn = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.pragma_update(None, "trusted_schema", "OFF")?;
    Ok(conn)
}

/// Runs `work` on one unchanging state of the database, however long it takes.
pub fn at_one_moment<T, E: From<DbError>>(conn: &Connection, work: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E> {
    let snapshot = conn.unchecked_transaction().map_err(|e| E::from(e.into()))?;
    let pinned = snapshot.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get::<_, i64>(0));
    pinned.map_err(|e| E::from(e.into()))?;
    let done = work(&snapshot)?;
    snapshot.finish().map_err(|e| E::from(e.into()))?;
    Ok(done)
}

/// Whether a database file is whole, as SQLite itself sees it; the answer is `ok` or what is wrong.
pub fn quick_check(conn: &Connection) -> Result<String, DbError> {
    Ok(conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?)
}
