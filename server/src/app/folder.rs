//! The data folder: one owner at a time, secrets in files that nobody else can read.

use crate::files;
use crate::files::DATABASE_FILE;
use daiban_messages::say::server as say;
use daiban_messages::{Message, Say};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Characters of a node's name.
const NODE_CHARS: usize = 16;

/// The server's own key, hex.
pub(super) const SERVER_KEY: &str = "server.key";
/// The office's token, hex.
pub(super) const OFFICE_TOKEN: &str = "office.token";
const NODE_ID: &str = "node.id";
const SERVE_FILE: &str = "serve.json";
/// Nightly copies of the database.
pub(crate) const BACKUPS: &str = "backup";
/// Every file of the server in its data folder.
const OURS: [&str; 9] = [
    DATABASE_FILE,
    "daiban.sqlite-wal",
    "daiban.sqlite-shm",
    "daiban.sqlite-journal",
    SERVER_KEY,
    OFFICE_TOKEN,
    NODE_ID,
    SERVE_FILE,
    LOCK_FILE,
];
/// Locked by whoever holds the folder.
pub(crate) const LOCK_FILE: &str = "daiban.lock";

/// An open, locked data folder.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: File,
}

/// Where the server that holds a folder can be reached; `serve.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Served {
    /// Its process.
    pub pid: u32,
    /// Where it listens.
    pub address: SocketAddr,
}

/// A folder that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Another process holds it.
    #[error("{} is in use by another process", .0.display())]
    InUse(PathBuf),
    /// A key file that was damaged or cut.
    #[error("{} does not hold what it should", .0.display())]
    Damaged(PathBuf),
    /// The file system.
    #[error("{}: {why}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        why: std::io::Error,
    },
}

impl FolderError {
    /// What is wrong, for whoever runs the server, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            FolderError::InUse(path) => say::FolderInUse { path: path.display() }.say(),
            FolderError::Damaged(path) => say::FolderDamaged { path: path.display() }.say(),
            FolderError::Io { path, why } => say::FolderFile { path: path.display(), why }.say(),
        }
    }

    /// The sentence in Chinese.
    pub fn zh(&self) -> String {
        self.message().zh
    }
}

fn io(path: &Path) -> impl FnOnce(std::io::Error) -> FolderError {
    let path = path.to_owned();
    move |why| FolderError::Io { path, why }
}

impl Folder {
    /// Makes the folder if need be, closes it and the server's files in it to everybody else, and takes its lock.
    pub fn open(path: &Path) -> Result<Folder, FolderError> {
        close(path)?;
        let lock_path = path.join(LOCK_FILE);
        let lock = files::options().create(true).truncate(false).open(&lock_path).map_err(io(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Folder { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(FolderError::InUse(path.to_owned())),
            Err(TryLockError::Error(why)) => Err(FolderError::Io { path: lock_path, why }),
        }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What this node is called among those that share a database: drawn at the first start.
    pub(super) fn node(&self) -> Result<String, FolderError> {
        self.token(NODE_ID).map(|name| name.chars().take(NODE_CHARS).collect())
    }

    /// Who serves a folder now; `None` if nobody holds its lock or the holder has no address (yet).
    pub fn served(path: &Path) -> Option<Served> {
        let lock = OpenOptions::new().read(true).write(true).open(path.join(LOCK_FILE)).ok()?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => serde_json::from_slice(&std::fs::read(path.join(SERVE_FILE)).ok()?).ok(),
            _ => None,
        }
    }

    /// The secret of a folder's server; `None` if no server was started there yet.
    pub fn server_secret(path: &Path) -> Result<Option<[u8; 32]>, FolderError> {
        kept(&path.join(SERVER_KEY))
    }

    /// The office token of a folder that another process holds.
    pub fn office_token(path: &Path) -> Result<String, FolderError> {
        let path = path.join(OFFICE_TOKEN);
        std::fs::read_to_string(&path).map(|text| text.trim().to_owned()).map_err(io(&path))
    }

    /// Tells other processes where this server listens.
    pub fn announce(&self, address: SocketAddr) -> Result<(), FolderError> {
        let path = self.path.join(SERVE_FILE);
        let served = Served { pid: std::process::id(), address };
        let text = serde_json::to_string(&served).map_err(|e| FolderError::Io { path: path.clone(), why: e.into() })?;
        self.keep(&path, &text).map_err(io(&path))
    }

    /// Takes the announcement back.
    pub fn silence(&self) {
        // Without the lock the file means nothing, so a file that stays behind does no harm.
        let _ = std::fs::remove_file(self.path.join(SERVE_FILE));
    }

    /// 32 secret bytes kept in a file of that name, drawn at the first start.
    pub(super) fn secret(&self, name: &str) -> Result<[u8; 32], FolderError> {
        let path = self.path.join(name);
        if let Some(bytes) = kept(&path)? {
            return Ok(bytes);
        }
        let bytes = crate::random::bytes::<32>();
        self.keep(&path, &data_encoding::HEXLOWER.encode(&bytes)).map_err(io(&path))?;
        Ok(bytes)
    }

    /// The same as 64 hex digits.
    pub(super) fn token(&self, name: &str) -> Result<String, FolderError> {
        self.secret(name).map(|bytes| data_encoding::HEXLOWER.encode(&bytes))
    }

    /// Written whole and synced under another name first: a power cut never leaves half a key.
    fn keep(&self, path: &Path, text: &str) -> std::io::Result<()> {
        let draft = path.with_extension("new");
        files::file(&draft)?;
        let mut file = files::options().truncate(true).open(&draft)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&draft, path)?;
        File::open(&self.path)?.sync_all()
    }
}

/// 32 bytes kept as hex; `None` without the file.
fn kept(path: &Path) -> Result<Option<[u8; 32]>, FolderError> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(why) => return Err(FolderError::Io { path: path.to_owned(), why }),
    };
    let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok();
    bytes.and_then(|b| b.try_into().ok()).map(Some).ok_or_else(|| FolderError::Damaged(path.to_owned()))
}

