//! 退回: a record goes back to its author to be mended.

use crate::ids::FactId;
use daiban_derive::Ruling;
use serde::{Deserialize, Serialize};

/// Whoever receives a record sent it back, with the ruling's reason: it counts no more, and a correction answers it. Which kinds can be
/// sent back, and by whom, their declarations say ([`crate::fact::KindInfo::returned_by`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Ruling)]
#[serde(deny_unknown_fields)]
#[kind(name = "returned", zh = "退回更正", en = "sent back", clause = "四(四)4", since = 3)]
#[kind(who = [Office, ChiefAgent], before_letter)]
pub struct Returned {
    /// The record as it stood.
    #[field(zh = "所退回的记录", en = "record")]
    pub fact: FactId,
}

impl Returned {
    pub(super) fn example() -> Self {
        Returned { fact: FactId([7; 16]) }
    }
}
