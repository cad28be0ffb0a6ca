//! 暂存记录补录.

use crate::ids::FactId;
use daiban_derive::Ruling;
use serde::{Deserialize, Serialize};

/// A quarantined record was taken into the case by the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Ruling)]
#[serde(deny_unknown_fields)]
#[kind(name = "quarantine_adopted", zh = "暂存记录补录", en = "quarantined record adopted", clause = "四(四)4", since = 1)]
#[kind(who = [Office], before_letter)]
pub struct QuarantineAdopted {
    /// Number in the server's quarantine list.
    #[field(zh = "暂存编号", en = "number in quarantine", min = 1)]
    pub quarantine: i64,
    /// The fact the server wrote for it, under its own key.
    #[field(zh = "采纳后的记录", en = "record")]
    pub fact: FactId,
}

impl QuarantineAdopted {
    pub(super) fn example() -> Self {
        QuarantineAdopted { quarantine: 3, fact: FactId([7; 16]) }
    }
}
