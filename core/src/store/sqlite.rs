//! The phone's file: SQLite with WAL and `synchronous=FULL`, every value sealed.

use super::contract::{Batch, Entropy, Item, Op, Shelf, Store, StoreError};
use super::salvage::{self, Salvage};
use super::seal::Sealer;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, params};
use std::path::{Path, PathBuf};
use std::time::Duration;

const SCHEMA: &str = include_str!("schema.sql");
/// The schema this version writes.
pub const VERSION: i64 = 1;

/// An open file. Keep one per file; a second process is told that the store is locked.
pub struct SqliteStore {
    db: Connection,
    sealer: Sealer,
    path: PathBuf,
}

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SqliteStore({})", self.path.display())
    }
}

/// Why a file could not be opened as it is.
enum Trouble {
    /// Nothing that salvage would help against.
    Final(StoreError),
    /// The file is sick.
    Sick(String),
}

impl SqliteStore {
    /// Opens a file, or makes it. `key` is the 32-byte at-rest key from the platform's key store.
    ///
    /// A sick file is set aside under another name, never deleted; what can be read goes into a new file, and [`Salvage`] says
    /// what was kept. A wrong key is an error and changes nothing.
    pub fn open(path: &Path, key: &[u8; 32], entropy: Entropy<'_>) -> Result<(SqliteStore, Option<Salvage>), StoreError> {
        let sealer = Sealer::new(key);
        match SqliteStore::try_open(path, &sealer) {
            Ok(store) => Ok((store, None)),
            Err(Trouble::Final(error)) => Err(error),
            Err(Trouble::Sick(why)) => {
                let found = salvage::gather(path, &sealer, why)?;
                let aside = salvage::set_aside(path)?;
                let mut store = SqliteStore::try_open(path, &sealer).map_err(|trouble| match trouble {
                    Trouble::Final(error) => error,
                    Trouble::Sick(why) => StoreError::Broken(why),
                })?;
                let report = found.report(aside);
                store.commit(&found.into_batch(), entropy)?;
                Ok((store, Some(report)))
            }
        }
    }

