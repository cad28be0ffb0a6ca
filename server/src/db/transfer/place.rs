//! How an operator names a store.

use super::TransferError;
use crate::db::Address;
use crate::files::DATABASE_FILE;
use std::path::PathBuf;

/// Reads `sqlite:PATH`, where the path is a database file or a data folder that holds one, or `postgres://…`. What is not there yet
/// is a file if its name has an ending, and otherwise a data folder.
pub fn place(text: &str) -> Result<Address, TransferError> {
    if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        return Address::read(Some(text), PathBuf::new()).map_err(TransferError::Address);
    }
    let path = text.strip_prefix("sqlite://").or_else(|| text.strip_prefix("sqlite:")).filter(|path| !path.is_empty());
    let path = PathBuf::from(path.ok_or(TransferError::Unnamed)?);
    let is_folder = path.is_dir() || (!path.exists() && path.extension().is_none());
    let path = if is_folder { path.join(DATABASE_FILE) } else { path };
    // SQLite keeps what belongs to a file beside the file itself, not beside a link to it.
    Ok(Address::File(std::fs::canonicalize(&path).unwrap_or(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_a_folder_and_a_server_are_told_apart() {
        let file = |text: &str| match place(text) {
            Ok(Address::File(path)) => path,
            other => unreachable!("{other:?}"),
        };
        assert_eq!(file("sqlite:old.sqlite"), PathBuf::from("old.sqlite"));
        assert_eq!(file("sqlite:///srv/old.sqlite"), PathBuf::from("/srv/old.sqlite"));
        let folder = crate::files::TempFolder::new("place");
        assert_eq!(file(&format!("sqlite:{}", folder.path().display())), folder.path().join("daiban.sqlite"));
        assert_eq!(file(&format!("sqlite:{}/new", folder.path().display())), folder.path().join("new/daiban.sqlite"));
        assert!(matches!(place("postgres://a@b/c"), Ok(Address::Postgres(_))));
        assert!(matches!(place("postgres://"), Err(TransferError::Address(_))));
        for unnamed in ["data", "sqlite:", "mysql://a/b", ""] {
            assert!(matches!(place(unnamed), Err(TransferError::Unnamed)), "{unnamed}");
        }
    }
}
