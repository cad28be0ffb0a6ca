//! Backups: a whole copy of the database while the server runs, checked before it gets its name.
//!
//! The server's key and the office token are files of their own in the data folder and are not in a copy: whoever steals a backup
//! must not be able to sign as the server.

use crate::db::DbError;
use crate::db::sqlite::{copy, quick_check, read_only};
use crate::files;
use std::path::{Path, PathBuf};

/// Nightly copies kept.
pub const KEPT: usize = 14;

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file is there already; a backup never replaces another.
    #[error("{} exists", .0.display())]
    Exists(PathBuf),
    /// The copy is not a whole database.
    #[error("the copy is damaged: {0}")]
    Damaged(String),
    /// The store.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The file system.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl BackupError {
    /// A sentence for the operator, with what to do next.
    pub fn zh(&self) -> String {
        match self {
            BackupError::Exists(path) => format!("备份文件 {} 已存在，请换一个文件名。", path.display()),
            BackupError::Damaged(why) => format!("备份校验未通过（{why}），请检查磁盘后重试；原数据未受影响。"),
            BackupError::Db(error) => format!("备份时读取数据库失败（{error}），请稍后重试。"),
            BackupError::Io(error) => format!("备份文件写入失败（{error}），请检查路径、权限和空间。"),
        }
    }
}

/// Copies the database to a new file. `progress` hears pages done and pages in all.
pub fn backup(database: &Path, file: &Path, mut progress: impl FnMut(i32, i32)) -> Result<u64, BackupError> {
    if file.exists() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    if let Some(folder) = file.parent().filter(|folder| !folder.is_dir()) {
        files::folder(folder)?;
    }
    let draft = file.with_extension("partial");
    if draft.exists() {
        std::fs::remove_file(&draft)?;
    }
    let source = read_only(database)?;
    source.at_one_moment(|source| copy(source, &draft, &mut progress))?;
    let whole = quick_check(&read_only(&draft)?)?;
    if whole != "ok" {
        std::fs::remove_file(&draft)?;
        return Err(BackupError::Damaged(whole));
    }
    std::fs::File::open(&draft)?.sync_all()?;
    std::fs::rename(&draft, file)?;
    Ok(std::fs::metadata(file)?.len())
}

/// Removes the oldest nightly copies, named by their day, until [`KEPT`] are left.
pub fn prune(folder: &Path) -> Result<usize, BackupError> {
    let mut copies: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "sqlite"))
        .collect();
    copies.sort();
    let surplus = copies.len().saturating_sub(KEPT);
    copies.iter().take(surplus).try_for_each(std::fs::remove_file)?;
    Ok(surplus)
}
