//! The engine: one per process, held by the app, closed in tests. Calls may come from any thread.

mod acts;
mod bundles;
mod exchange;
mod keys;
mod open;
mod screens;

pub use open::{EngineSettings, VersionInfo, engine_version};

use crate::error::EngineError;
use crate::event::{EventKind, Hub};
use crate::host::{Clock, LogLevel, LogSink, Transport};
use crate::sync::SyncStatus;
use daiban_core::agent::Agent;
use daiban_core::ids::CaseId;
use daiban_core::limits::TIME_SECONDS_MAX;
use daiban_core::store::Salvage;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The whole phone engine: cases, records, duties, sync. See `bindings/README.md` for an example per call.
#[derive(uniffi::Object)]
pub struct Engine {
    pub(crate) desk: Arc<EngineInner>,
    /// One sync at a time; a second waits for its turn.
    turn: tokio::sync::Mutex<()>,
}

/// What every call works on.
pub(crate) struct EngineInner {
    agent: Mutex<Option<Agent>>,
    pub hub: Arc<Hub>,
    pub transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
    log: Option<Arc<dyn LogSink>>,
    pub salvage: Option<Salvage>,
    pub status: Mutex<SyncStatus>,
    /// Rises when somebody cancels.
    pub stop: tokio::sync::watch::Sender<u64>,
}

impl EngineInner {
    /// Works with the engine's memory; no foreign code runs inside. After a panic memory is read anew from the store first.
    pub fn with<T>(&self, work: impl FnOnce(&mut Agent) -> Result<T, EngineError>) -> Result<T, EngineError> {
        let mut held = match self.agent.lock() {
            Ok(held) => held,
            Err(poisoned) => {
                let mut held = poisoned.into_inner();
                if let Some(agent) = held.as_mut() {
                    agent.reload()?;
                }
                self.agent.clear_poison();
                held
            }
        };
        work(held.as_mut().ok_or_else(EngineError::closed)?)
    }

    /// What the host's clock says, Unix seconds. A clock that is beyond all reason is taken for its nearest sane moment: what is
    /// recorded then is kept, and marked 时间存疑 by the server.
    pub fn now(&self) -> Result<i64, EngineError> {
        Ok(self.clock.now()?.0.clamp(0, TIME_SECONDS_MAX))
    }

    /// One line of the log; a sink that fails is left alone.
    pub fn log(&self, level: LogLevel, target: &str, message: impl FnOnce() -> String) {
        if let Some(sink) = &self.log {
            let _ = sink.log(level, target.to_owned(), message());
        }
    }

    /// Logs a failure by its code and hands it on.
    pub fn failed(&self, target: &str, error: EngineError) -> EngineError {
        self.log(LogLevel::Warn, target, || error.code().to_owned());
        error
    }

    /// A case changed, and with it the list.
    pub fn tell_case(&self, case: CaseId) {
        self.hub.tell(EventKind::Case, Some(case));
        self.hub.tell(EventKind::Overview, None);
    }

    /// How the sync stands.
    pub fn status(&self) -> MutexGuard<'_, SyncStatus> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[uniffi::export]
impl Engine {
    /// Ends the engine: running syncs are cancelled, observers hear nothing more, the store is closed. Later calls say
    /// [`EngineError::Closed`]. Everything recorded is durable already.
    pub fn shut_down(&self) -> Result<(), EngineError> {
        self.desk.stop.send_modify(|n| *n = n.wrapping_add(1));
        self.desk.hub.close();
        // A poisoned lock closes like any other: the store holds the truth.
        let agent = self.desk.agent.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(agent);
        Ok(())
    }

    /// Breaks on purpose while it holds the engine's memory: to try how an app reports a defect. Nothing is lost, and the next call
    /// works again.
    #[allow(clippy::panic)]
    pub fn diagnostic_panic(&self) -> Result<(), EngineError> {
        self.desk.with(|_: &mut Agent| -> Result<(), EngineError> { panic!("diagnostic panic") })
    }

    /// Checks the whole store, every page and every seal; for a quiet moment (charging, Wi-Fi). What is corrupt is set aside and
    /// salvaged when the engine is opened the next time.
    pub fn examine(&self) -> Result<(), EngineError> {
        self.desk.with(|agent| agent.examine().map_err(EngineError::from))
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.desk.hub.close();
    }
}
