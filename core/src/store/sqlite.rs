//! The phone's file: SQLite with WAL and `synchronous=FULL`, every value sealed.

use super::contract::{Batch, Entropy, Item, Namespace, Op, Store, StoreError};
use super::salvage::{self, Salvage};
use super::seal::Sealer;
use super::suspect;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, params};
use std::path::{Path, PathBuf};
use std::time::Duration;

const SCHEMA: &str = include_str!("schema.sql");
/// The schema this version writes. All have the tables of version 1; version 2 has one shelf more, and since version 3 rows are stored as
/// they travel: older apps do not know either.
pub const VERSION: i64 = 3;

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
    /// The file is corrupt.
    Sick(String),
}

impl SqliteStore {
    /// Opens a file, or makes it. `key` is the 32-byte at-rest key from the platform's key store.
    ///
    /// What a phone reads at its start ([`Namespace::AT_OPEN`]) is checked here, the whole file only if it is under suspicion. A corrupt
    /// file is set aside under another name, never deleted; what can be read goes into a new file, and [`Salvage`] says what was
    /// kept. A wrong key is an error and changes nothing.
    pub fn open(path: &Path, key: &[u8; 32], entropy: Entropy<'_>) -> Result<(SqliteStore, Option<Salvage>), StoreError> {
        let sealer = Sealer::new(key);
        match SqliteStore::try_open(path, &sealer) {
            Ok(store) => Ok((store, None)),
            Err(Trouble::Final(error)) => Err(error),
            Err(Trouble::Sick(why)) => {
                let found = salvage::gather(path, &sealer, why)?;
                let aside = salvage::set_aside(path)?;
                suspect::clear(path);
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
        keep_private(path);
        let db = Connection::open_with_flags(path, flags).map_err(trouble)?;
        let mut store = SqliteStore { db, sealer: sealer.clone(), path: path.to_owned() };
        store.settings().map_err(trouble)?;
        store.migrate()?;
        if suspect::is(path) {
            store.look_through()?;
            suspect::clear(path);
        }
        for shelf in Namespace::AT_OPEN {
            store.read(shelf, &[])?;
        }
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
        if found > 0 {
            self.fits_key()?;
        }
        if found == VERSION {
            return Ok(());
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
        }
        tx.pragma_update(None, "user_version", VERSION).map_err(trouble)?;
        tx.commit().map_err(trouble)
    }

    /// With a wrong key nothing can be said about the file.
    fn fits_key(&self) -> Result<(), Trouble> {
        let fingerprint: Option<Vec<u8>> =
            self.db.query_row("SELECT fingerprint FROM store", [], |row| row.get(0)).optional().map_err(trouble)?;
        match fingerprint {
            None => Err(Trouble::Sick("the line about the store is missing".into())),
            Some(print) if print != self.sealer.fingerprint() => Err(Trouble::Final(StoreError::WrongKey)),
            Some(_) => Ok(()),
        }
    }

    /// Every page, every line of the index, every value.
    fn look_through(&self) -> Result<(), Trouble> {
        let verdict: String = self.db.pragma_query_value(None, "integrity_check", |row| row.get(0)).map_err(trouble)?;
        if verdict != "ok" {
            return Err(Trouble::Sick(verdict));
        }
        let mut items = self.db.prepare("SELECT shelf, key, sealed FROM item").map_err(trouble)?;
        let mut rows = items.query([]).map_err(trouble)?;
        while let Some(row) = rows.next().map_err(trouble)? {
            self.unseal(row)?;
        }
        Ok(())
    }

    fn read(&self, shelf: Namespace, prefix: &[u8]) -> Result<Vec<Item>, Trouble> {
        let sql = "SELECT shelf, key, sealed FROM item WHERE shelf = ?1 AND key >= ?2 AND key < ?3 ORDER BY key";
        let mut items = self.db.prepare_cached(sql).map_err(trouble)?;
        let mut rows = items.query(params![shelf as u8, prefix, behind(prefix)]).map_err(trouble)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().map_err(trouble)? {
            out.push(self.unseal(row)?);
        }
        Ok(out)
    }

    fn unseal(&self, row: &rusqlite::Row<'_>) -> Result<Item, Trouble> {
        let (shelf, key): (u8, Vec<u8>) = (row.get(0).map_err(trouble)?, row.get(1).map_err(trouble)?);
        let sealed = row.get_ref(2).map_err(trouble)?.as_blob().map_err(|e| Trouble::Sick(e.to_string()))?;
        let opened = self.sealer.open(sealed).filter(|o| o.namespace as u8 == shelf && o.key == key);
        opened.map(|o| (o.key, o.value)).ok_or_else(|| Trouble::Sick("a value does not open".into()))
    }

    fn write(&mut self, batch: &Batch, entropy: Entropy<'_>) -> Result<(), Trouble> {
        let tx = self.db.transaction().map_err(trouble)?;
        let generation: i64 = tx
            .query_row("UPDATE store SET generation = generation + 1 RETURNING generation", [], |row| row.get(0))
            .map_err(trouble)?;
        let sql = "INSERT INTO item (shelf, key, sealed) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (shelf, key) DO UPDATE SET sealed = excluded.sealed";
        for op in &batch.ops {
            match op {
                Op::Put { namespace: shelf, key, value } => {
                    let mut nonce = [0; 24];
                    entropy(&mut nonce);
                    let sealed = self.sealer.seal((*shelf, key), generation.cast_unsigned(), nonce, value);
                    let sealed = sealed.ok_or_else(|| Trouble::Final(StoreError::Broken("the value is too large".into())))?;
                    tx.prepare_cached(sql).and_then(|mut s| s.execute(params![*shelf as u8, key, sealed])).map_err(trouble)?;
                }
                Op::Delete { namespace: shelf, key } => {
                    let sql = "DELETE FROM item WHERE shelf = ?1 AND key = ?2";
                    tx.prepare_cached(sql).and_then(|mut s| s.execute(params![*shelf as u8, key])).map_err(trouble)?;
                }
            }
        }
        tx.commit().map_err(trouble)
    }

    /// What a caller is told; a corrupt place is remembered for the next open.
    fn told(&self, trouble: Trouble) -> StoreError {
        match trouble {
            Trouble::Final(error) => error,
            Trouble::Sick(why) => {
                suspect::raise(&self.path);
                StoreError::Broken(why)
            }
        }
    }
}

impl Store for SqliteStore {
    fn load(&self, shelf: Namespace) -> Result<Vec<Item>, StoreError> {
        self.read(shelf, &[]).map_err(|trouble| self.told(trouble))
    }

    fn load_under(&self, shelf: Namespace, prefix: &[u8]) -> Result<Vec<Item>, StoreError> {
        self.read(shelf, prefix).map_err(|trouble| self.told(trouble))
    }

    fn examine(&self) -> Result<(), StoreError> {
        self.look_through().map_err(|trouble| self.told(trouble))
    }

    fn commit(&mut self, batch: &Batch, entropy: Entropy<'_>) -> Result<(), StoreError> {
        if batch.is_empty() {
            return Ok(());
        }
        self.write(batch, entropy).map_err(|trouble| self.told(trouble))
    }
}

/// A key behind all that begin with `prefix`. Keys are shorter than 256 bytes: the seal's head has one byte for their length.
fn behind(prefix: &[u8]) -> Vec<u8> {
    let last = prefix.iter().rposition(|byte| *byte != u8::MAX);
    match last.and_then(|last| prefix.get(..=last)).and_then(<[u8]>::split_last) {
        Some((byte, before)) => [before, &[byte.saturating_add(1)]].concat(),
        None => vec![u8::MAX; 256],
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

fn broken(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked,
        Some(ErrorCode::DiskFull) => StoreError::Full,
        _ => StoreError::Broken(error.to_string()),
    }
}

/// Makes the file, if it is new, and closes it to other users of the machine; SQLite gives the files beside it the same mode. What
/// hinders this hinders SQLite as well, and it says so better.
#[cfg(unix)]
fn keep_private(path: &Path) {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let made = std::fs::OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path);
    let open = |mode: u32| mode & 0o077 != 0;
    if let Ok(file) = made
        && file.metadata().is_ok_and(|found| open(found.permissions().mode()))
    {
        let _ = file.set_permissions(std::fs::Permissions::from_mode(0o600));
    }
}

/// Elsewhere files belong to whoever made them.
#[cfg(not(unix))]
fn keep_private(_: &Path) {}
