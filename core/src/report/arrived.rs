//! What a draft tells that arrived since somebody drew it up.

use super::{DistrictReport, GroupReport};
use crate::calendar::local_stamp;
use crate::ids::FactId;
use crate::people::Group;
use daiban_messages::say::report as say;
use daiban_messages::{Message, Say};
use serde::Serialize;
use std::collections::BTreeSet;

/// The new facts of a draft that is renewed by itself: whoever read it once reads these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Arrived {
    /// Since when, Unix seconds.
    pub since_at: i64,
    /// The facts, what waits for the office included.
    pub facts: BTreeSet<FactId>,
}

impl Arrived {
    /// Those of a report's stored text, of a group or of the district; `None` if it cannot be read.
    pub fn since(text: &str, group: Option<Group>, since_at: i64) -> Option<Arrived> {
        let facts = match group {
            Some(_) => serde_json::from_str::<GroupReport>(text).ok()?.arrived_since(since_at),
            None => serde_json::from_str::<DistrictReport>(text).ok()?.arrived_since(since_at),
        };
        Some(Arrived { since_at, facts })
    }

    /// "自2026-12-04 02:10起草后新到3条".
    pub fn message(&self) -> Message {
        say::Arrived { since: local_stamp(self.since_at), count: self.facts.len() }.say()
    }

    /// In Chinese.
    pub fn zh(&self) -> String {
        self.message().zh
    }

    /// In English.
    pub fn en(&self) -> String {
        self.message().en
    }
}
