//! 迟到记录认定: whether a record that waits counts.

use crate::ids::FactId;
use daiban_derive::Ruling;
use serde::{Deserialize, Serialize};

/// A 待认定 fact counts (or does not), and counts as in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Ruling)]
#[serde(deny_unknown_fields)]
#[kind(name = "late_work", zh = "迟到记录认定", en = "late work decided", clause = "四(四)3", since = 1)]
#[kind(who = [Office, ChiefAgent], before_letter)]
pub struct LateWork {
    /// The fact that waits.
    #[field(zh = "所认定的记录", en = "record")]
    pub fact: FactId,
    /// Accepted, or rejected for good.
    #[field(zh = "认定", en = "decision", yes_zh = "予以采纳", yes_en = "accepted", no_zh = "不予采纳", no_en = "rejected")]
    pub accepted: bool,
}

impl LateWork {
    pub(super) fn example() -> Self {
        LateWork { fact: FactId([7; 16]), accepted: true }
    }
}
