//! What a phone says that it still holds: told when its holder leaves (R133).

use crate::auth::device::Asking;
use crate::db::sql::devices;
use crate::db::{DbError, Transaction};
use daiban_core::sync::wire::{BatchOutcome, Outcome, SyncRequest};

/// How many records a request leaves behind; `None` if it does not say.
pub(super) fn said(request: &SyncRequest) -> Option<u32> {
    (request.nothing_unsent || request.unsent > 0).then_some(request.unsent)
}

/// Keeps it, with what of the request itself was not taken.
pub(super) fn keep(tx: &Transaction<'_>, asking: &Asking, own: &[BatchOutcome]) -> Result<(), DbError> {
    let here = |outcome: &Outcome| matches!(outcome, Outcome::Accepted { .. } | Outcome::Known { .. } | Outcome::Refused { .. });
    let again = own.iter().flat_map(|batch| &batch.changes).filter(|outcome| !here(outcome)).count();
    let unsent = asking.says_unsent.map(|said| said.saturating_add(u32::try_from(again).unwrap_or(u32::MAX)));
    if unsent == asking.unsent { Ok(()) } else { devices::set_unsent(tx, asking.device, unsent) }
}
