//! The client's folder: the store, two key files, the connection, and a lock against a second process.
//!
//! ```text
//! at-rest.key     32 bytes in hex, 0600: seals the store and the device key
//! device.key      the Ed25519 device key, sealed under at-rest.key, 0600
//! connection.json server address and, for a server with its own authority, the certificate to trust
//! field.sqlite    facts, outbox and rows; every chunk sealed
//! lock            held while a process works here
//! ```
//! A phone has no key files: its platform's key store holds both keys. On a terminal the file system's
//! permissions are all there is, so the folder belongs on an encrypted disk.

use crate::random;
use daiban_core::fact::{SealKey, Sealed};
use daiban_core::ids::KeyId;
use daiban_messages::say::terminal as say;
use daiban_messages::{Message, Say};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

const AT_REST: &str = "at-rest.key";
const DEVICE: &str = "device.key";
const CONNECTION: &str = "connection.json";
const STORE: &str = "field.sqlite";
const LOCK: &str = "lock";
/// This program's files.
const OURS: [&str; 7] = [AT_REST, DEVICE, CONNECTION, STORE, "field.sqlite-wal", "field.sqlite-shm", LOCK];
const LOCK_TRIES: u32 = 50;
const LOCK_PAUSE: Duration = Duration::from_millis(100);

/// What can be wrong with the folder.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// A file cannot be read or written.
    #[error("{path}: {cause}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A key file is not what this program wrote.
    #[error("{path} is not a key this program wrote")]
    Key {
        /// The file.
        path: PathBuf,
    },
    /// There is a store but its key is gone: a new key would make the records unreadable for ever.
    #[error("{path} is missing although there are records sealed with it")]
    KeyLost {
        /// The file that is missing.
        path: PathBuf,
    },
    /// Another process works in this folder; two at once would fork the device's chain.
    #[error("another process is using {path}")]
    Busy {
        /// The folder.
        path: PathBuf,
    },
}

impl HomeError {
    /// The sentence with what to do next.
    pub fn message(&self) -> Message {
        match self {
            Self::File { path, cause } if cause.kind() == io::ErrorKind::StorageFull => {
                say::HomeDiskFull { path: path.display() }.say()
            }
            Self::File { path, cause } if cause.kind() == io::ErrorKind::PermissionDenied => {
                say::HomeNotPermitted { path: path.display() }.say()
            }
            Self::File { path, .. } => say::HomeFile { path: path.display() }.say(),
            Self::Key { path } => say::HomeKey { path: path.display() }.say(),
            Self::KeyLost { path } => say::HomeKeyLost { path: path.display() }.say(),
            Self::Busy { path } => say::HomeBusy { path: path.display() }.say(),
        }
    }
}

/// Where to reach the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Its address without a path, such as `https://daiban.example.gov.cn`.
    pub server: String,
    /// Certificates (PEM) to trust instead of the public authorities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
}

/// The folder, locked for this process.
#[derive(Debug)]
pub struct Home {
    folder: PathBuf,
    _lock: File,
}

impl Home {
    /// Opens the folder and makes it if it is new; waits up to five seconds for another process to finish.
    pub fn open(folder: &Path) -> Result<Home, HomeError> {
        private_folder(folder).map_err(|cause| HomeError::File { path: folder.to_owned(), cause })?;
        let path = folder.join(LOCK);
        let opened = private_file().create(true).truncate(false).open(&path);
        let lock = opened.map_err(|cause| HomeError::File { path: path.clone(), cause })?;
        for _ in 0..LOCK_TRIES {
            match lock.try_lock() {
                Ok(()) => return Ok(Home { folder: folder.to_owned(), _lock: lock }),
                Err(TryLockError::WouldBlock) => sleep(LOCK_PAUSE),
                Err(TryLockError::Error(cause)) => return Err(HomeError::File { path, cause }),
            }
        }
        Err(HomeError::Busy { path: folder.to_owned() })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The store's file.
    pub fn store_path(&self) -> PathBuf {
        self.folder.join(STORE)
    }

    /// The key that seals everything at rest; drawn at the first use.
    pub fn at_rest_key(&self) -> Result<[u8; 32], HomeError> {
        let path = self.folder.join(AT_REST);
        if let Some(text) = read(&path)? {
            let bytes = data_encoding::HEXLOWER.decode(text.trim().as_bytes()).ok();
            return bytes.and_then(|b| b.try_into().ok()).ok_or(HomeError::Key { path });
        }
        if self.store_path().exists() || self.folder.join(DEVICE).exists() {
            return Err(HomeError::KeyLost { path });
        }
        let key = random::bytes::<32>();
        write(&path, data_encoding::HEXLOWER.encode(&key).as_bytes())?;
        Ok(key)
    }

    /// The device's secret; drawn at the first use.
    pub fn device_secret(&self, at_rest: &[u8; 32]) -> Result<[u8; 32], HomeError> {
        let path = self.folder.join(DEVICE);
        let key = SealKey { id: KeyId(*b"daiban-field-dev"), key: at_rest.to_vec() };
        if let Some(text) = read(&path)? {
            let opened = serde_json::from_str::<Sealed>(&text).ok().and_then(|sealed| sealed.open(&key).ok());
            let secret = opened.and_then(|hex| data_encoding::HEXLOWER.decode(hex.as_bytes()).ok());
            return secret.and_then(|b| b.try_into().ok()).ok_or(HomeError::Key { path });
        }
        if self.store_path().exists() {
            return Err(HomeError::KeyLost { path });
        }
        let secret = random::bytes::<32>();
        let sealed = Sealed::seal(&data_encoding::HEXLOWER.encode(&secret), &key, random::bytes());
        let json = sealed.ok().and_then(|s| serde_json::to_vec(&s).ok()).ok_or(HomeError::Key { path: path.clone() })?;
        write(&path, &json)?;
        Ok(secret)
    }

    /// The connection, once enrolled.
    pub fn connection(&self) -> Result<Option<Connection>, HomeError> {
        let path = self.folder.join(CONNECTION);
        let Some(text) = read(&path)? else { return Ok(None) };
        let parsed = serde_json::from_str(&text);
        parsed.map(Some).map_err(|e| HomeError::File { path, cause: io::Error::new(io::ErrorKind::InvalidData, e) })
    }

    /// Keeps the connection.
    pub fn set_connection(&self, connection: &Connection) -> Result<(), HomeError> {
        let path = self.folder.join(CONNECTION);
        let json = serde_json::to_vec_pretty(connection)
            .map_err(|e| HomeError::File { path: path.clone(), cause: io::Error::new(io::ErrorKind::InvalidData, e) })?;
        write(&path, &json)
    }
}

fn read(path: &Path) -> Result<Option<String>, HomeError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(HomeError::File { path: path.to_owned(), cause }),
    }
}

