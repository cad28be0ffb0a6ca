//! Every attack of core/src/admit/admission.md by name, with the one refusal it must end in.

use super::{corpus_bytes, corpus_shape, honest};
use daiban_core::admit::{Refusal, check, place};
use daiban_core::doc::ChainTip;

/// One attack.
pub struct Row {
    /// What is done; unique.
    pub name: &'static str,
    /// The bytes as they arrive. Made on demand, because some are large.
    pub wire: fn() -> Vec<u8>,
    /// The rule that must stop it.
    pub refusal: Refusal,
}

/// All attacks.
pub fn rows() -> Vec<Row> {
    let mut rows = corpus_bytes::rows();
    rows.extend(corpus_shape::rows());
    rows
}

/// What admission says about bytes sent by [`honest::OWNER`], whose chain ends at `tip`; `None` is "admitted".
///
/// The rows are made to follow [`honest::first`].
pub fn verdict_at(wire: &[u8], tip: &ChainTip) -> Option<Refusal> {
    check(wire, honest::OWNER).and_then(|checked| place(&checked, tip)).err()
}
