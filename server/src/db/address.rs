//! Where a store is.

use super::connection::{Connection, Engine};
use super::postgres::{Session, Url, Use};
use super::{DbError, postgres, sqlite};
use std::fmt::{Display, Formatter};
use std::path::PathBuf;

/// A file of our own, or a server's database.
#[derive(Clone, Debug)]
pub enum Address {
    /// SQLite in this file.
    File(PathBuf),
    /// PostgreSQL there.
    Postgres(Box<Url>),
}

impl Address {
    /// The `postgres://` address that was set, or else that file.
    pub fn read(set: Option<&str>, file: PathBuf) -> Result<Address, DbError> {
        match set {
            Some(text) => Ok(Address::Postgres(Box::new(Url::read(text)?))),
            None => Ok(Address::File(file)),
        }
    }

    /// Opens it for reading only, from outside the server: no writer, no migration.
    pub fn read_only(&self) -> Result<Connection, DbError> {
        match self {
            Address::File(path) => sqlite::read_only(path),
            Address::Postgres(url) => Ok(Connection(Engine::Postgres(Box::new(Session::open(url, Use::Read)?)))),
        }
    }

    /// Whether nothing is there yet: no file, or a database without tables. [`DbError::Foreign`] if it is another program's.
    pub fn is_new(&self) -> Result<bool, DbError> {
        match self {
            Address::File(path) => Ok(!path.exists()),
            Address::Postgres(url) => postgres::is_new(url),
        }
    }

    /// A reader of the server's pool.
    pub(super) fn reader(&self) -> Result<Connection, DbError> {
        match self {
            Address::File(path) => sqlite::reader(path),
            Address::Postgres(url) => Ok(Connection(Engine::Postgres(Box::new(Session::open(url, Use::Answer)?)))),
        }
    }
}

impl Display for Address {
    /// As an operator names it to `daiban migrate`, without a password.
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Address::File(path) => write!(f, "sqlite:{}", path.display()),
            Address::Postgres(url) => Display::fmt(url, f),
        }
    }
}
