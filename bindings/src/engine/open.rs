//! Opening: keys, store, memory.

use super::keys::secrets;
use super::{Engine, EngineInner};
use crate::error::EngineError;
use crate::event::Hub;
use crate::host::{Clock, KeyStore, LogLevel, LogSink, Transport};
use crate::sync::SyncStatus;
use daiban_core::agent::{Agent, HostEntropy};
use daiban_core::fact::table::KINDS_VERSION;
use daiban_core::store::{SqliteStore, StoreError};
use daiban_core::sync::{PROTOCOL_VERSION, SoftwareKey};
use daiban_messages::Say;
use daiban_messages::say::bindings::FolderMissing;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The store's file within the data folder.
const STORE: &str = "daiban.sqlite";

/// Where the engine lives.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct EngineSettings {
    /// An absolute folder of the app's own that no backup copies: Android `noBackupFilesDir`, iOS Application Support with
    /// `NSFileProtectionCompleteUntilFirstUserAuthentication`.
    pub data_dir: String,
}

/// What this library speaks.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct VersionInfo {
    /// The library.
    pub version: String,
    /// The sync protocol: the first byte of every message; a server that does not speak it says so
    /// ([`EngineError::UpdateApp`], `unsupported_version`).
    pub protocol: i32,
    /// The table of kinds: records of a later one are kept and shown as 待识别.
    pub kinds: i32,
    /// The store's schema: a file of a later one is left alone ([`EngineError::UpdateApp`], `store_newer`).
    pub store_schema: i32,
}

/// What this library speaks, before anything is opened.
#[uniffi::export]
pub fn engine_version() -> Result<VersionInfo, EngineError> {
    Ok(VersionInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        protocol: PROTOCOL_VERSION.into(),
        kinds: KINDS_VERSION.cast_signed(),
        store_schema: i32::try_from(daiban_core::store::VERSION).unwrap_or(i32::MAX),
    })
}

#[uniffi::export]
impl Engine {
    /// Opens the phone's store, or makes it. Keep one engine per process; a second one on the same folder is told
    /// `store_locked`. A corrupt store is set aside and salvaged, and [`crate::Overview::notices`] says so.
    #[uniffi::constructor]
    pub fn open(
        settings: EngineSettings,
        key_store: Arc<dyn KeyStore>,
        transport: Arc<dyn Transport>,
        clock: Arc<dyn Clock>,
        log: Option<Arc<dyn LogSink>>,
    ) -> Result<Arc<Engine>, EngineError> {
        let folder = folder(&settings.data_dir)?;
        let path = folder.join(STORE);
        let secrets = secrets(&*key_store, &path)?;
        let (store, salvage) = SqliteStore::open(&path, &secrets.at_rest, &mut *entropy())?;
        let signer = Box::new(SoftwareKey::from_secret(&secrets.device));
        let agent = Agent::open(Box::new(store), signer, entropy())?;
        let desk = EngineInner {
            agent: Mutex::new(Some(agent)),
            hub: Arc::new(Hub::default()),
            transport,
            clock,
            log,
            salvage,
            status: Mutex::new(SyncStatus::default()),
            stop: tokio::sync::watch::Sender::new(0),
        };
        let level = if desk.salvage.is_some() { LogLevel::Error } else { LogLevel::Info };
        desk.log(level, "open", || if desk.salvage.is_some() { "salvaged".to_owned() } else { "opened".to_owned() });
        Ok(Arc::new(Engine { desk: Arc::new(desk), turn: tokio::sync::Mutex::new(()) }))
    }
}

fn folder(given: &str) -> Result<PathBuf, EngineError> {
    let folder = Path::new(given);
    if !folder.is_absolute() {
        let zh = FolderMissing.say().zh;
        return Err(EngineError::invalid("data_dir", Some("data_dir"), zh, "data_dir must be an absolute path"));
    }
    std::fs::create_dir_all(folder).map_err(|error| match error.kind() {
        std::io::ErrorKind::StorageFull => StoreError::Full,
        _ => StoreError::Broken(error.to_string()),
    })?;
    Ok(folder.to_owned())
}

/// The operating system's randomness. If there is none, the panic is an `InternalException` for the caller and nothing is written.
#[allow(clippy::expect_used)]
fn entropy() -> HostEntropy {
    Box::new(|bytes| getrandom::fill(bytes).expect("the operating system gives random bytes"))
}
