//! Time tokens: the server's signed word for "it was at least this late". Usable 30 days; they serve time only, never access.

use super::signature::{SignError, Signer, verify};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

const LABEL: &[u8] = b"daiban-time-1\0";

/// A token: CBOR array of version, server epoch, time, signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Fields", into = "Fields")]
pub struct TimeToken {
    /// The server epoch that issued it.
    pub server_epoch: u32,
    /// When, Unix seconds.
    pub issued_at: i64,
    /// Algorithm byte and signature by the server's key.
    pub signature: Vec<u8>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Fields(u8, u32, i64, ByteBuf);

impl From<Fields> for TimeToken {
    fn from(f: Fields) -> Self {
        Self { server_epoch: f.1, issued_at: f.2, signature: f.3.into_vec() }
    }
}

impl From<TimeToken> for Fields {
    fn from(t: TimeToken) -> Self {
        Self(1, t.server_epoch, t.issued_at, t.signature.into())
    }
}

impl TimeToken {
    /// Issues a token.
    pub fn issue(server_epoch: u32, issued_at: i64, signer: &dyn Signer) -> TimeToken {
        TimeToken { server_epoch, issued_at, signature: signer.sign(&message(server_epoch, issued_at)) }
    }

    /// Whether the server with `public_key` issued it.
    pub fn verify(&self, public_key: &[u8; 32]) -> Result<(), SignError> {
        verify(public_key, &message(self.server_epoch, self.issued_at), &self.signature)
    }

    /// Its bytes, as statements and requests carry it.
    pub fn to_bytes(&self) -> Vec<u8> {
        crate::case::row::cbor(self)
    }

    /// Reads bytes; `None` if they are no token.
    pub fn from_bytes(bytes: &[u8]) -> Option<TimeToken> {
        ciborium::from_reader(bytes).ok()
    }
}

fn message(server_epoch: u32, issued_at: i64) -> Vec<u8> {
    [LABEL, &server_epoch.to_be_bytes(), &issued_at.to_be_bytes()].concat()
}
