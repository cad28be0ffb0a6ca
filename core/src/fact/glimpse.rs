//! What can be read of a tree that is no whole fact, so that its author finds it again and the office sees what it says.

use super::{FactDigest, Node};
use crate::ids::FactId;

/// 1900-01-01T00:00:00Z. A time further off is shown as this one: every screen and language can print it.
const EARLIEST: i64 = -2_208_988_800;
/// 2200-12-31T23:59:59Z.
const LATEST: i64 = 7_289_654_399;

/// See the module. What cannot be read is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glimpse {
    /// Its id.
    pub id: Option<FactId>,
    /// The kind's name.
    pub kind: Option<String>,
    /// 发生, Unix seconds, possibly out of range.
    pub occurred_at: Option<i64>,
    /// 记录, Unix seconds, possibly out of range.
    pub recorded_at: Option<i64>,
}

impl Glimpse {
    /// Looks at a tree.
    pub fn of(node: &Node) -> Glimpse {
        let time = |name| Some(node.get(name)?.as_int()?.clamp(EARLIEST, LATEST));
        Glimpse {
            id: node.get("id").and_then(Node::as_bytes).and_then(FactId::from_slice),
            kind: node.get("kind").and_then(Node::as_str).map(str::to_owned),
            occurred_at: time("occurred_at"),
            recorded_at: time("recorded_at"),
        }
    }
}

impl From<&FactDigest> for Glimpse {
    fn from(fact: &FactDigest) -> Glimpse {
        let (occurred_at, recorded_at) = (Some(fact.occurred_at), Some(fact.recorded_at));
        Glimpse { id: Some(fact.id), kind: Some(fact.body.kind().to_owned()), occurred_at, recorded_at }
    }
}
