//! What can go wrong with the store.

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

    /// A sentence for the operator, with what to do next.
    pub fn zh(&self) -> String {
        match self {
            DbError::Full => "数据库所在磁盘已满，请清理或扩容后重试；未完成的操作没有保存。".into(),
            DbError::Busy => "数据库正忙或连接数已满，请稍后重试；经常出现时请调高数据库或该用户的连接数上限。".into(),
            DbError::Contended => "本次操作与其他操作冲突，已全部撤销，请重试。".into(),
            DbError::Slow => "数据库长时间没有完成本次操作，已全部撤销，请稍后重试；经常出现时请检查数据库负载。".into(),
            DbError::Lost => "与数据库的连接中断，本次操作没有保存，请稍后重试。".into(),
            DbError::Uncertain => {
                "保存时与数据库的连接中断，无法确认本次操作是否已保存，请先查看是否已办理，再决定是否重试。".into()
            }
            DbError::Overtaken => "该作业已由其他节点接手，本节点停止处理；无需操作，可稍后查看结果。".into(),
            DbError::Unreachable(why) => format!("无法连接数据库（{why}），请检查地址、端口、库名、证书和数据库服务。"),
            DbError::Denied(why) => format!("数据库拒绝登录或权限不足（{why}），请核对用户名、密码和权限。"),
            DbError::ReadOnly => "该数据库只读（可能是备库），请改用主库地址。".into(),
            DbError::TooOld { found, oldest } => {
                format!("数据库服务器版本过低（{found}），需要 {oldest} 及以上，请先升级数据库。")
            }
            DbError::Encoding(found) => {
                format!("数据库编码为 {found}，必须是 UTF8，请新建编码为 UTF8 的数据库后重试。")
            }
            DbError::Foreign(what) => {
                format!("该数据库已被其他程序使用（{what}），未作任何改动，请为本系统新建一个空数据库。")
            }
            DbError::Address(why) => {
                format!("数据库地址不可用（{why}），格式为 postgres://用户:密码@主机:端口/库名。")
            }
            DbError::Newer { .. } => "数据由更新版本的程序写成，请使用新版程序。".into(),
            DbError::Unusable => "文字中含有不可用的字符（空字符），没有保存，请删除该字符后重试。".into(),
            DbError::Stopped => "服务正在停止，请稍后重试。".into(),
            DbError::Io(_) => disk_zh(self),
            DbError::Sqlite(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::SystemIoFailure) => disk_zh(self),
            DbError::Corrupt(_) | DbError::Sqlite(_) | DbError::Postgres(_) => {
                format!("数据库出错（{self}），请检查磁盘和权限，必要时从备份恢复。")
            }
        }
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

/// Reading or writing the file failed: mostly the disk is full, and then a backup put over what is there would lose it.
fn disk_zh(error: &DbError) -> String {
    format!("数据库文件读写失败（{error}），多因磁盘已满或权限不足；请先清理磁盘、核对权限，再重新启动；现有数据请勿覆盖。")
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
