//! The running server in one value: time, settings, store, keys. Everything else is computed from these.

mod case_given;
mod directory;
mod folder;
mod group_given;
mod reference;
mod run_blocking;
pub(crate) mod seating;
mod seats;
mod time_guard;
mod titles;
mod tokens;

pub use case_given::CaseGiven;
pub(crate) use case_given::{CASE_PATTERN, said};
pub use directory::Directory;
pub(crate) use folder::{BACKUPS, LOCK_FILE};
pub use folder::{Folder, FolderError, Served};
pub use group_given::GroupGiven;
pub use reference::Reference;
pub(crate) use run_blocking::{Lane, aside_threads};
pub use seats::{ADMINISTRATOR, OFFICE};
pub use time_guard::ClockState;
pub(crate) use time_guard::KnownTime;
pub(crate) use titles::Titles;

use crate::body::Flight;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::sql::{cases, pack, settings};
use crate::db::{Address, Db, DbError, Node};
use crate::door::Attempts;
use crate::error::Problem;
use crate::ledger::Env;
use crate::pack::PackProblem;
use crate::planted::{Bug, Planted};
use daiban_core::calendar::local_date;
use daiban_core::ids::DeviceId;
use daiban_core::sync::{Signer, SoftwareKey};
use daiban_messages::say::server as say;
use daiban_messages::{Message, Say};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::sync::{Arc, RwLock};
use tokio::sync::{Notify, Semaphore, SemaphorePermit};

/// What handlers, jobs and commands share.
pub struct App {
    /// The time.
    pub clock: Clock,
    /// The settings.
    pub config: Config,
    /// The store.
    pub db: Db,
    /// The server's own key: signs time tokens and writes the facts that people command.
    pub key: SoftwareKey,
    /// Rises with every restore from a backup.
    pub epoch: u32,
    /// Names this installation.
    pub install: [u8; 16],
    /// Opens the office's pages and commands; 64 hex digits, from `office.token` in the data folder.
    pub office_token: String,
    pub(crate) folder: Folder,
    pub(crate) planted: Planted,
    /// Told after every commit that gave cases new rows.
    pub dirty: Notify,
    public_key: [u8; 32],
    reference: RwLock<Arc<Reference>>,
    tokens: tokens::Tokens,
    pub(crate) titles: Titles,
    /// The bodies of requests that are in memory.
    pub flight: Flight,
    time: time_guard::TimeGuard,
    gate: Semaphore,
    lanes: run_blocking::Lanes,
    /// One question about the store's health at a time, however often it is asked.
    pub(crate) probe: Arc<Semaphore>,
    /// Units that the last round which was let in was charged; tests hold them against what was sent.
    #[cfg(feature = "test-support")]
    pub units_spent: std::sync::atomic::AtomicU64,
    /// Enrolments that were refused at this node.
    pub(crate) attempts: Attempts,
}

/// Why a server cannot open its data.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder, its lock or its key files.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The pack it was started with: the server keeps the one it had.
    #[error(transparent)]
    Pack(#[from] PackProblem),
    /// A database is there, but the key of the server that wrote it is not: under another key no phone would believe it.
    #[error("there is a database, but {} is missing: copy it back from the old data folder", .0.display())]
    KeyLost(PathBuf),
    /// The database belongs to nodes with another key.
    #[error("this node's server.key is not the one of the nodes that share this database")]
    OtherKey,
}

impl OpenError {
    /// What is wrong, for whoever runs the server, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            OpenError::Folder(error) => error.message(),
            OpenError::Db(error) => error.message(),
            OpenError::Pack(problem) => problem.message(),
            OpenError::KeyLost(path) => say::KeyLost { path: path.display() }.say(),
            OpenError::OtherKey => say::KeyOther.say(),
        }
    }

    /// The sentence in Chinese.
    pub fn zh(&self) -> String {
        self.message().zh
    }
}

/// Whether a file is the database of a server that ran before. A shared database knows its key by itself.
fn in_use(address: &Address) -> Result<bool, DbError> {
    if !matches!(address, Address::File(_)) || address.is_new()? {
        return Ok(false);
    }
    let conn = address.read_only()?;
    let tables: i64 = conn.number("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'setting'", &[])?;
    Ok(tables > 0 && settings::get(&conn, settings::INSTALL_ID)?.is_some())
}

