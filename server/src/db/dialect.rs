//! What is asked of one engine otherwise than of the other.

use super::connection::Engine;
use super::{Connection, DbError, Transaction, params};
use sha2::{Digest, Sha256};

/// Begins the name of a setting that is there to be locked, by [`Transaction::alone`].
pub(super) const LATCH: &str = "latch ";

/// What [`Transaction::alone`] is asked with by everything the office orders: its rules look at more than one row.
pub const OFFICE_WORK: &str = "office";

impl Connection {
    /// The number of a new row that is found by its id: SQLite gives the next one (`None`); where many nodes write, it follows
    /// from the id, so that no counter is a place where everybody waits, and whoever knows the id knows the shard.
    pub(super) fn number_for(&self, id: &[u8; 16]) -> Option<i64> {
        match &self.0 {
            Engine::Sqlite(_) => None,
            Engine::Postgres(_) => {
                let sum: [u8; 32] = Sha256::new().chain_update(b"daiban-number-1").chain_update(id).finalize().into();
                let first = sum.first_chunk().copied().unwrap_or_default();
                Some((i64::from_be_bytes(first) & i64::MAX).max(1))
            }
        }
    }

    /// Whether the server on the other end takes writes: a standby does not. A file always does.
    pub fn takes_writes(&self) -> Result<bool, DbError> {
        let sql = match &self.0 {
            Engine::Sqlite(_) => "SELECT 1",
            Engine::Postgres(_) => "SELECT (NOT pg_is_in_recovery())::int::bigint",
        };
        Ok(self.number::<i64>(sql, &[])? == 1)
    }

    /// Whether there is a table of that name.
    pub(super) fn has_table(&self, name: &str) -> Result<bool, DbError> {
        let sql = match &self.0 {
            Engine::Sqlite(_) => "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?1",
            Engine::Postgres(_) => "SELECT count(*) FROM pg_class WHERE oid = to_regclass(?1::text)",
        };
        Ok(self.number::<i64>(sql, params![name])? > 0)
    }
}

impl Transaction<'_> {
    /// Waits until nobody else, on no node, is in a transaction that asked for the same. Held until this transaction ends.
    /// Asked for before anything else is read: what is read afterwards is what the one before left.
    ///
    /// Where many write, it is the lock of a row of `setting`, made when it is first asked for. PostgreSQL's advisory locks would do
    /// on one server, but an engine that spreads rows over machines keeps them on one machine only, or ignores them.
    pub fn alone(&self, at: &str) -> Result<(), DbError> {
        match &self.0.0 {
            Engine::Sqlite(_) => Ok(()),
            Engine::Postgres(session) => {
                let name = format!("{LATCH}{at}");
                if session.run("SELECT 1 FROM setting WHERE name = ?1 FOR UPDATE", params![name])? == 0 {
                    let sql = "INSERT INTO setting (name, value) VALUES (?1, '') ON CONFLICT (name) DO UPDATE SET value = ''";
                    session.run(sql, params![name])?;
                }
                Ok(())
            }
        }
    }
}
