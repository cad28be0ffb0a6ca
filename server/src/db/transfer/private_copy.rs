//! A database file copied aside, so that looking into it, or bringing it up to date, changes nothing where it came from.

use super::TransferError;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Copies that may have been left behind under our process number by processes that were killed.
const LEFT_BEHIND_MAX: u32 = 1_000;

/// The copy, in a folder only its owner can read, gone with the value.
pub(super) struct PrivateCopy(PathBuf);

impl PrivateCopy {
    /// Copies a file and what SQLite keeps beside it. Nobody may write to it meanwhile.
    pub(super) fn of(file: &Path) -> Result<PrivateCopy, TransferError> {
        let copy = PrivateCopy(folder()?);
        for end in ["", "-wal", "-journal"] {
            let beside = with_end(file, end);
            if end.is_empty() || beside.exists() {
                let to = with_end(&copy.file(), end);
                std::fs::copy(&beside, &to).map_err(|why| TransferError::Io { path: to.clone(), why })?;
                writable(&to)?;
            }
        }
        Ok(copy)
    }

    /// The copied database.
    pub(super) fn file(&self) -> PathBuf {
        self.0.join("daiban.sqlite")
    }
}

impl Drop for PrivateCopy {
    fn drop(&mut self) {
        // A folder that stays behind costs room and nothing else; the system's temporary folder is emptied by its owner.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The path with more letters at its end.
pub(super) fn with_end(file: &Path, end: &str) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(end);
    path.into()
}

/// A new folder that nobody else can enter.
fn folder() -> Result<PathBuf, TransferError> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let mut attempt = 0;
    loop {
        let path = std::env::temp_dir().join(format!("daiban-migrate-{}-{attempt}", std::process::id()));
        match builder.create(&path) {
            Ok(()) => return Ok(path),
            Err(why) if why.kind() == ErrorKind::AlreadyExists && attempt < LEFT_BEHIND_MAX => attempt += 1,
            Err(why) => return Err(TransferError::Io { path, why }),
        }
    }
}

/// A copy takes over the permissions too, and a backup may be kept read-only.
fn writable(file: &Path) -> Result<(), TransferError> {
    let io = |why| TransferError::Io { path: file.to_owned(), why };
    let mut permissions = std::fs::metadata(file).map_err(io)?.permissions();
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o600);
    #[cfg(not(unix))]
    permissions.set_readonly(false);
    std::fs::set_permissions(file, permissions).map_err(io)
}