/// Whole or not at all, readable by its owner only, durable before it is used.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), HomeError> {
    let written = || -> io::Result<()> {
        let fresh = path.with_extension("new");
        let mut file = private_file().create(true).truncate(true).open(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, path)?;
        File::open(folder_of(path))?.sync_all()
    };
    written().map_err(|cause| HomeError::File { path: path.to_owned(), cause })
}

/// The folder a file lies in; of a bare name the current one, whose path is empty.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes the folder, or closes one that was there to other users, and this program's files in it.
fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    close(folder)?;
    OURS.iter().map(|name| folder.join(name)).filter(|file| file.exists()).try_for_each(|file| close(&file))
}

/// Takes away what rights others have on something that is there.
#[cfg(unix)]
fn close(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 == 0 { Ok(()) } else { fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o700)) }
}

#[cfg(not(unix))]
fn close(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let unique = data_encoding::HEXLOWER.encode(&random::bytes::<8>());
        std::env::temp_dir().join(format!("daiban-home-{name}-{unique}"))
    }

    #[test]
    fn keys_are_made_once_and_are_private() {
        let folder = folder("keys");
        let home = Home::open(&folder).unwrap();
        let at_rest = home.at_rest_key().unwrap();
        let secret = home.device_secret(&at_rest).unwrap();
        assert_eq!(home.at_rest_key().unwrap(), at_rest);
        assert_eq!(home.device_secret(&at_rest).unwrap(), secret);
        #[cfg(unix)]
        for file in [AT_REST, DEVICE] {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(folder.join(file)).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(!fs::read_to_string(folder.join(DEVICE)).unwrap().contains(&data_encoding::HEXLOWER.encode(&secret)));
        fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_was_open_is_closed() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder("open");
        let files: Vec<_> = OURS.iter().map(|name| folder.join(name)).collect();
        fs::create_dir(&folder).unwrap();
        for path in files.iter().chain([&folder]) {
            if path != &folder {
                fs::write(path, "").unwrap();
            }
            fs::set_permissions(path, fs::Permissions::from_mode(if path == &folder { 0o755 } else { 0o644 })).unwrap();
        }
        Home::open(&folder).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert!(files.iter().all(|file| mode(file) == 0o600) && mode(&folder) == 0o700);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_bare_name_lies_in_the_current_folder() {
        assert_eq!(folder_of(Path::new("out.bin")), Path::new("."));
        assert_eq!(folder_of(Path::new("a/out.bin")), Path::new("a"));
        let name = format!("daiban-bare-{}.tmp", data_encoding::HEXLOWER.encode(&random::bytes::<8>()));
        write(Path::new(&name), b"content").unwrap();
        assert_eq!(fs::read(&name).unwrap(), b"content");
        fs::remove_file(name).unwrap();
    }

    #[test]
    fn a_lost_key_is_not_replaced() {
        let folder = folder("lost");
        let home = Home::open(&folder).unwrap();
        let at_rest = home.at_rest_key().unwrap();
        home.device_secret(&at_rest).unwrap();
        fs::remove_file(folder.join(AT_REST)).unwrap();
        assert!(matches!(home.at_rest_key(), Err(HomeError::KeyLost { .. })));
        fs::remove_dir_all(folder).unwrap();
    }
}
