//! A database opened for reading only, from outside the server: no writer, no migration.

use crate::db::connection::Engine;
use crate::db::{Connection, DbError};
use rusqlite::OpenFlags;
use std::path::Path;
use std::time::Duration;

/// Opens it; the server may be running and writing.
pub fn read_only(database: &Path) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = rusqlite::Connection::open_with_flags(database, flags)?;
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.pragma_update(None, "trusted_schema", "OFF")?;
    Ok(Connection(Engine::Sqlite(conn)))
}

/// Begins a transaction that sees the present state and no later one.
pub(in crate::db) fn pin(conn: &rusqlite::Connection) -> Result<(), DbError> {
    conn.execute_batch("BEGIN")?;
    // SQLite takes its snapshot at the first reading.
    Ok(conn.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?)
}

/// Whether a database file is whole, as SQLite itself sees it; the answer is `ok` or what is wrong.
pub fn quick_check(conn: &Connection) -> Result<String, DbError> {
    conn.one("PRAGMA quick_check(1)", &[], |row| row.get(0))?.ok_or(DbError::Corrupt("quick check"))
}