impl App {
    /// Opens a data folder, makes it at the first start, and holds its lock until the last clone is gone.
    pub fn open(config: Config, clock: Clock) -> Result<Arc<App>, OpenError> {
        App::open_planted(config, clock, Planted::default())
    }

    /// [`App::open`] with bugs.
    #[cfg(feature = "test-support")]
    pub fn open_with_bugs(config: Config, clock: Clock, bugs: &[Bug]) -> Result<Arc<App>, OpenError> {
        App::open_planted(config, clock, Planted::of(bugs))
    }

    fn open_planted(config: Config, clock: Clock, planted: Planted) -> Result<Arc<App>, OpenError> {
        let plan = config.pack.as_deref().map(crate::pack::read).transpose()?;
        let folder = Folder::open(&config.data)?;
        let address = config.address()?;
        if Folder::server_secret(folder.path())?.is_none() && in_use(&address)? {
            return Err(OpenError::KeyLost(folder.path().join(folder::SERVER_KEY)));
        }
        let secret = folder.secret(folder::SERVER_KEY)?;
        let office_token = folder.token(folder::OFFICE_TOKEN)?;
        let node = match &address {
            Address::File(_) => Node::ONLY,
            Address::Postgres(_) => Node::named(folder.node()?),
        };
        let db = Db::open_planted(&address, node, planted)?;
        if let Some(plan) = plan {
            // Where cases are, whoever starts the server looks first what would become of them.
            db.write_blocking(move |tx| if cases::list(tx)?.is_empty() { pack::keep(tx, &plan) } else { Ok(false) })?;
        }
        let (epoch, install) = db.write_blocking(|tx| settings::install(tx, crate::random::bytes))?;
        let now = clock.now();
        db.write_blocking(move |tx| seats::seed(tx, now))?;
        let key = SoftwareKey::from_secret(&secret);
        let public_key = key.public_key();
        if db.is_shared() {
            if db.write_blocking(move |tx| settings::first(tx, settings::SERVER_KEY, &public_key))? != public_key {
                return Err(OpenError::OtherKey);
            }
            let sum: [u8; 32] = Sha256::digest(office_token.as_bytes()).into();
            if db.write_blocking(move |tx| settings::exchange(tx, settings::OFFICE_TOKEN, &sum))?.is_some_and(|kept| kept != sum)
            {
                let said = say::TokenOther.say();
                tracing::warn!("{} · {}", said.zh, said.en);
            }
        }
        let time = time_guard::TimeGuard::open(&db, config.limits.clock_ahead_days)?;
        let reference = RwLock::new(Arc::new(db.read(|conn| Reference::read(conn, local_date(now)))?));
        Ok(Arc::new(App {
            clock,
            db,
            epoch,
            install,
            office_token,
            folder,
            planted,
            public_key,
            key,
            reference,
            dirty: Notify::new(),
            tokens: tokens::Tokens::default(),
            titles: Titles::default(),
            attempts: Attempts::default(),
            #[cfg(feature = "test-support")]
            units_spent: std::sync::atomic::AtomicU64::default(),
            time,
            probe: Arc::new(Semaphore::new(1)),
            flight: Flight::new(config.limits.bytes_in_flight),
            gate: Semaphore::new(config.limits.requests_at_once),
            lanes: run_blocking::Lanes::new(config.limits.requests_at_once),
            config,
        }))
    }

    /// The server's public key; phones pin it at enrolment.
    pub fn public_key(&self) -> [u8; 32] {
        self.public_key
    }

    /// The server as the sender of its own changes.
    pub fn device(&self) -> DeviceId {
        DeviceId::of(&self.public_key)
    }

    /// The data folder.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Now, Unix seconds.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// The server as the writer of a row, now.
    pub fn env(&self) -> Env {
        Env { now: self.now(), key: self.key.clone(), epoch: self.epoch }
    }

    /// A place among the requests worked on at once; held while the work lasts.
    pub(crate) fn enter(&self) -> Result<SemaphorePermit<'_>, Problem> {
        self.gate.try_acquire().map_err(|_| DbError::Busy.into())
    }

    /// Whether that bug was planted. Always `false` in a shipped build.
    pub fn planted(&self, bug: Bug) -> bool {
        self.planted.has(bug)
    }
}
