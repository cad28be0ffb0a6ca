//! The server as it says of itself at the beginning of a connection: is it one we can work with?

use crate::db::DbError;
use tokio_postgres::SimpleQueryRow;

/// The oldest server whose behaviour the suites have seen, as `server_version_num`.
const OLDEST: i64 = 150_000;
/// The only encoding in which every Chinese sentence comes back as it went in.
const ENCODING: &str = "UTF8";

/// What it is asked.
pub(super) const ASK: &str = "SELECT current_setting('server_version_num'), current_setting('server_encoding'), \
                   current_setting('transaction_read_only')";

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::db) enum Use {
    /// Looks at the store from outside the server.
    Read,
    /// Answers the server's questions: a standby, which may be behind, does not.
    Answer,
    /// Writes; `durable` = a commit is on the disk before it returns.
    Write {
        /// See there.
        durable: bool,
    },
    /// Changes the schema, which may take long.
    Migrate,
}

/// What it says.
pub(super) struct Server {
    version: i64,
    encoding: String,
    read_only: bool,
}

impl Server {
    /// What it answers to [`ASK`].
    pub(super) fn read(row: Option<&SimpleQueryRow>) -> Server {
        let said = |column: usize| row.and_then(|row| row.try_get(column).ok().flatten()).unwrap_or_default();
        Server { version: said(0).parse().unwrap_or(0), encoding: said(1).to_owned(), read_only: said(2) != "off" }
    }

    /// Refuses one that is too old, keeps text in another encoding, or takes no writes where they are wanted: a replica, or a
    /// database set to read-only.
    pub(super) fn must_serve(&self, purpose: Use) -> Result<(), DbError> {
        if self.version < OLDEST {
            return Err(DbError::TooOld { found: self.version, oldest: OLDEST });
        }
        if self.encoding != ENCODING {
            return Err(DbError::Encoding(self.encoding.clone()));
        }
        if self.read_only && purpose != Use::Read {
            return Err(DbError::ReadOnly);
        }
        Ok(())
    }
}
