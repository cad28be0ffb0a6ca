//! The store that is filled: a new file, or an empty database on a server.

use super::private_copy::with_end;
use super::table::{Number, TABLES};
use super::{TransferError, TransferSide};
use crate::db::connection::Engine;
use crate::db::postgres::{Session, Url, Use};
use crate::db::{Address, Connection, DbError, Node, Transaction, postgres, sqlite};
use crate::files;
use crate::files::DATABASE_FILE;
use std::path::{Path, PathBuf};

/// A store at this program's schema without a row.
pub(super) struct Target {
    conn: Connection,
    /// Written under another name first.
    draft: Option<Draft>,
}

struct Draft {
    file: PathBuf,
    named: PathBuf,
    /// The data folder that was made for it.
    made: Option<PathBuf>,
}

fn wrong(why: DbError) -> TransferError {
    TransferError::Store { side: TransferSide::Target, why }
}

impl Target {
    /// Makes the file, or looks whether the database is empty; brings it to the schema.
    pub(super) fn open(address: &Address) -> Result<Target, TransferError> {
        match address {
            Address::File(path) => Target::file(path),
            Address::Postgres(url) => Target::server(url),
        }
    }

    fn file(path: &Path) -> Result<Target, TransferError> {
        if path.exists() {
            return Err(TransferError::Exists(path.to_owned()));
        }
        let made = folder_for(path)?;
        let draft = Draft { file: with_end(path, ".partial"), named: path.to_owned(), made };
        draft.remove();
        let conn = sqlite::writer(&draft.file, true).map_err(wrong)?;
        Ok(Target { conn, draft: Some(draft) })
    }

    fn server(url: &Url) -> Result<Target, TransferError> {
        postgres::prepare(url).map_err(|why| match why {
            DbError::Foreign(tables) => TransferError::NotEmpty(tables),
            why => wrong(why),
        })?;
        let session = Session::open(url, Use::Migrate).map_err(wrong)?;
        let target = Target { conn: Connection(Engine::Postgres(Box::new(session))), draft: None };
        without_rows(&target.conn)?;
        Ok(target)
    }

    /// Runs `work` in the one transaction there is; an error of it undoes everything.
    pub(super) fn write<T, E: From<TransferError>>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, E>) -> Result<T, E> {
        let tx = Transaction::of(&self.conn, &Node::ONLY);
        self.begin(&tx)?;
        match work(&tx) {
            Ok(done) => self.commit(&tx).map(|()| done).map_err(E::from),
            Err(error) => {
                // The first error is the one to be told; the transaction ends with the connection at the latest.
                let _ = self.undo(&tx);
                Err(error)
            }
        }
    }

    fn begin(&self, tx: &Transaction<'_>) -> Result<(), TransferError> {
        match &self.conn.0 {
            Engine::Sqlite(_) => tx.batch("BEGIN IMMEDIATE").map_err(wrong),
            Engine::Postgres(session) => {
                session.begin();
                let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
                // A table's whole stream is one statement, and proving takes as long as it takes.
                let set = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";
                // A node that is started now waits, and cannot write before everything stands.
                tx.batch(&format!("{set}; LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE", names.join(", "))).map_err(wrong)?;
                without_rows(tx)
            }
        }
    }

    fn undo(&self, tx: &Transaction<'_>) -> Result<(), DbError> {
        match &self.conn.0 {
            Engine::Sqlite(_) => tx.batch("ROLLBACK"),
            Engine::Postgres(session) => session.roll_back(),
        }
    }

    fn commit(&self, tx: &Transaction<'_>) -> Result<(), TransferError> {
        let done = match &self.conn.0 {
            Engine::Sqlite(_) => tx.batch("COMMIT"),
            Engine::Postgres(session) => session.commit(),
        };
        done.map_err(|why| match why {
            DbError::Uncertain => TransferError::Unsure,
            why => wrong(why),
        })
    }

    /// Gives a file its name, on the disk.
    pub(super) fn keep(mut self) -> Result<(), TransferError> {
        let Some(draft) = self.draft.take() else { return Ok(()) };
        // One plain file, not one with a write-ahead log beside it.
        let plain = Transaction::of(&self.conn, &Node::ONLY).batch("PRAGMA journal_mode = DELETE").map_err(wrong);
        drop(self.conn);
        plain.and_then(|()| draft.keep())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        self.remove();
        if let Some(folder) = &self.made {
            // One that holds the database by now stays.
            let _ = std::fs::remove_dir(folder);
        }
    }
}

impl Draft {
    fn keep(&self) -> Result<(), TransferError> {
        let sync = |path: &Path| std::fs::File::open(path).and_then(|file| file.sync_all());
        let folder = self.named.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if self.named.exists() {
            return Err(TransferError::Exists(self.named.clone()));
        }
        let named = sync(&self.file).and_then(|()| std::fs::rename(&self.file, &self.named)).and_then(|()| sync(folder));
        named.map_err(|why| TransferError::Io { path: self.named.clone(), why })
    }

    fn remove(&self) {
        for end in ["", "-wal", "-shm", "-journal"] {
            // What is not there need not go.
            let _ = std::fs::remove_file(with_end(&self.file, end));
        }
    }
}

/// Sees to the folder of a new file; the folder, if it was made. A data folder may be new, but not the folder it lies in: a slip of
/// the pen would make folders.
fn folder_for(path: &Path) -> Result<Option<PathBuf>, TransferError> {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) else {
        return Ok(None);
    };
    let is_data = path.file_name().is_some_and(|name| name == DATABASE_FILE);
    let lies_somewhere = folder.parent().is_some_and(|above| above.as_os_str().is_empty() || above.is_dir());
    match is_data && lies_somewhere && files::folder(folder).is_ok() {
        true => Ok(Some(folder.to_owned())),
        false => Err(TransferError::Missing(folder.to_owned())),
    }
}

/// Nobody has begun to work with it.
fn without_rows(conn: &Connection) -> Result<(), TransferError> {
    for table in TABLES {
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {} LIMIT 1) one", table.name);
        if conn.number::<i64>(&sql, &[]).map_err(wrong)? > 0 {
            return Err(TransferError::NotEmpty(table.name.to_owned()));
        }
    }
    Ok(())
}

/// Rows that are added later get numbers behind those that came.
pub(super) fn count_on(tx: &Transaction<'_>) -> Result<(), TransferError> {
    if matches!(tx.0.0, Engine::Sqlite(_)) {
        return Ok(());
    }
    for table in TABLES.iter().filter(|table| table.number == Number::Kept) {
        let name = table.name;
        let sql =
            format!("SELECT setval(pg_get_serial_sequence('{name}', 'no'), max(no)) FROM {name} HAVING max(no) IS NOT NULL");
        tx.all(&sql, &[], |_| Ok(())).map_err(|why| TransferError::Table { side: TransferSide::Target, table: name, why })?;
    }
    // Plans of what is proved next follow the sizes the tables now have.
    let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    tx.batch(&format!("ANALYZE {}", names.join(", "))).map_err(wrong)
}