    fn try_open(path: &Path, sealer: &Sealer) -> Result<SqliteStore, Trouble> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).map_err(trouble)?;
        let mut store = SqliteStore { db, sealer: sealer.clone(), path: path.to_owned() };
        store.settings().map_err(trouble)?;
        store.migrate()?;
        store.examine()?;
        Ok(store)
    }

    fn settings(&self) -> rusqlite::Result<()> {
        self.db.busy_timeout(Duration::from_secs(2))?;
        for (name, value) in [
            ("locking_mode", "EXCLUSIVE"),
            ("journal_mode", "WAL"),
            ("synchronous", "FULL"),
            ("fullfsync", "ON"),
            ("checkpoint_fullfsync", "ON"),
            ("secure_delete", "ON"),
            ("trusted_schema", "OFF"),
            ("cell_size_check", "ON"),
            ("temp_store", "MEMORY"),
        ] {
            self.db.pragma_update_and_check(None, name, value, |_| Ok(())).or_else(|e| match e {
                rusqlite::Error::QueryReturnedNoRows => Ok(()),
                other => Err(other),
            })?;
        }
        Ok(())
    }

    fn migrate(&mut self) -> Result<(), Trouble> {
        let found: i64 = self.db.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(trouble)?;
        if found > VERSION {
            return Err(Trouble::Final(StoreError::Newer { found, known: VERSION }));
        }
        let tx = self.db.transaction().map_err(trouble)?;
        if found == 0 {
            let tables: i64 = tx.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(trouble)?;
            if tables > 0 {
                return Err(Trouble::Sick("tables without a version".into()));
            }
            tx.execute_batch(SCHEMA).map_err(trouble)?;
            tx.execute("INSERT INTO store (one, fingerprint, generation) VALUES (1, ?1, 0)", [self.sealer.fingerprint()])
                .map_err(trouble)?;
            tx.pragma_update(None, "user_version", VERSION).map_err(trouble)?;
        }
        tx.commit().map_err(trouble)
    }

    /// The key first: with a wrong key nothing can be said about the file. Then the pages; values are checked as they are read.
    fn examine(&self) -> Result<(), Trouble> {
        let fingerprint: Option<Vec<u8>> =
            self.db.query_row("SELECT fingerprint FROM store", [], |row| row.get(0)).optional().map_err(trouble)?;
        match fingerprint {
            None => return Err(Trouble::Sick("the line about the store is missing".into())),
            Some(print) if print != self.sealer.fingerprint() => return Err(Trouble::Final(StoreError::WrongKey)),
            Some(_) => {}
        }
        let verdict: String = self.db.pragma_query_value(None, "quick_check", |row| row.get(0)).map_err(trouble)?;
        if verdict != "ok" {
            return Err(Trouble::Sick(verdict));
        }
        let mut items = self.db.prepare("SELECT shelf, key, sealed FROM item").map_err(trouble)?;
        let mut rows = items.query([]).map_err(trouble)?;
        while let Some(row) = rows.next().map_err(trouble)? {
            self.unseal(row).map_err(trouble)?.ok_or_else(|| Trouble::Sick("a value does not open".into()))?;
        }
        Ok(())
    }

    fn unseal(&self, row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<Item>> {
        let (shelf, key): (u8, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let opened = self.sealer.open(row.get_ref(2)?.as_blob()?);
        Ok(opened.filter(|o| o.shelf as u8 == shelf && o.key == key).map(|o| (o.key, o.value)))
    }
}

impl Store for SqliteStore {
    fn load(&self, shelf: Shelf) -> Result<Vec<Item>, StoreError> {
        let mut items =
            self.db.prepare_cached("SELECT shelf, key, sealed FROM item WHERE shelf = ?1 ORDER BY key").map_err(broken)?;
        let mut rows = items.query([shelf as u8]).map_err(broken)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().map_err(broken)? {
            let value = self.unseal(row).map_err(broken)?;
            out.push(value.ok_or_else(|| StoreError::Broken("a value does not open".into()))?);
        }
        Ok(out)
    }

    fn commit(&mut self, batch: &Batch, entropy: Entropy<'_>) -> Result<(), StoreError> {
        if batch.is_empty() {
            return Ok(());
        }
        let tx = self.db.transaction().map_err(broken)?;
        let generation: i64 = tx
            .query_row("UPDATE store SET generation = generation + 1 RETURNING generation", [], |row| row.get(0))
            .map_err(broken)?;
        let sql = "INSERT INTO item (shelf, key, sealed) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (shelf, key) DO UPDATE SET sealed = excluded.sealed";
        for op in &batch.ops {
            match op {
                Op::Put { shelf, key, value } => {
                    let mut nonce = [0; 24];
                    entropy(&mut nonce);
                    let sealed = self.sealer.seal((*shelf, key), generation.cast_unsigned(), nonce, value);
                    let sealed = sealed.ok_or_else(|| StoreError::Broken("the value is too large".into()))?;
                    tx.prepare_cached(sql).and_then(|mut s| s.execute(params![*shelf as u8, key, sealed])).map_err(broken)?;
                }
                Op::Delete { shelf, key } => {
                    let sql = "DELETE FROM item WHERE shelf = ?1 AND key = ?2";
                    tx.prepare_cached(sql).and_then(|mut s| s.execute(params![*shelf as u8, key])).map_err(broken)?;
                }
            }
        }
        tx.commit().map_err(broken)
    }
}

fn trouble(error: rusqlite::Error) -> Trouble {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Trouble::Sick(error.to_string()),
        // A table or column that should be there is not, or has another type.
        Some(ErrorCode::Unknown) | None => Trouble::Sick(error.to_string()),
        _ => Trouble::Final(broken(error)),
    }
}

pub(super) fn broken(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked,
        Some(ErrorCode::DiskFull) => StoreError::Full,
        _ => StoreError::Broken(error.to_string()),
    }
}
