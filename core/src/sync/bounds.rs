//! How much a request may hold, told once for the phone that makes it and the server that takes it.

use super::envelope::{pack_plain, pack_tight};
use super::wire::{CarriedBatch, Place, SyncRequest};
use crate::limits::*;
use serde_bytes::ByteBuf;

/// A list or a field of a request that is longer than any phone makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BoundError {
    /// Too many changes, batches, keys or cursors at once.
    #[error("more at once than the limits of one round: {0}")]
    TooMany(&'static str),
    /// One field is too long.
    #[error("the field is longer than it can be: {0}")]
    TooLong(&'static str),
    /// So few bytes must not become so many on the server's disk: it is to be sent in smaller pages or less compressed.
    #[error("what was sent would become too much more on the disk")]
    TooDense,
}

/// Counts every list and measures every field.
pub fn bound(request: &SyncRequest, sent: usize) -> Result<(), BoundError> {
    let few = |what, count: usize, most: usize| if count > most { Err(BoundError::TooMany(what)) } else { Ok(()) };
    let short = |what, length: usize, most: usize| if length > most { Err(BoundError::TooLong(what)) } else { Ok(()) };
    few("batches", request.batches.len().saturating_add(request.carried.len()), SYNC_CHANGES_MAX)?;
    few("changes", changes(request).count(), SYNC_CHANGES_MAX)?;
    few("keys", request.batches.iter().map(|batch| batch.keys.len()).sum(), SYNC_KEYS_MAX)?;
    short("token", request.token.as_ref().map_or(0, |token| token.len()), TOKEN_BYTES_MAX)?;
    short("calendar", request.calendar.len(), EDITIONS_NAME_BYTES_MAX)?;
    short("names", request.names.as_ref().map_or(0, |held| held.offered.len()), DIGEST_BYTES)?;
    match &request.place {
        Place::Digest(digest) => short("place", digest.len(), DIGEST_BYTES)?,
        Place::Changed(digest, cursors) => {
            short("place", digest.len(), DIGEST_BYTES)?;
            few("cursors", cursors.len(), 2 * DEVICE_CASES_MAX)?;
        }
        Place::Cursors(cursors) => few("cursors", cursors.len(), 2 * DEVICE_CASES_MAX)?,
    }
    for batch in &request.batches {
        short("signature", batch.signature.len(), SIGNATURE_BYTES_MAX)?;
        batch.keys.iter().try_for_each(|key| short("key", key.key.len(), SEAL_KEY_BYTES))?;
    }
    request.carried.iter().try_for_each(bound_carried)?;
    if stored(request) > stored_max(sent) { Err(BoundError::TooDense) } else { Ok(()) }
}

/// Measures every field of a carried batch.
pub fn bound_carried(batch: &CarriedBatch) -> Result<(), BoundError> {
    let fields = [
        ("public_key", batch.public_key.len(), PUBLIC_KEY_BYTES_MAX),
        ("statement", batch.statement.len(), STATEMENT_BYTES_MAX),
        ("signature", batch.signature.len(), SIGNATURE_BYTES_MAX),
    ];
    let long = fields.into_iter().find(|(_, length, most)| length > most);
    long.map_or(Ok(()), |(what, ..)| Err(BoundError::TooLong(what)))
}

fn changes(request: &SyncRequest) -> impl Iterator<Item = &ByteBuf> {
    let own = request.batches.iter().flat_map(|batch| &batch.changes);
    own.chain(request.carried.iter().flat_map(|batch| &batch.changes))
}

/// What the changes of a request take on the server's disk, as they came, bytes.
pub fn stored(request: &SyncRequest) -> usize {
    let batches = request.batches.len().saturating_add(request.carried.len());
    let bytes = changes(request).fold(0, |sum: usize, change| sum.saturating_add(change.len() + STORED_BYTES_EACH));
    bytes.saturating_add(batches.saturating_mul(STORED_BYTES_EACH))
}

/// What a message of so many bytes may take there.
pub fn stored_max(sent: usize) -> usize {
    sent.saturating_mul(STORED_BYTES_PER_SENT).saturating_add(STORED_BYTES_FREE)
}

/// Writes a request. Where compression makes so little of it that the server would suspect a trick, it goes as it is.
pub fn pack_request(request: &SyncRequest) -> Vec<u8> {
    let packed = pack_tight(request);
    if stored(request) <= stored_max(packed.len()) { packed } else { pack_plain(request) }
}
