//! How the writer's connection and the readers' are set up.

use super::migrate::migrate;
use crate::db::connection::Engine;
use crate::db::{Connection, DbError};
use rusqlite::OpenFlags;
use rusqlite::config::DbConfig;
use std::path::Path;
use std::time::Duration;

/// Pages of 4 KiB in the write-ahead log before they are copied into the database: 8 MB, so that a page changed often is
/// copied once.
const WAL_PAGES: i64 = 2_000;
/// The writer's page cache.
const WRITER_CACHE_KB: i64 = 16_000;
/// Statements a connection keeps prepared.
const STATEMENTS_KEPT: usize = 128;

/// Opens or creates a database, brings it to this program's schema and sets it up for the writer. `durable` = every commit is on
/// the disk before it returns.
pub(in crate::db) fn writer(path: &Path, durable: bool) -> Result<Connection, DbError> {
    keep_private(path);
    let mut conn = rusqlite::Connection::open(path)?;
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", if durable { "FULL" } else { "NORMAL" })?;
    conn.pragma_update(None, "foreign_keys", "ON")?;
    conn.pragma_update(None, "trusted_schema", "OFF")?;
    conn.pragma_update(None, "cell_size_check", "ON")?;
    conn.pragma_update(None, "wal_autocheckpoint", WAL_PAGES)?;
    conn.pragma_update(None, "cache_size", -WRITER_CACHE_KB)?;
    // Undoing one job of a group is kept in memory, never in a file.
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    steady(&conn)?;
    migrate(&mut conn)?;
    Ok(Connection(Engine::Sqlite(conn)))
}

/// Makes a database's file, if it is new, and closes it to others; SQLite gives the files beside it the same mode. What hinders
/// this hinders SQLite as well, and it says so better.
pub(super) fn keep_private(path: &Path) {
    if let Err(why) = crate::files::file(path) {
        tracing::warn!(%why, "{} could not be made private", path.display());
    }
}

/// Opens a connection that only reads.
pub(in crate::db) fn reader(path: &Path) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = rusqlite::Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.pragma_update(None, "query_only", "ON")?;
    steady(&conn)?;
    conn.pragma_update(None, "trusted_schema", "OFF")?;
    Ok(Connection(Engine::Sqlite(conn)))
}

/// Plans do not depend on the values bound: without this SQLite prepares statements near a partial index anew at every call.
fn steady(conn: &rusqlite::Connection) -> Result<(), DbError> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(())
}
