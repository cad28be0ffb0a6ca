//! What one sync did.

use daiban_core::sync::session::{Event, Progress};
use serde::Serialize;

/// The outcome of [`super::Field::sync`].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SyncSummary {
    /// HTTP exchanges that were answered.
    pub rounds: u32,
    /// Bytes of request bodies.
    pub bytes_up: u64,
    /// Bytes of answer bodies.
    pub bytes_down: u64,
    /// How many records were sent, and how many wait still.
    pub progress: Progress,
    /// What an agent should see, in the order it happened.
    pub events: Vec<Event>,
}

impl SyncSummary {
    pub(super) fn take(&mut self, events: Vec<Event>, progress: Progress) {
        self.events.extend(events);
        self.progress = progress;
    }

    pub(super) fn count(&mut self, up: usize, down: usize) {
        self.rounds += 1;
        self.bytes_up += up as u64;
        self.bytes_down += down as u64;
    }
}
