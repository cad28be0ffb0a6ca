//! A bundle: work carried by chat, cable or another phone, without any network.
//!
//! The open form, for members of the case and for the office: signed statements with their changes. A carrier can show what it
//! carries and relays it with its own sync; it never applies it, the server admits it like any other work. Keys of sealed values
//! are not in it. Bytes: the magic, SHA-256 of the rest, the rest as deflated CBOR ([`super::envelope`]).

use super::bounds::stored_max;
use super::envelope::{EnvelopeError, pack_as, pack_plain_as, unpack_as};
use super::signature::SignError;
use super::statement::Statement;
use super::wire::CarriedBatch;
use crate::admit::{self, Checked, Refusal};
use crate::ids::{ActorId, DeviceId};
use crate::limits::{STORED_BYTES_EACH, SYNC_CHANGES_MAX};
use daiban_messages::say::sync as say;
use daiban_messages::{Message, Say};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Where the office or a carrier may post a bundle as it is.
pub const PATH: &str = "/v1/bundle";
/// The first bytes of every bundle.
pub const MAGIC: &[u8; 16] = b"DAIBAN-BUNDLE-1\n";
/// The version of what is in a bundle: a file that was made before the app was updated is read as ever.
const VERSION: u8 = 1;
/// A bundle's content, inflated: three months of a busy agent.
pub const BYTES_MAX: usize = 16 * 1024 * 1024;

/// What is in a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// When it was made, Unix seconds, by the author's phone.
    pub made_at: i64,
    /// One per case and chain.
    pub batches: Vec<CarriedBatch>,
}

/// A bundle that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// Not a bundle.
    #[error("not a bundle")]
    NotABundle,
    /// Cut off or damaged on its way.
    #[error("the bundle is damaged: its checksum does not match")]
    Damaged,
    /// Whole, but not readable by this version.
    #[error("the bundle cannot be read: {0}")]
    Unreadable(#[from] EnvelopeError),
    /// A statement that its author did not sign, or that does not stand for these changes.
    #[error("a batch is not its author's: {0}")]
    Signature(#[from] SignError),
    /// A change in it is no record.
    #[error("a change in it is no record: {0}")]
    Change(Refusal),
    /// There is nothing to carry.
    #[error("there is nothing to carry")]
    Empty,
}

impl BundleError {
    /// The stable name.
    pub fn code(&self) -> &'static str {
        match self {
            BundleError::NotABundle => "bundle_not",
            BundleError::Damaged => "bundle_damaged",
            BundleError::Unreadable(_) => "bundle_unreadable",
            BundleError::Signature(_) => "bundle_signature",
            BundleError::Change(_) => "bundle_change",
            BundleError::Empty => "bundle_empty",
        }
    }

    /// What is wrong, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            BundleError::NotABundle => say::BundleNot.say(),
            BundleError::Damaged => say::BundleDamaged.say(),
            BundleError::Unreadable(_) => say::BundleUnreadable.say(),
            BundleError::Signature(_) => say::BundleSignature.say(),
            BundleError::Change(_) => say::BundleChange.say(),
            BundleError::Empty => say::BundleEmpty.say(),
        }
    }
}

impl Bundle {
    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let packed = pack_as(VERSION, self);
        let content = if self.stored() <= stored_max(packed.len()) { packed } else { pack_plain_as(VERSION, self) };
        [&MAGIC[..], &Sha256::digest(&content), &content].concat()
    }

    /// Reads a file; says nothing yet of who signed what, see [`open_batch`].
    pub fn from_bytes(file: &[u8]) -> Result<Bundle, BundleError> {
        Bundle::counted(file).map(|(bundle, _)| bundle)
    }

    /// What its changes take on the server's disk, as they came, bytes.
    pub fn stored(&self) -> usize {
        let batch = |batch: &CarriedBatch| {
            let one = |sum: usize, change: &serde_bytes::ByteBuf| sum.saturating_add(change.len() + STORED_BYTES_EACH);
            batch.changes.iter().fold(STORED_BYTES_EACH, one)
        };
        self.batches.iter().map(batch).fold(0, usize::saturating_add)
    }

    /// [`Bundle::from_bytes`], with how many bytes it was, inflated.
    pub fn counted(file: &[u8]) -> Result<(Bundle, usize), BundleError> {
        let rest = file.strip_prefix(&MAGIC[..]).ok_or(BundleError::NotABundle)?;
        let (sum, content) = rest.split_at_checked(32).ok_or(BundleError::Damaged)?;
        if Sha256::digest(content)[..] != *sum {
            return Err(BundleError::Damaged);
        }
        Ok(unpack_as(VERSION, content, BYTES_MAX)?)
    }
}

/// Verifies a carried batch without its history: the author's signature, the statement against the last change, every change as
/// a record that stands on the one before.
pub fn open_batch(batch: &CarriedBatch) -> Result<(Statement, Vec<Checked>), BundleError> {
    let key: [u8; 32] = batch.public_key.as_slice().try_into().map_err(|_| SignError::Invalid)?;
    let statement: Statement = ciborium::from_reader(&batch.statement[..]).map_err(|_| SignError::Invalid)?;
    if statement.device != DeviceId::of(&key) || batch.changes.len() > SYNC_CHANGES_MAX {
        return Err(SignError::Invalid.into());
    }
    statement.verify(&key, &batch.signature)?;
    let actor = ActorId::derive(&key, statement.case, statement.epoch);
    let checked =
        batch.changes.iter().map(|c| admit::check(c, actor)).collect::<Result<Vec<_>, _>>().map_err(BundleError::Change)?;
    let linked = checked.windows(2).all(|w| matches!(w, [a, b] if b.dep == a.hash && b.seq == a.seq.saturating_add(1)));
    let tip = checked.last().is_some_and(|c| c.hash == statement.tip_hash && c.seq == statement.tip_seq);
    if linked && tip { Ok((statement, checked)) } else { Err(SignError::Invalid.into()) }
}
