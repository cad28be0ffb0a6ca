//! One batch, ready for the writer.

use crate::ledger::{Ready, Sent};
use daiban_core::doc::ChainTip;
use daiban_core::fact::SealKey;
use daiban_core::ids::{ActorId, CaseId, ChangeHash};

/// New changes of one chain, as far as they can be judged without the case.
pub struct PreparedBatch {
    /// The case.
    pub case: CaseId,
    /// Who sent them and when.
    pub sent: Sent,
    /// Which of the device's chains.
    pub epoch: u32,
    /// The chain's actor: the only one these changes may have.
    pub actor: ActorId,
    /// Where a chain begins in this case.
    pub start: ChainTip,
    /// The signed bytes of the statement over the last change; empty if that change cannot be read.
    pub statement: Vec<u8>,
    /// The signature over them.
    pub signature: Vec<u8>,
    /// One item per change, in the order sent.
    pub items: Vec<Item>,
    /// Keys of sealed values, as sent; only those are taken whose values stand in this device's changes.
    pub keys: Vec<SealKey>,
}

/// One change.
pub enum Item {
    /// Passed admission.
    Ready(Box<Ready>),
    /// Has its row since: its place in the chain and its hash, looked up by a reader. The writer looks again.
    Known(u64, ChangeHash),
    /// Did not: why, and the bytes as they came.
    Refused(&'static str, Vec<u8>),
    /// Not looked at, because one before it did not pass.
    Blocked,
}
