//! One request: batches of own work, work carried for others, and where the phone stands.

use super::chain::{OwnChain, Prepared};
use super::step::HttpRequest;
use crate::fact::SealKey;
use crate::ids::DeviceId;
use crate::sync::bounds::pack_request;
use crate::sync::request::RequestSignature;
use crate::sync::signature::Signer;
use crate::sync::statement::Statement;
use crate::sync::wire::{Batch, CarriedBatch, SyncRequest};

/// Raw bytes of changes in one request at most; on a weak line [`super::Pace`] allows less.
pub const REQUEST_CHANGE_BYTES: usize = 256 * 1024;

/// Own changes of one chain on their way, and what they stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The chain before these changes.
    pub chain: OwnChain,
    /// The changes in order.
    pub changes: Vec<Prepared>,
    /// Keys of sealed values, sent beside them.
    pub keys: Vec<SealKey>,
}

impl Outgoing {
    /// The statement over the last of these changes; `None` if there are none.
    pub fn statement(&self, device: DeviceId, token: &[u8]) -> Option<Statement> {
        let tip = self.changes.last()?.tip;
        let (case, epoch) = (self.chain.case, self.chain.epoch);
        Some(Statement { device, epoch, case, tip_seq: tip.seq, tip_hash: tip.hash, token: token.to_vec() })
    }

    /// As the wire carries it with the author's own sync.
    pub fn batch(&self, signer: &dyn Signer, token: &[u8]) -> Option<Batch> {
        let statement = self.statement(DeviceId::of(&signer.public_key()), token)?;
        let changes = self.changes.iter().map(|c| c.bytes.clone().into()).collect();
        let (case, epoch, signature) = (statement.case, statement.epoch, statement.sign(signer).into());
        Some(Batch { case, epoch, changes, signature, keys: self.keys.clone() })
    }

    /// As another phone carries it.
    pub fn carried(&self, signer: &dyn Signer, token: &[u8]) -> Option<CarriedBatch> {
        let statement = self.statement(DeviceId::of(&signer.public_key()), token)?;
        Some(CarriedBatch {
            public_key: signer.public_key().to_vec(),
            signature: statement.sign(signer).into(),
            statement: crate::case::row::cbor(&statement).into(),
            changes: self.changes.iter().map(|c| c.bytes.clone().into()).collect(),
        })
    }
}

/// Signs a round.
pub fn sign(request: &SyncRequest, counter: u64, signer: &dyn Signer) -> HttpRequest {
    sign_body(pack_request(request), counter, signer)
}

/// Signs a round whose body is there already, whatever it is.
pub fn sign_body(body: Vec<u8>, counter: u64, signer: &dyn Signer) -> HttpRequest {
    let signed = RequestSignature::sign(signer, counter, "POST", super::PATH, &body);
    let mut headers = vec![("content-type".to_owned(), super::CONTENT_TYPE.to_owned())];
    headers.extend(signed.headers().map(|(name, value)| (name.to_owned(), value)));
    HttpRequest { method: "POST", path: super::PATH, headers, body }
}
