//! The portable batch statement: what a device signs for the tip of its chain in a case.
//!
//! Because every change names its predecessor's hash, the signature over a tip proves the whole chain. It is signed apart from the
//! HTTP request, so it can be relayed and kept as evidence.

use super::signature::{SignError, Signer, verify};
use crate::ids::{CaseId, ChangeHash, DeviceId};
use serde::{Deserialize, Serialize};

const LABEL: &[u8] = b"daiban-batch-1\0";

/// Version 1 of the statement. Its bytes are a CBOR array of these fields in this order; they never change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Fields", into = "Fields")]
pub struct Statement {
    /// Whose signature.
    pub device: DeviceId,
    /// Which of the device's chains in the case.
    pub epoch: u32,
    /// The case.
    pub case: CaseId,
    /// Sequence number of the chain's tip.
    pub tip_seq: u64,
    /// Hash of the chain's tip.
    pub tip_hash: ChangeHash,
    /// The server's time token that the device held ([`super::TimeToken`] bytes; empty before the first sync).
    pub token: Vec<u8>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Fields(u8, DeviceId, u32, CaseId, u64, ChangeHash, serde_bytes::ByteBuf);

impl From<Fields> for Statement {
    fn from(f: Fields) -> Self {
        Self { device: f.1, epoch: f.2, case: f.3, tip_seq: f.4, tip_hash: f.5, token: f.6.into_vec() }
    }
}

impl From<Statement> for Fields {
    fn from(s: Statement) -> Self {
        Self(1, s.device, s.epoch, s.case, s.tip_seq, s.tip_hash, s.token.into())
    }
}

impl Statement {
    /// The exact bytes that are signed: a label, then the statement.
    pub fn message(&self) -> Vec<u8> {
        let mut out = LABEL.to_vec();
        out.extend(crate::case::row::cbor(self));
        out
    }

    /// Reads the bytes that were signed; `None` if they are no statement.
    pub fn read(message: &[u8]) -> Option<Statement> {
        ciborium::from_reader(message.strip_prefix(LABEL)?).ok()
    }

    /// Algorithm byte and signature.
    pub fn sign(&self, signer: &dyn Signer) -> Vec<u8> {
        signer.sign(&self.message())
    }

    /// Whether `signature` is this statement's, by `public_key`.
    pub fn verify(&self, public_key: &[u8; 32], signature: &[u8]) -> Result<(), SignError> {
        if DeviceId::of(public_key) != self.device {
            return Err(SignError::Invalid);
        }
        verify(public_key, &self.message(), signature)
    }
}
