//! The server as it says of itself at the beginning of a connection: is it one we can work with?

use super::session::{Session, Use};
use crate::db::DbError;

/// The oldest server whose behaviour the suites have seen, as `server_version_num`.
const OLDEST: i64 = 150_000;
/// The only encoding in which every Chinese sentence comes back as it went in.
const ENCODING: &str = "UTF8";

const ASK: &str = "SELECT current_setting('server_version_num'), current_setting('server_encoding'), \
                   current_setting('transaction_read_only')";

/// What it says.
pub(super) struct Server {
    version: i64,
    encoding: String,
    read_only: bool,
}

impl Server {
    /// Asks it.
    pub(super) fn of(session: &Session) -> Result<Server, DbError> {
        let row = session.text_row(ASK)?;
        let said = |column: usize| row.as_ref().and_then(|row| row.try_get(column).ok().flatten()).unwrap_or_default();
        Ok(Server { version: said(0).parse().unwrap_or(0), encoding: said(1).to_owned(), read_only: said(2) != "off" })
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