/// Closes what lies in a data folder from earlier days, when it was made as the umask said; told once, because then it is closed.
fn close(path: &Path) -> Result<(), FolderError> {
    let backups = path.join(BACKUPS);
    let mut closed = files::folder(path).map_err(io(path))?;
    let named = OURS.iter().map(|name| path.join(name)).filter(|file| file.exists());
    let kept = std::fs::read_dir(&backups).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let copies = kept.filter(|file| file.is_file()).chain([backups.clone()].into_iter().filter(|folder| folder.is_dir()));
    for file in named.chain(copies) {
        closed |= files::tighten(&file).map_err(io(&file))?;
    }
    if closed {
        let said = say::FolderClosed { path: path.display() }.say();
        tracing::warn!("{} · {}", said.zh, said.en);
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn one_owner_at_a_time_and_secrets_stay() {
        let path = std::env::temp_dir().join(format!("daiban-folder-{}", std::process::id()));
        let folder = Folder::open(&path).unwrap();
        let secret = folder.secret("server.key").unwrap();
        assert_eq!(folder.secret("server.key").unwrap(), secret);
        assert!(matches!(Folder::open(&path), Err(FolderError::InUse(_))));
        assert_eq!(Folder::served(&path), None);
        let address = SocketAddr::from(([127, 0, 0, 1], 1234));
        folder.announce(address).unwrap();
        assert_eq!(Folder::served(&path).unwrap().address, address);
        drop(folder);
        assert_eq!(Folder::served(&path), None, "an address without a lock means nothing");
        std::fs::write(path.join("server.key"), "12").unwrap();
        assert!(matches!(Folder::open(&path).unwrap().secret("server.key"), Err(FolderError::Damaged(_))));
        std::fs::remove_dir_all(path).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn an_open_folder_and_its_open_files_are_closed() {
        use std::os::unix::fs::PermissionsExt;
        let temp = crate::files::TempFolder::new("folder-closed");
        let path = temp.path().join("data");
        let set = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        std::fs::create_dir_all(path.join(BACKUPS)).unwrap();
        let files: Vec<PathBuf> =
            OURS.iter().map(|name| path.join(name)).chain([path.join("backup/2026-11-27.sqlite")]).collect();
        for file in &files {
            std::fs::write(file, "").unwrap();
            set(file, 0o644);
        }
        let foreign = path.join("notes.txt");
        std::fs::write(&foreign, "").unwrap();
        set(&foreign, 0o644);
        set(&path.join(BACKUPS), 0o755);
        set(&path, 0o755);
        let folder = Folder::open(&path).unwrap();
        folder.announce(SocketAddr::from(([127, 0, 0, 1], 1))).unwrap();
        assert!(files.iter().all(|file| mode(file) == 0o600));
        assert_eq!([mode(&path), mode(&path.join(BACKUPS)), mode(&foreign)], [0o700, 0o700, 0o644]);
    }
}
