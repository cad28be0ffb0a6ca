//! The store that is read.

use super::private_copy::PrivateCopy;
use super::{TransferError, TransferSide};
use crate::db::migration::KNOWN;
use crate::db::{Address, Connection, DbError, sqlite};
use std::path::Path;
use std::time::Duration;

/// A node that was just stopped has its connections for a moment longer: how often to look, and how long to wait between.
const LOOKS: u32 = 20;
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// A store at this program's schema, open for reading.
pub(super) struct Source {
    pub(super) conn: Connection,
    _copy: Option<PrivateCopy>,
}

/// What rises with everything that a node writes; a server's only.
const MARK: &str = "SELECT concat_ws('/', (SELECT sum(sequence) FROM case_head), (SELECT sum(counter) FROM device), \
                    (SELECT count(*) FROM device), (SELECT count(*) FROM audit), (SELECT count(*) FROM quarantine), \
                    (SELECT count(*) FROM notice), (SELECT sum(turn) FROM job), (SELECT max(no) FROM duty))";

impl Source {
    /// A file is copied aside, looked through and brought up to date there; a server's database must be up to date and at rest.
    pub(super) fn open(address: &Address) -> Result<Source, TransferError> {
        match address {
            Address::File(path) => of_file(path),
            Address::Postgres(_) => of_server(address).map(|conn| Source { conn, _copy: None }),
        }
    }
}

/// Whether nobody wrote to a source since `read` began to read one unchanging state of it: a node may have been started meanwhile.
/// What it takes in from now on is not carried. Of a file `read` is a copy of our own.
pub(super) fn must_be_unchanged(address: &Address, read: &Connection) -> Result<(), TransferError> {
    if matches!(address, Address::File(_)) {
        return Ok(());
    }
    let mark = |conn: &Connection| conn.number::<String>(MARK, &[]);
    match mark(read)? == mark(&address.read_only()?)? {
        true => Ok(()),
        false => Err(TransferError::Changed),
    }
}

fn of_file(path: &Path) -> Result<Source, TransferError> {
    if !path.is_file() {
        return Err(TransferError::Missing(path.to_owned()));
    }
    let copy = PrivateCopy::of(path)?;
    look_through(&copy.file()).map_err(|error| match error {
        TransferError::Db(DbError::Sqlite(why)) => match why.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => TransferError::NotOurs(path.display().to_string()),
            _ => TransferError::Damaged { path: path.to_owned(), why: why.to_string() },
        },
        TransferError::NotOurs(_) => TransferError::NotOurs(path.display().to_string()),
        TransferError::Damaged { why, .. } => TransferError::Damaged { path: path.to_owned(), why },
        other => other,
    })?;
    Ok(Source { conn: sqlite::writer(&copy.file(), false)?, _copy: Some(copy) })
}

/// Whether the file is whole, ours, and not from a later program.
fn look_through(file: &Path) -> Result<(), TransferError> {
    let conn = sqlite::read_only(file)?;
    let whole = sqlite::quick_check(&conn)?;
    if whole != "ok" {
        return Err(TransferError::Damaged { path: file.to_owned(), why: whole });
    }
    let found: i64 = conn.number("PRAGMA user_version", &[])?;
    if found > KNOWN {
        return Err(DbError::Newer { found, known: KNOWN }.into());
    }
    match found > 0 && conn.has_table("setting")? && conn.has_table("case_row")? {
        true => Ok(()),
        false => Err(TransferError::NotOurs(file.display().to_string())),
    }
}

fn of_server(address: &Address) -> Result<Connection, TransferError> {
    let conn = address.read_only().map_err(|why| TransferError::Store { side: TransferSide::Source, why })?;
    if !conn.has_table("migration")? || !conn.has_table("case_row")? {
        return Err(TransferError::NotOurs(address.to_string()));
    }
    match conn.number::<i64>("SELECT coalesce(max(number), 0) FROM migration", &[])? {
        found if found > KNOWN => Err(DbError::Newer { found, known: KNOWN }.into()),
        found if found < KNOWN => Err(TransferError::Older { found, known: KNOWN }),
        _ => at_rest(&conn).map(|()| conn),
    }
}

fn at_rest(conn: &Connection) -> Result<(), TransferError> {
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'daiban' \
               AND pid <> pg_backend_pid()";
    let mut others: i64 = 0;
    for _ in 0..LOOKS {
        others = conn.number(sql, &[])?;
        if others == 0 {
            return Ok(());
        }
        std::thread::sleep(BETWEEN_LOOKS);
    }
    Err(TransferError::Served(others))
}
