//! Why a store was not moved. Unless it says otherwise nothing was kept at the target and the source was only read.

use crate::db::DbError;
use daiban_messages::say::database as say;
use daiban_messages::{Both, Message, Say};
use std::path::PathBuf;

/// Which of the two stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransferSide {
    /// The store that is read.
    Source,
    /// The store that is filled.
    Target,
}

impl TransferSide {
    /// In both languages.
    fn both(self) -> Both {
        match self {
            TransferSide::Source => say::Source.say().into(),
            TransferSide::Target => say::Target.say().into(),
        }
    }

    /// In a sentence for the operator.
    pub fn zh(self) -> String {
        self.both().zh
    }

    /// The same in English.
    pub fn en(self) -> &'static str {
        match self {
            TransferSide::Source => "source",
            TransferSide::Target => "target",
        }
    }
}

/// See the [module](self).
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// Neither `sqlite:PATH` nor `postgres://…`.
    #[error("a store is named sqlite:PATH or postgres://…")]
    Unnamed,
    /// A `postgres://` that cannot be used.
    #[error(transparent)]
    Address(DbError),
    /// Both are files or both are servers.
    #[error("one of the two must be a file and the other a server")]
    SameKind,
    /// No file or folder there.
    #[error("{} is not there", .0.display())]
    Missing(PathBuf),
    /// What is there is not a store of this program's.
    #[error("{0} is not a Daiban database")]
    NotOurs(String),
    /// The file is cut or broken.
    #[error("{} is damaged: {why}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite found.
        why: String,
    },
    /// The source stands at an older step than this program.
    #[error("the source has schema {found}, this program needs {known}")]
    Older {
        /// Its step.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Nodes are working with the source.
    #[error("{0} connections of running nodes use the source")]
    Served(i64),
    /// A node wrote to the source while it was read.
    #[error("the source was written to meanwhile")]
    Changed,
    /// The target's file is there already.
    #[error("{} exists", .0.display())]
    Exists(PathBuf),
    /// The target holds something.
    #[error("the target is not empty: {0}")]
    NotEmpty(String),
    /// The server key of the data folder is not the one of the store.
    #[error("the data folder's server.key is not the one this store was written with")]
    OtherKey,
    /// A text that PostgreSQL does not take.
    #[error("{table} ({row}): column {column} holds U+0000, which PostgreSQL does not store")]
    Nul {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row, by its first columns.
        row: String,
    },
    /// A row of a case or a chain that is not there.
    #[error("{table} ({row}) belongs to a case or a chain that is not there")]
    Stray {
        /// The table.
        table: &'static str,
        /// The row, by its first columns.
        row: String,
    },
    /// A table that cannot be read or filled.
    #[error("{} {table}: {why}", side.en())]
    Table {
        /// Where.
        side: TransferSide,
        /// Which.
        table: &'static str,
        /// What the store says.
        why: DbError,
    },
    /// What was read back is not what was copied.
    #[error("{0} was read back other than it was written")]
    Differs(String),
    /// One of the two stores.
    #[error("{}: {why}", side.en())]
    Store {
        /// Which.
        side: TransferSide,
        /// What it says.
        why: DbError,
    },
    /// The connection broke while everything was being committed.
    #[error("the connection was lost at the commit; the target holds everything or nothing")]
    Unsure,
    /// The store that is read, outside any table.
    #[error("source: {0}")]
    Db(#[from] DbError),
    /// The file system.
    #[error("{}: {why}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        why: std::io::Error,
    },
}

impl TransferError {
    /// Whether what was asked for cannot be done as asked; otherwise something went wrong while it was being done.
    pub fn is_refusal(&self) -> bool {
        use TransferError as T;
        let newer = |why: &DbError| matches!(why, DbError::Newer { .. } | DbError::Address(_));
        match self {
            T::Unnamed | T::Address(_) | T::SameKind | T::Missing(_) | T::NotOurs(_) | T::Older { .. } => true,
            T::Served(_) | T::Changed | T::Exists(_) | T::NotEmpty(_) | T::OtherKey => true,
            T::Store { why, .. } | T::Db(why) => newer(why),
            _ => false,
        }
    }

    /// A stable name.
    pub fn code(&self) -> &'static str {
        use TransferError as T;
        match self {
            T::Unnamed | T::Address(_) => "store_unnamed",
            T::SameKind => "same_kind",
            T::Missing(_) => "no_database",
            T::NotOurs(_) => "not_daiban",
            T::Damaged { .. } => "damaged",
            T::Older { .. } => "older_schema",
            T::Served(_) | T::Changed => "in_use",
            T::Exists(_) => "exists",
            T::NotEmpty(_) => "not_empty",
            T::OtherKey => "other_key",
            T::Nul { .. } => "text_with_nul",
            T::Stray { .. } => "stray_row",
            T::Differs(_) => "differs",
            T::Unsure => "unsure",
            T::Table { .. } | T::Store { .. } | T::Db(_) => "database",
            T::Io { .. } => "io",
        }
    }

    /// What is wrong, for whoever runs the server, with what to do next.
    pub fn message(&self) -> Message {
        use TransferError as T;
        match self {
            T::Unnamed => say::Unnamed.say(),
            T::Address(why) => why.message(),
            T::SameKind => say::SameKind.say(),
            T::Missing(path) => say::Missing { path: path.display() }.say(),
            T::NotOurs(what) => say::NotOurs { what }.say(),
            T::Damaged { path, why } => say::Damaged { path: path.display(), why }.say(),
            T::Older { found, known } => say::Older { found, known }.say(),
            T::Served(connections) => say::Served { connections }.say(),
            T::Changed => say::Changed.say(),
            T::Exists(path) => say::Exists { path: path.display() }.say(),
            T::NotEmpty(what) => say::NotEmpty { what }.say(),
            T::OtherKey => say::OtherKey.say(),
            T::Nul { table, column, row } => say::TextWithNul { table, row, column }.say(),
            T::Stray { table, row } => say::Stray { table, row }.say(),
            T::Table { side, table, why } => say::Table { side: side.both(), table, why: why.message() }.say(),
            T::Differs(what) => say::Differs { what }.say(),
            T::Store { side, why } => say::OfSide { side: side.both(), why: why.message() }.say(),
            T::Unsure => say::Unsure.say(),
            T::Db(why) => say::OfSide { side: TransferSide::Source.both(), why: why.message() }.say(),
            T::Io { path, why } => say::File { path: path.display(), why }.say(),
        }
    }

    /// The sentence in Chinese.
    pub fn zh(&self) -> String {
        self.message().zh
    }
}
