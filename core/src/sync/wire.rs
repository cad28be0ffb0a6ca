//! The messages of `POST /v1/sync`.

use super::names::HeldNames;
use crate::calendar::Calendar;
use crate::case::{Cursor, RawRow, Verdict};
use crate::fact::SealKey;
use crate::ids::{CaseId, ChangeHash};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sha2::{Digest, Sha256};

/// One round, phone to server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyncRequest {
    /// The time token that the batches' statements name: the oldest that one of their records was recorded under; without own records
    /// the newest the phone holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<ByteBuf>,
    /// `token` is the newest this phone holds, and when the request was made nothing waited to be sent but what is in it: whatever
    /// comes after it was recorded under that token or a newer one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nothing_unsent: bool,
    /// How many records waited to be sent when the request was made, besides what is in it. 0 says nothing unless `nothing_unsent`: phones
    /// of before never said it.
    #[serde(default, skip_serializing_if = "is_none_unsent")]
    pub unsent: u32,
    /// What the phone's clock says, Unix seconds; the server measures its error.
    pub phone_now: i64,
    /// The version of the phone's table of kinds.
    pub kinds_version: u32,
    /// Which calendar editions it holds, see [`editions_version`].
    pub calendar: String,
    /// The number of its newest policy.
    pub policy: u32,
    /// Which pack it holds, by [`crate::plan::Plan::hash`]; absent = the one of its own version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// New work, per case in chain order.
    pub batches: Vec<Batch>,
    /// Other devices' work that this phone carries by hand ([`super::bundle`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<CarriedBatch>,
    /// What the answer's rows may weigh before packing, bytes: a weak line asks for little at once. One row always comes; absent =
    /// [`crate::limits::SYNC_PAGE_BYTES_MAX`], which is also the most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_bytes: Option<u32>,
    /// The phone can make the changes that wait on it again: its own rows may come without their bytes, whichever round brought them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub holds_own: bool,
    /// Which names it holds; without that it is told none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<HeldNames>,
    /// Where the phone stands.
    pub place: Place,
}

fn is_none_unsent(unsent: &u32) -> bool {
    *unsent == 0
}

/// New changes of one chain, sent by anybody: the author's signed statement stands for them, whoever carries them.
///
/// Keys of sealed values never travel with a carrier; the author's phone sends them when it comes back itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedBatch {
    /// The author's public key; the statement's device is its hash.
    #[serde(with = "serde_bytes")]
    pub public_key: Vec<u8>,
    /// CBOR of the [`super::Statement`] over the last change.
    pub statement: ByteBuf,
    /// The author's signature over that statement.
    pub signature: ByteBuf,
    /// Raw chunks, in chain order; the last is the statement's tip.
    pub changes: Vec<ByteBuf>,
}

/// New changes of one chain in one case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// The case.
    pub case: CaseId,
    /// Which of the device's chains.
    pub epoch: u32,
    /// Raw chunks, in chain order.
    pub changes: Vec<ByteBuf>,
    /// Signature over the [`super::Statement`] of the last change, with the request's token.
    pub signature: ByteBuf,
    /// Keys of the sealed values in these changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<SealKey>,
}

/// Where the phone stands in its cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A digest of all cursors ([`digest`]): enough when nothing changed.
    Digest(ByteBuf),
    /// When this round brings work to a few cases: their cursors (those it has any of), and the digest of all others. If that
    /// does not match, the others' rows wait for a round with [`Place::Cursors`].
    Changed(ByteBuf, Vec<(CaseId, Cursor)>),
    /// Every cursor.
    Cursors(Vec<(CaseId, Cursor)>),
}

/// Digest of a set of cursors, independent of their order.
pub fn digest(cursors: &[(CaseId, Cursor)]) -> [u8; 32] {
    let mut sorted: Vec<_> = cursors.iter().collect();
    sorted.sort_by_key(|(case, _)| *case);
    let mut hash = Sha256::new().chain_update(b"daiban-cursors-1");
    for (case, cursor) in sorted {
        hash.update(case.0);
        hash.update(cursor.server_epoch.to_be_bytes());
        hash.update(cursor.sequence.to_be_bytes());
        hash.update(cursor.chain.0);
    }
    hash.finalize().into()
}

