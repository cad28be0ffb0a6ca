//! What can go wrong with the store.

/// A failure of the store. Only [`DbError::Full`] and [`DbError::Busy`] are worth another try by the client.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// No room on the disk.
    #[error("the disk is full")]
    Full,
    /// Somebody else holds the database.
    #[error("the database is busy")]
    Busy,
    /// The data folder belongs to a newer version.
    #[error("the database has schema {found}, this program knows {known}")]
    Newer {
        /// Its schema number.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Stored bytes that cannot be read back.
    #[error("stored {0} cannot be read")]
    Corrupt(&'static str),
    /// The writer has stopped.
    #[error("the writer has stopped")]
    Stopped,
    /// Anything else SQLite says.
    #[error("database: {0}")]
    Sqlite(rusqlite::Error),
    /// The file system.
    #[error("data folder: {0}")]
    Io(#[from] std::io::Error),
}

impl DbError {
    /// The same once more: one failed commit is told to everybody in its group.
    pub(super) fn retold(&self) -> DbError {
        match self {
            DbError::Full => DbError::Full,
            DbError::Busy => DbError::Busy,
            DbError::Stopped => DbError::Stopped,
            other => DbError::Io(std::io::Error::other(other.to_string())),
        }
    }
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => DbError::Full,
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => DbError::Busy,
            _ => DbError::Sqlite(error),
        }
    }
}
