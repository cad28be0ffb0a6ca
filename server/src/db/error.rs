//! What can go wrong with the store.

use daiban_messages::say::database as say;
use daiban_messages::{Message, Say};

/// A failure of the store. [`DbError::is_passing`] says which are worth another try.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// No room on the disk.
    #[error("the disk is full")]
    Full,
    /// Somebody else holds the database, or it takes no more connections.
    #[error("the database is busy")]
    Busy,
    /// Two transactions stood in each other's way and this one was undone, again and again.
    #[error("the work met other work and was undone")]
    Contended,
    /// A statement, or the wait for somebody else's row, took longer than it may; nothing is kept.
    #[error("the database took too long; nothing was kept")]
    Slow,
    /// The connection broke, or no answer came, before anything was committed; nothing is kept.
    #[error("the connection to the database was lost; nothing was kept")]
    Lost,
    /// The connection broke, or no answer came, while a commit was under way: it may or may not be kept. Never run again by the
    /// store: a phone's repeated request finds its changes known, a person has to look.
    #[error("the connection was lost during a commit; it is not known whether the work was kept")]
    Uncertain,
    /// The job was taken over by another node, or by another start on this one, while this one worked on it.
    #[error("the job was taken over")]
    Overtaken,
    /// No database answers there.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// The database does not let us in.
    #[error("the database refuses this user or password: {0}")]
    Denied(String),
    /// A replica, or set to read-only.
    #[error("the database takes no writes; it is a replica or read-only")]
    ReadOnly,
    /// A server older than what was tested.
    #[error("the database server has version {found}, at least {oldest} is needed")]
    TooOld {
        /// Its `server_version_num`.
        found: i64,
        /// Ours.
        oldest: i64,
    },
    /// A database that keeps text in another encoding than UTF8.
    #[error("the database has encoding {0}, UTF8 is needed")]
    Encoding(String),
    /// A database in which another program has its tables.
    #[error("the database is used by another program: {0}")]
    Foreign(String),
    /// An address that cannot be read.
    #[error("the database address cannot be used: {0}")]
    Address(String),
    /// The data folder belongs to a newer version.
    #[error("the database has schema {found}, this program knows {known}")]
    Newer {
        /// Its schema number.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Text with a NUL character: PostgreSQL does not keep it, so no store does.
    #[error("text holds a NUL character")]
    Unusable,
    /// Stored bytes that cannot be read back.
    #[error("stored {0} cannot be read")]
    Corrupt(&'static str),
    /// The writer has stopped.
    #[error("the writer has stopped")]
    Stopped,
    /// Anything else SQLite says.
    #[error("database: {0}")]
    Sqlite(rusqlite::Error),
    /// Anything else PostgreSQL says.
    #[error("database: {0}")]
    Postgres(String),
    /// The file system.
    #[error("data folder: {0}")]
    Io(#[from] std::io::Error),
}

impl DbError {
    /// Whether nothing was kept and the same may go well in a while without anybody doing anything.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            DbError::Busy
                | DbError::Contended
                | DbError::Slow
                | DbError::Lost
                | DbError::Stopped
                | DbError::Unreachable(_)
                | DbError::ReadOnly
        )
    }

    /// What is wrong, for whoever runs the server, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            DbError::Full => say::Full.say(),
            DbError::Busy => say::Busy.say(),
            DbError::Contended => say::Contended.say(),
            DbError::Slow => say::Slow.say(),
            DbError::Lost => say::Lost.say(),
            DbError::Uncertain => say::Uncertain.say(),
            DbError::Overtaken => say::Overtaken.say(),
            DbError::Unreachable(why) => say::Unreachable { why }.say(),
            DbError::Denied(why) => say::Denied { why }.say(),
            DbError::ReadOnly => say::ReadOnly.say(),
            DbError::TooOld { found, oldest } => say::TooOld { found, oldest }.say(),
            DbError::Encoding(found) => say::Encoding { found }.say(),
            DbError::Foreign(what) => say::Foreign { what }.say(),
            DbError::Address(why) => say::Address { why }.say(),
            DbError::Newer { .. } => say::Newer.say(),
            DbError::Unusable => say::Unusable.say(),
            DbError::Stopped => say::Stopped.say(),
            // Mostly the disk is full, and then a backup put over what is there would lose it.
            DbError::Io(_) => say::Disk { why: self }.say(),
            DbError::Sqlite(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::SystemIoFailure) => {
                say::Disk { why: self }.say()
            }
            DbError::Corrupt(_) | DbError::Sqlite(_) | DbError::Postgres(_) => say::Broken { why: self }.say(),
        }
    }

    /// The sentence in Chinese.
    pub fn zh(&self) -> String {
        self.message().zh
    }

    /// The same once more: one failed commit is told to everybody in its group.
    pub(super) fn retold(&self) -> DbError {
        match self {
            DbError::Full => DbError::Full,
            DbError::Busy => DbError::Busy,
            DbError::ReadOnly => DbError::ReadOnly,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_not_told_to_put_a_backup_over_the_data() {
        let failed = |code| DbError::from(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None));
        let disk = [failed(rusqlite::ffi::SQLITE_IOERR), DbError::Io(std::io::Error::other("disk I/O error")), DbError::Full];
        for error in disk {
            let zh = error.zh();
            assert!(zh.contains("磁盘") && !zh.contains("恢复"), "{zh}");
        }
        assert!(failed(rusqlite::ffi::SQLITE_CORRUPT).zh().contains("从备份恢复"));
    }
}