/// One round, server to phone. Nothing in it was said before it was durable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyncAnswer {
    /// A fresh time token.
    pub token: ByteBuf,
    /// The server's time, Unix seconds.
    pub now: i64,
    /// The server's epoch.
    pub server_epoch: u32,
    /// What became of each batch, in the request's order.
    pub outcomes: Vec<BatchOutcome>,
    /// What became of each carried batch, in the request's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<BatchOutcome>,
    /// The digest did not match: send cursors.
    pub need_cursors: bool,
    /// Rows the phone lacks.
    pub cases: Vec<CasePage>,
    /// Cases the phone no longer holds; purge after their outbox is delivered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<CaseId>,
    /// Every calendar edition that was imported, in order, if the phone does not hold the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub editions: Option<Vec<Dated>>,
    /// Every policy that was decided, in order, if the phone does not hold the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policies: Option<Vec<Dated>>,
    /// The district's pack as JSON, if the phone holds another one; empty for the one of the phone's own version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// The server's duties of the cases in `cases`, for phones with an older table of kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub duties: Vec<ShownDuties>,
    /// Stretches in which the server's clock was wrong, as the office declared: first and last instant, Unix seconds by that clock.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clock_wrong: Vec<(i64, i64)>,
    /// Names that are new to the phone: CBOR of a [`super::names::NamesPart`], so that it is read by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<ByteBuf>,
    /// More rows wait: come again at once.
    pub more: bool,
}

/// What a case owes, as the server shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownDuties {
    /// The case.
    pub case: CaseId,
    /// JSON of one [`crate::rules::ShownDuty`] each, so that each is read by itself.
    pub duties: Vec<String>,
}

/// A calendar edition or a policy, and since when it has been in force: duties remember what held before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// Unix seconds, by the server's clock.
    pub since: i64,
    /// The edition or policy.
    pub json: String,
}

/// Names the editions held: the calendar they add up to, and how many imports led there.
pub fn editions_version(calendar: &Calendar, imports: usize) -> String {
    format!("{}/{imports}", calendar.version())
}

/// What became of one batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BatchOutcome {
    /// The case.
    pub case: CaseId,
    /// One outcome per change, in order. After the first refusal the rest are [`Outcome::Blocked`].
    pub changes: Vec<Outcome>,
}

/// What became of one change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Durable, with its number and verdict.
    Accepted {
        /// The change.
        hash: ChangeHash,
        /// Its row.
        sequence: u64,
        /// Its verdict.
        verdict: Verdict,
    },
    /// Was here already.
    Known {
        /// The change.
        hash: ChangeHash,
        /// Its row.
        sequence: u64,
        /// Its verdict.
        verdict: Verdict,
    },
    /// Refused; its bytes are in quarantine under that number.
    Refused {
        /// [`crate::admit::Refusal`] code, or `signature`, `never_member`.
        code: String,
        /// Number in the quarantine list.
        quarantine: i64,
    },
    /// Not taken now, because this day's work of its device or person is done: it stays on the phone, which goes on with other cases
    /// and offers it again later.
    Deferred {
        /// When the server takes it, Unix seconds.
        until: i64,
        /// Which of the day's limits: `records`, `bytes` or `cases`.
        code: String,
    },
    /// Not looked at, because a change before it in the chain was refused.
    Blocked,
    /// Its predecessor is missing here: send from this sequence number on.
    Waiting {
        /// The chain's next expected sequence number.
        next_seq: u64,
    },
}

/// Rows of one case, in sequence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CasePage {
    /// The case.
    pub case: CaseId,
    /// The phone's cursor does not lie on this server's chain: drop the case's rows and take these from the first.
    pub restart: bool,
    /// The rows after the phone's cursor: what this version does not understand of one costs that one.
    pub rows: Vec<RawRow>,
    /// Keys of sealed values in these rows that the person's role may open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<SealKey>,
}
