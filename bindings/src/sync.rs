//! What a sync tells.

use crate::view::Notice;

/// After how many seconds it makes sense to try again when nobody said otherwise.
pub(crate) const RETRY_SECONDS: i64 = 30;

/// How a sync ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum SyncEnd {
    /// Nothing is left to send or to fetch.
    Done,
    /// The deadline came; call again to go on where it stopped.
    Deadline,
    /// Somebody cancelled; call again to go on where it stopped.
    Cancelled,
}

/// What a sync did. Whatever it says is durable.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SyncReport {
    /// How it ended.
    pub end: SyncEnd,
    /// Own records that the server took.
    pub sent: i64,
    /// Own records that still wait on this phone.
    pub left: i64,
    /// Rows of cases that came.
    pub received: i64,
    /// Round trips.
    pub rounds: i64,
    /// Bytes of the bodies sent.
    pub bytes_up: i64,
    /// Bytes of the bodies received.
    pub bytes_down: i64,
    /// To be shown: records that were refused or judged void, cases that came or went, a clock that is off.
    pub notices: Vec<Notice>,
}

/// How the sync stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct SyncStatus {
    /// One is going on.
    pub running: bool,
    /// Own records that the server took in the running or last sync.
    pub sent: i64,
    /// Own records that still waited at its last turn.
    pub left: i64,
    /// How the last one ended; absent before the first, and when it failed.
    pub last_end: Option<SyncEnd>,
    /// Why the last one failed, for the person.
    pub last_error_zh: Option<String>,
    /// The same as a stable code.
    pub last_error_code: Option<String>,
    /// The clock was off when the server was last heard from.
    pub clock_off: Option<Notice>,
}
