//! A host made of memory: keys, clock, network, and a folder that goes away.

use daiban_core::ids::{DeviceId, PersonId, UnitId};
use daiban_core::people::Role;
use daiban_core::sync::enrol::{self, Answer, Challenge, Person, Request};
use daiban_ffi::{
    Clock, Engine, EngineError, EngineSettings, HostError, HttpRequest, HttpResponse, KeyStore, KeyStoreError, Transport,
    TransportError, UtcTime,
};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;

/// Runs an async call to its end.
pub fn run<T>(call: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(call)
}

/// One phone's surroundings.
pub struct Host {
    folder: PathBuf,
    pub keys: Arc<Keys>,
    pub clock: Arc<Moved>,
    pub network: Arc<Line>,
}

impl Host {
    pub fn new(name: &str) -> Host {
        let folder = std::env::temp_dir().join(format!("daiban-skin-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        Host { folder, keys: Arc::default(), clock: Arc::new(Moved(Mutex::new(1_795_392_000))), network: Arc::default() }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn open(&self) -> Result<Arc<Engine>, EngineError> {
        let settings = EngineSettings { data_dir: self.folder.to_string_lossy().into_owned() };
        Engine::open(settings, self.keys.clone(), self.network.clone(), self.clock.clone(), None)
    }

    pub fn reopen(&self, engine: Arc<Engine>) -> Arc<Engine> {
        engine.shut_down().unwrap();
        self.open().unwrap()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A key store that can be locked, emptied, or made to forget.
#[derive(Default)]
pub struct Keys {
    kept: Mutex<BTreeMap<String, Vec<u8>>>,
    locked: Mutex<bool>,
    forgets: Mutex<bool>,
}

impl Keys {
    pub fn all(&self) -> Vec<Vec<u8>> {
        self.kept.lock().unwrap().values().cloned().collect()
    }

    pub fn take(&self) -> BTreeMap<String, Vec<u8>> {
        std::mem::take(&mut *self.kept.lock().unwrap())
    }

    pub fn lock(&self) {
        *self.locked.lock().unwrap() = true;
    }

    pub fn forget(&self) {
        *self.forgets.lock().unwrap() = true;
    }

    pub fn give_back(&self, kept: BTreeMap<String, Vec<u8>>) {
        *self.kept.lock().unwrap() = kept;
        *self.locked.lock().unwrap() = false;
    }
}

impl KeyStore for Keys {
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, KeyStoreError> {
        if *self.locked.lock().unwrap() {
            return Err(KeyStoreError::Locked { reason: "the screen is locked".into() });
        }
        Ok(self.kept.lock().unwrap().get(&name).cloned())
    }

    fn save(&self, name: String, secret: Vec<u8>) -> Result<(), KeyStoreError> {
        if !*self.forgets.lock().unwrap() {
            self.kept.lock().unwrap().insert(name, secret);
        }
        Ok(())
    }
}

/// A clock that stands still until it is moved.
pub struct Moved(Mutex<i64>);

impl Moved {
    pub fn pass(&self, seconds: i64) {
        *self.0.lock().unwrap() += seconds;
    }
}

impl Clock for Moved {
    fn now(&self) -> Result<UtcTime, HostError> {
        Ok(UtcTime(*self.0.lock().unwrap()))
    }
}

/// What the network does.
#[derive(Clone, Default)]
pub enum Network {
    #[default]
    Off,
    Hangs,
    Enrols,
    Answers {
        status: i32,
        media_type: &'static str,
        body: Vec<u8>,
    },
}

/// The network.
#[derive(Default)]
pub struct Line {
    does: Mutex<Network>,
    asked: Notify,
}

impl Line {
    pub fn set(&self, does: Network) {
        *self.does.lock().unwrap() = does;
    }

    pub fn answers_enrolments(&self) {
        self.set(Network::Enrols);
    }

    /// Until a request has gone out since the last time somebody waited.
    pub async fn until_asked(&self) {
        self.asked.notified().await;
    }
}

#[async_trait::async_trait]
impl Transport for Line {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let does = self.does.lock().unwrap().clone();
        self.asked.notify_one();
        match does {
            Network::Off => Err(TransportError::Offline { reason: "no network".into() }),
            Network::Hangs => std::future::pending().await,
            Network::Enrols if request.url.ends_with(enrol::BEGIN_PATH) => Ok(answer(200, "application/json", challenge())),
            Network::Enrols => Ok(answer(200, "application/json", enrolment(&request))),
            Network::Answers { status, media_type, body } => Ok(answer(status, media_type, body)),
        }
    }
}

fn answer(status: i32, media_type: &str, body: Vec<u8>) -> HttpResponse {
    HttpResponse { status, headers: HashMap::from([("content-type".into(), media_type.into())]), body }
}

fn challenge() -> Vec<u8> {
    serde_json::to_vec(&Challenge { nonce: "22".repeat(32), server_public_key: "11".repeat(32) }).unwrap()
}

fn enrolment(request: &HttpRequest) -> Vec<u8> {
    let asked: Request = serde_json::from_slice(&request.body).unwrap();
    let (key, nonces) = asked.verify([0x22; 32], [0x11; 32]).unwrap();
    let person =
        Person { id: PersonId::from("zhang"), name: "张伟".into(), unit: UnitId::from("fengrong"), role: Role::UnitAgent };
    let answer = Answer {
        device: DeviceId::of(&key),
        confirmation: enrol::confirmation(&asked.code, &key, &nonces),
        server_public_key: "11".repeat(32),
        server_epoch: 1,
        person,
    };
    serde_json::to_vec(&answer).unwrap()
}
