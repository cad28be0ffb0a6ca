//! Case rows and their hash chain.
//!
//! Row n's link is SHA-256 over the label, link n−1 and the row's content. Phones keep the last link they saw: a server whose
//! history does not extend it has been rewritten.

use super::verdict::RawVerdict;
use super::{RawRow, Verdict, raw};
use crate::fact::Ruling;
use crate::ids::{ActorId, CaseId, Chain, ChangeHash, DeviceId, PersonId};
use crate::people::RosterEntry;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sha2::{Digest, Sha256};

const LABEL: &[u8] = b"daiban-chain-1";

/// Who sent a change: pinned in the row, so that the attribution is chained too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The device whose signature covers the chain; for commands the server's own.
    pub device: DeviceId,
    /// The person the device belonged to, or who gave the command.
    pub person: PersonId,
}

/// What a row holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// A change, as its author composed it (raw, uncompressed chunk).
    Change {
        /// The chunk.
        bytes: ByteBuf,
        /// Its hash.
        hash: ChangeHash,
        /// Its chain.
        actor: ActorId,
        /// Its place in that chain.
        seq: u64,
        /// Who sent it.
        author: Author,
    },
    /// The same without the bytes, for the device that sent them in this very round.
    Own {
        /// Its hash.
        hash: ChangeHash,
        /// Its chain.
        actor: ActorId,
        /// Its place in that chain.
        seq: u64,
        /// Who sent it.
        author: Author,
    },
    /// The office decided something.
    Ruling(Ruling),
    /// Somebody joined, changed role or left.
    Roster(RosterEntry),
    /// 待识别: what a later version wrote and this one does not understand.
    #[serde(skip)]
    Later {
        /// [`super::RawRow::sort`].
        sort: u8,
        /// [`super::RawRow::payload`].
        payload: ByteBuf,
    },
}

/// One row of a case. It travels and is stored as a [`super::RawRow`]; until protocol 3 phones stored it as it is here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// 1, 2, 3 … without gaps.
    pub sequence: u64,
    /// What it holds.
    pub entry: Entry,
    /// 到达: when the server received it, Unix seconds.
    pub received_at: i64,
    /// Its verdict.
    pub verdict: Verdict,
    /// Link of the case's hash chain.
    pub chain: Chain,
}

/// A phone's place in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cursor {
    /// Rises when the server was restored from a backup.
    pub server_epoch: u32,
    /// The last row the phone holds; 0 = none.
    pub sequence: u64,
    /// That row's link.
    pub chain: Chain,
}

/// What a link covers, in a fixed order; CBOR array of these.
#[derive(Serialize)]
struct Linked<'a>(u8, CaseId, u64, &'a serde_bytes::Bytes, i64, &'a str, &'a str, i64, bool);

impl Row {
    /// The link before the first row of a case.
    pub fn chain_start(case: CaseId) -> Chain {
        Chain(Sha256::new().chain_update(LABEL).chain_update(case.0).finalize().into())
    }

    /// Makes the next row of a case after `previous`.
    pub fn next(case: CaseId, sequence: u64, previous: Chain, entry: Entry, received_at: i64, verdict: Verdict) -> Row {
        let chain = entry_link(case, sequence, previous, &entry, received_at, &verdict);
        Row { sequence, entry, received_at, verdict, chain }
    }

    /// Whether this row's link follows from `previous`.
    pub fn follows(&self, case: CaseId, previous: Chain) -> bool {
        self.chain == entry_link(case, self.sequence, previous, &self.entry, self.received_at, &self.verdict)
    }
}

fn entry_link(case: CaseId, sequence: u64, previous: Chain, entry: &Entry, received_at: i64, verdict: &Verdict) -> Chain {
    let (sort, payload) = entry.payload();
    link(case, sequence, previous, (sort, &payload), received_at, &RawVerdict::from(verdict))
}

/// Algorithm 1: SHA-256 over label ‖ previous link ‖ CBOR of the row's content.
pub(super) fn link(
    case: CaseId,
    sequence: u64,
    previous: Chain,
    (sort, payload): (u8, &[u8]),
    received_at: i64,
    verdict: &RawVerdict,
) -> Chain {
    let digest = digest(sort, payload);
    let linked = Linked(
        1,
        case,
        sequence,
        serde_bytes::Bytes::new(&digest),
        received_at,
        &verdict.code,
        verdict.reason.as_deref().unwrap_or_default(),
        verdict.effective_at,
        verdict.clock_doubtful,
    );
    Chain(Sha256::new().chain_update(LABEL).chain_update(previous.0).chain_update(cbor(&linked)).finalize().into())
}

fn digest(sort: u8, payload: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update([sort]).chain_update(payload).finalize().into()
}

impl Entry {
    /// SHA-256 of the content, with a byte in front that tells its sort. `Change` and `Own` of one change are equal.
    pub fn digest(&self) -> [u8; 32] {
        let (sort, payload) = self.payload();
        digest(sort, &payload)
    }

    /// Its sort, and what of it the link covers.
    pub(super) fn payload(&self) -> (u8, ByteBuf) {
        match self {
            Entry::Change { hash, author, .. } | Entry::Own { hash, author, .. } => {
                (raw::CHANGE, RawRow::change_payload(hash, author))
            }
            Entry::Ruling(ruling) => (raw::RULING, cbor(ruling).into()),
            Entry::Roster(entry) => (raw::ROSTER, cbor(entry).into()),
            Entry::Later { sort, payload } => (*sort, payload.clone()),
        }
    }

    /// The change's hash, if this is one.
    pub fn hash(&self) -> Option<ChangeHash> {
        match self {
            Entry::Change { hash, .. } | Entry::Own { hash, .. } => Some(*hash),
            _ => None,
        }
    }
}

/// CBOR of a value whose serialisation cannot fail: writing into memory, plain derived types.
pub(crate) fn cbor<T: Serialize>(value: &T) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    let written = ciborium::into_writer(value, &mut out);
    debug_assert!(written.is_ok(), "derived types serialise");
    out
}
