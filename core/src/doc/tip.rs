//! Where an author's chain in a case ends.

use super::genesis::genesis;
use crate::ids::{CaseId, ChangeHash};
use serde::{Deserialize, Serialize};

/// The end of one author's chain in one case: all that admission of its next change needs.
///
/// Serializable because stores keep it per (case, actor) and a batch statement signs it: the tip proves the whole chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChainTip {
    /// Sequence number of the last change; 0 before the first.
    pub seq: u64,
    /// Hash of the last change; of the genesis change before the first.
    pub hash: ChangeHash,
    /// Highest operation counter used so far; the next change starts one above.
    pub max_op: u64,
}

impl ChainTip {
    /// The tip of an author who has written nothing in `case` yet: it stands on genesis.
    pub fn start(case: CaseId) -> Self {
        genesis(case).tip
    }
}
