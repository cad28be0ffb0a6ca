//! The agent itself: opening, and saving in such a way that memory and store never part.

use super::request::{PendingRequest, Run};
use super::state::State;
use super::{AgentError, saved};
use crate::fact::SealKey;
use crate::store::{Batch, Store, StoreError};
use crate::sync::Signer;

/// The host's source of random bytes.
pub type HostEntropy = Box<dyn FnMut(&mut [u8]) + Send>;

/// The phone's engine. One per store.
pub struct Agent {
    pub(super) store: Box<dyn Store>,
    pub(super) signer: Box<dyn Signer + Send>,
    pub(super) entropy: HostEntropy,
    pub(super) state: State,
    /// A save failed and memory could not be read anew yet.
    pub(super) stale: bool,
    /// The request on its way.
    pub(super) pending: Option<PendingRequest>,
    /// The sync that is going on.
    pub(super) run: Run,
    /// Keys of values sealed since, waiting for the record that holds them.
    pub(super) loose_keys: Vec<SealKey>,
}

impl Agent {
    /// Opens a phone. `signer` holds the device's key (the platform's key store), `entropy` gives ids, keys and nonces.
    pub fn open(store: Box<dyn Store>, signer: Box<dyn Signer + Send>, entropy: HostEntropy) -> Result<Agent, AgentError> {
        let (state, made) = State::load(&*store)?;
        let (pending, run, loose_keys) = (None, Run::default(), Vec::new());
        let mut agent = Agent { store, signer, entropy, state, stale: false, pending, run, loose_keys };
        agent.cache(&made);
        Ok(agent)
    }

    /// Reads memory anew from the store, as after a restart: for a host whose thread broke off in the middle of a call. A request on
    /// its way is forgotten; the next sync composes it again.
    pub fn reload(&mut self) -> Result<(), AgentError> {
        (self.stale, self.pending, self.run) = (true, None, Run::default());
        Ok(self.refresh()?)
    }

    /// Looks through the whole store, which takes as long as it is large: call it when the phone is idle. An error means that the
    /// store found a corrupt place; opened again, it salvages.
    pub fn examine(&self) -> Result<(), AgentError> {
        Ok(self.store.examine()?)
    }

    /// Saves what was computed from the rows. If that fails it is computed again next time.
    fn cache(&mut self, made: &Batch) {
        if !made.is_empty() {
            let _ = self.store.commit(made, &mut *self.entropy);
        }
    }

    /// Fresh random bytes.
    pub(super) fn draw<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.entropy)(&mut bytes);
        bytes
    }

    /// Saves a batch before memory changes.
    pub(super) fn save(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.refresh()?;
        let saved = self.store.commit(batch, &mut *self.entropy);
        if saved.is_err() {
            // The commit may have reached the disk although it reported a failure.
            self.stale = true;
            let _ = self.refresh();
        }
        saved
    }

    /// Saves what memory already says; if that fails, memory is read anew.
    pub(super) fn settle(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.stale = true;
        self.store.commit(batch, &mut *self.entropy).inspect(|()| self.stale = false).inspect_err(|_| {
            let _ = self.refresh();
        })
    }

    /// Reads memory anew if a save failed before.
    pub(super) fn refresh(&mut self) -> Result<(), StoreError> {
        if self.stale {
            let (state, made) = State::load(&*self.store)?;
            self.state = state;
            self.stale = false;
            self.cache(&made);
        }
        Ok(())
    }

    /// Counts a request: durable before it leaves.
    pub(super) fn next_counter(&mut self) -> Result<u64, StoreError> {
        let counter = self.state.counter.saturating_add(1);
        let mut batch = Batch::default();
        saved::put(&mut batch, crate::store::Namespace::Meta, saved::meta::COUNTER, &counter);
        self.save(&batch)?;
        self.state.counter = counter;
        Ok(counter)
    }
}

impl std::fmt::Debug for Agent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Agent").field("identity", &self.state.identity).finish_non_exhaustive()
    }
}
