//! Backups: a whole copy of the database while the server runs, checked before it gets its name.
//!
//! The server's key and the office token are files of their own in the data folder and are not in a copy: whoever steals a backup
//! must not be able to sign as the server.

use crate::db::DbError;
use crate::db::sqlite::{copy, quick_check, read_only};
use crate::files;
use daiban_messages::say::server as say;
use daiban_messages::{Message, Say};
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
    /// What is wrong, for whoever runs the server, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            BackupError::Exists(path) => say::BackupExists { path: path.display() }.say(),
            BackupError::Damaged(why) => say::BackupDamaged { why }.say(),
            BackupError::Db(why) => say::BackupDatabase { why }.say(),
            BackupError::Io(why) => say::BackupFile { why }.say(),
        }
    }

    /// The sentence in Chinese.
    pub fn zh(&self) -> String {
        self.message().zh
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
