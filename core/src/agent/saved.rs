//! What lies in the store: the phone's own format. CBOR maps by field name, so that fields can be added.

use crate::case::row::cbor;
use crate::case::{RawRow, Row, Verdict};
use crate::doc::ChainTip;
use crate::fact::{Glimpse, Node, SealKey};
use crate::ids::{CaseId, FactId};
use crate::store::{Batch, Namespace, StoreError};
use crate::sync::TimeToken;
use crate::sync::session::HistoryError;
use crate::sync::wire::CarriedBatch;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Names on the meta namespace.
pub(super) mod meta {
    /// [`crate::agent::Identity`].
    pub const IDENTITY: &[u8] = b"identity";
    /// The counter of the last request that left this phone.
    pub const COUNTER: &[u8] = b"counter";
    /// [`super::Server`].
    pub const SERVER: &[u8] = b"server";
    /// Where the server is: an address as text.
    pub const ADDRESS: &[u8] = b"address";
    /// [`crate::sync::session::Pace`].
    pub const PACE: &[u8] = b"pace";
    /// [`super::super::names::SavedNames`].
    pub const NAMES: &[u8] = b"names";
    /// Every policy decided, with its moment.
    pub const POLICY: &[u8] = b"policy";
    /// The district's pack, as the server sent it.
    pub const PACK: &[u8] = b"pack";
}

/// What is known of the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Server {
    /// Its epoch as last proved by a token.
    pub epoch: u32,
    /// The newest time token; empty before the first sync.
    #[serde(with = "serde_bytes")]
    pub token: Vec<u8>,
}

impl Server {
    /// When the newest token was issued, Unix seconds; `None` before the first sync.
    pub fn token_at(&self) -> Option<i64> {
        TimeToken::from_bytes(&self.token).map(|token| token.issued_at)
    }
}

/// What is known of a case besides its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CaseNote {
    /// The server epoch under which its rows were last compared.
    pub server_epoch: u32,
    /// Which of this device's chains is written now.
    pub epoch: u32,
    /// Nothing of this case is sent before all its rows are here: after a fork, a restore, a return.
    #[serde(default)]
    pub catching_up: bool,
    /// The server lacks own changes from this sequence number on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reoffer_from: Option<u64>,
    /// No longer this person's.
    #[serde(default)]
    pub withdrawn: bool,
    /// The server's history does not extend what was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm: Option<HistoryError>,
    /// The server's duties, for what this version does not know: JSON of [`crate::rules::ShownDuty`] each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_duties: Option<Vec<String>>,
}

/// A record as the person made it, until a row of the case holds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Intent {
    /// Ascending in the order of recording.
    pub order: i64,
    /// The case.
    pub case: CaseId,
    /// The whole fact.
    pub node: Node,
    /// Keys of its sealed values, until they are sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<SealKey>,
    /// The time token this phone held when it was recorded; empty before the first sync. A fresher one would make the record
    /// look younger than it is.
    #[serde(with = "serde_bytes")]
    pub token: Vec<u8>,
    /// How far it got.
    pub state: IntentState,
}

/// How far an intent got.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum IntentState {
    /// Durable on this phone only.
    Local,
    /// Acknowledged; its row has not come yet.
    Sent {
        /// The chain it went on.
        epoch: u32,
        /// The chain's end with it.
        tip: ChainTip,
        /// Its row.
        sequence: u64,
        /// Its verdict.
        verdict: Verdict,
    },
    /// Refused by the server.
    Quarantined {
        /// Why.
        code: String,
        /// Number in the server's list.
        quarantine: i64,
        /// The record that took its place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        again: Option<FactId>,
    },
}

impl Intent {
    /// 记录 time, Unix seconds.
    pub fn recorded_at(&self) -> i64 {
        self.node.get("recorded_at").and_then(Node::as_int).unwrap_or(0)
    }

    /// Whether it waits to be sent.
    pub fn is_local(&self) -> bool {
        self.state == IntentState::Local
    }
}

/// A key of a sealed value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct SavedKey {
    /// The key.
    pub key: SealKey,
    /// The case whose fact it opens.
    pub case: CaseId,
    /// The record came to the server by another hand: the key still has to be sent.
    #[serde(default)]
    pub unsent: bool,
}

/// An own record of a case this phone no longer holds: its state, not its content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Trace {
    /// The case.
    pub case: CaseId,
    /// 项目名称, as it stood when the case went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The kind's name.
    pub kind: String,
    /// 发生.
    pub occurred_at: i64,
    /// 记录.
    pub recorded_at: i64,
    /// Its row.
    pub sequence: u64,
    /// Its last known verdict.
    pub verdict: Verdict,
}

impl Trace {
    /// What stays of a record.
    pub fn of((case, title): (CaseId, Option<&String>), seen: &Glimpse, sequence: u64, verdict: &Verdict) -> Trace {
        let (occurred_at, recorded_at) = (seen.occurred_at.unwrap_or(0), seen.recorded_at.unwrap_or(0));
        let kind = seen.kind.clone().unwrap_or_else(|| "unreadable".to_owned());
        let title = title.cloned();
        Trace { case, title, kind, occurred_at, recorded_at, sequence, verdict: verdict.clone() }
    }
}

/// Other people's work on this phone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Carried {
    /// As its author signed it.
    pub batch: CarriedBatch,
    /// When it was taken over, Unix seconds.
    pub taken_at: i64,
    /// The server's refusal; it is then no longer sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// Place of a row, a [`RawRow`].
pub(super) fn row_key(case: CaseId, sequence: u64) -> Vec<u8> {
    [&case.0[..], &sequence.to_be_bytes()].concat()
}

/// The sequence number in such a place.
pub(super) fn row_place(key: &[u8]) -> Option<u64> {
    key.get(16..)?.try_into().ok().map(u64::from_be_bytes)
}

/// Reads a stored row, or one that was stored before protocol 3.
pub(super) fn read_row(bytes: &[u8]) -> Result<RawRow, StoreError> {
    read(bytes).or_else(|error| read::<Row>(bytes).map(|row| RawRow::of(&row)).map_err(|_| error))
}

/// Place of a row of a former server history.
pub(super) fn former_key(case: CaseId, server_epoch: u32, sequence: u64) -> Vec<u8> {
    [&case.0[..], &server_epoch.to_be_bytes(), &sequence.to_be_bytes()].concat()
}

/// Adds a value to a batch.
pub(super) fn put<T: Serialize>(batch: &mut Batch, namespace: Namespace, key: &[u8], value: &T) {
    batch.put(namespace, key, cbor(value));
}

/// Reads a stored value.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, StoreError> {
    ciborium::from_reader(bytes).map_err(|e| StoreError::Broken(format!("a stored value cannot be read: {e}")))
}
