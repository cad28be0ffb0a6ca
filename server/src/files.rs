//! Files and folders that only their owner can look into, whatever the umask says and whatever was there before.

#[cfg(test)]
mod temp;

#[cfg(test)]
pub(crate) use temp::TempFolder;

use daiban_messages::Say;
use daiban_messages::say::server::FileNotOurs;
use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

/// The database's file in the data folder.
pub(crate) const DATABASE_FILE: &str = "daiban.sqlite";

/// To open a file for reading and writing; one that is made is its owner's alone.
pub(crate) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a file if it is missing, and closes it to others; `true` if it was open to them.
pub(crate) fn file(path: &Path) -> io::Result<bool> {
    options().create(true).truncate(false).open(path)?;
    tighten(path)
}

/// Makes a folder and those it lies in, and closes it to others; `true` if it was open to them. Folders around it that were there
/// stay as they are.
pub(crate) fn folder(path: &Path) -> io::Result<bool> {
    if path.as_os_str().is_empty() {
        return Ok(false);
    }
    if path.is_dir() {
        return tighten(path);
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    tighten(path).map(|_| false)
}

/// Takes from others and the group what rights they have on something that is there; `true` if they had any. Whose it is decides:
/// what belongs to somebody else, such as a volume that was mounted, is his to close, and is only told.
pub(crate) fn tighten(path: &Path) -> io::Result<bool> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path)?.permissions().mode();
        if mode & 0o077 == 0 {
            return Ok(false);
        }
        match std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode & 0o700)) {
            Ok(()) => return Ok(true),
            Err(why) if why.kind() == ErrorKind::PermissionDenied => {
                let said = FileNotOurs { path: path.display() }.say();
                tracing::warn!("{} · {}", said.zh, said.en);
            }
            Err(why) => return Err(why),
        }
    }
    Ok(false)
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn what_was_open_is_closed_and_what_is_made_is_born_so() {
        let temp = TempFolder::new("private");
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let (open, deep) = (temp.path().join("open"), temp.path().join("a/b"));
        std::fs::create_dir(&open).unwrap();
        std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o755)).unwrap();
        assert!(folder(&open).unwrap() && !folder(&open).unwrap());
        assert!(!folder(&deep).unwrap());
        let (old, new) = (open.join("old"), open.join("new"));
        std::fs::write(&old, "kept").unwrap();
        std::fs::set_permissions(&old, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(file(&old).unwrap() && !file(&new).unwrap());
        assert_eq!(std::fs::read_to_string(&old).unwrap(), "kept");
        assert_eq!([mode(&open), mode(&deep), mode(&old), mode(&new)], [0o700, 0o700, 0o600, 0o600]);
    }
}
