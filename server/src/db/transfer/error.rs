//! Why a store was not moved. Unless it says otherwise nothing was kept at the target and the source was only read.

use crate::db::DbError;
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
    /// In a sentence for the operator.
    pub fn zh(self) -> &'static str {
        match self {
            TransferSide::Source => "来源",
            TransferSide::Target => "目标",
        }
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

    /// A sentence for the operator, with what to do next.
    pub fn zh(&self) -> String {
        use TransferError as T;
        match self {
            T::Unnamed => "请用 sqlite:路径（数据库文件或数据目录）或 postgres://用户:密码@主机/库名 指明来源和目标。".into(),
            T::Address(why) => why.zh(),
            T::SameKind => {
                "来源和目标须一个是 SQLite 文件、一个是 PostgreSQL；同类之间请用 daiban backup 或数据库自带的工具。".into()
            }
            T::Missing(path) => format!("没有找到 {}，请核对路径；来源可以是数据库文件或数据目录。", path.display()),
            T::NotOurs(what) => format!("{what} 不是代办系统的数据库，请核对来源。"),
            T::Damaged { path, why } => format!("来源 {} 已损坏或不完整（{why}），请改用完好的备份文件。", path.display()),
            T::Older { found, known } => {
                format!("来源的数据结构（第{found}步）早于本程序（第{known}步），请先用本程序启动一次服务完成升级，停止后再迁移。")
            }
            T::Served(count) => format!("来源仍有{count}个服务连接在使用，请先停止全部节点再迁移。"),
            T::Changed => "迁移期间有节点写入了来源，目标未写入任何数据，请先停止全部节点再迁移。".into(),
            T::Exists(path) => format!("目标文件 {} 已存在，请换一个文件名，或先将其移走。", path.display()),
            T::NotEmpty(what) => format!(
                "目标库不是空库（{what}），本命令不清除任何数据。请新建一个空库后重试，例如：createdb -E UTF8 -T template0 新库名"
            ),
            T::OtherKey => "数据目录中的 server.key 不是写成这些数据的那一个，请使用原数据目录。".into(),
            T::Nul { table, column, row } => format!(
                "表 {table} 的一行（{row}）在 {column} 列含有空字符（U+0000），PostgreSQL 不能保存。目标未写入任何数据，请在来源更正该行后重试。"
            ),
            T::Stray { table, row } => {
                format!("来源表 {table} 的一行（{row}）所属的项目或链条不存在，请先运行 daiban verify 查明，或改用完好的备份。")
            }
            T::Table { side, table, why } => format!("{}表 {table}：{}迁移已全部撤销。", side.zh(), why.zh()),
            T::Differs(what) => format!("读回核对不一致（{what}），迁移已全部撤销；请检查目标数据库后重试，并保留现场。"),
            T::Store { side, why } => format!("{}：{}", side.zh(), why.zh()),
            T::Unsure => {
                "提交时与目标的连接中断：目标要么已全部写入，要么为空。请重新运行本命令，若提示目标不是空库，再用 daiban verify --full 核验。".into()
            }
            T::Db(why) => format!("来源：{}", why.zh()),
            T::Io { path, why } => format!("无法读写 {}（{why}），请检查路径、权限和磁盘空间。", path.display()),
        }
    }
}
