//! Intents become changes only when they are sent, always the same bytes for the same intents on the same tip.
//!
//! So a crash between the server's acknowledgement and the phone's save is harmless: the same changes go out again, and the server
//! knows them.

use crate::admit::check;
use crate::doc::{ChainTip, compose};
use crate::fact::{Node, sealed_keys};
use crate::ids::{ActorId, CaseId, FactId, KeyId};

/// Where this device's chain in a case stands. Always derived from rows and acknowledgements, never counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnChain {
    /// The case.
    pub case: CaseId,
    /// Which of the device's chains.
    pub epoch: u32,
    /// The chain's actor.
    pub actor: ActorId,
    /// Its end, as the server acknowledged it.
    pub tip: ChainTip,
}

impl OwnChain {
    /// The chain of `public_key`'s holder in `case`, ending at `tip`.
    pub fn new(public_key: &[u8; 32], case: CaseId, epoch: u32, tip: ChainTip) -> OwnChain {
        OwnChain { case, epoch, actor: ActorId::derive(public_key, case, epoch), tip }
    }

    /// Composes the next record on this chain and moves the tip on.
    pub fn push(&mut self, fact: FactId, node: &Node, recorded_at: i64) -> Prepared {
        let composed = compose(self.actor, &self.tip, node, recorded_at);
        self.tip = composed.tip;
        Prepared { fact, bytes: composed.bytes, tip: composed.tip }
    }
}

/// A record as a change, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// The record.
    pub fact: FactId,
    /// The raw chunk.
    pub bytes: Vec<u8>,
    /// Where the chain ends with it.
    pub tip: ChainTip,
}

impl Prepared {
    /// The keys of the sealed values in it; `actor` is its chain's.
    pub fn sealed_keys(&self, actor: ActorId) -> Vec<KeyId> {
        check(&self.bytes, actor).map(|change| sealed_keys(&change.fact)).unwrap_or_default()
    }
}
