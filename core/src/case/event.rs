//! What the fold is told: rows of the case, read, and this phone's own records that have no row yet.

use super::{Author, Entry, Row, Verdict};
use crate::fact::{Fact, KnownFact, Ruling, Unread};
use crate::ids::{ActorId, ChangeHash};
use crate::people::RosterEntry;
use std::sync::Arc;

/// A row's fact as its reader found it.
pub type ReadFact = Result<Arc<Fact>, Unread>;

/// One thing the fold is told. Facts are shared, so a phone that keeps decoded facts in memory pays nothing for a new fold.
#[derive(Clone, Debug)]
pub enum CaseEvent {
    /// A change row, or an own record that is not uploaded yet.
    Fact(EventFact),
    /// A ruling row.
    Ruling {
        /// The row's number.
        sequence: u64,
        /// 到达, Unix seconds.
        received_at: i64,
        /// The ruling.
        ruling: Ruling,
    },
    /// A roster row.
    Roster {
        /// The row's number.
        sequence: u64,
        /// The entry.
        entry: RosterEntry,
    },
    /// A row of a later version.
    Later {
        /// The row's number.
        sequence: u64,
        /// 到达, Unix seconds.
        received_at: i64,
    },
}

/// A fact with its place and verdict.
#[derive(Clone, Debug)]
pub struct EventFact {
    /// The row's number; `None` for an own record that is durable on this phone only (本机).
    pub sequence: Option<u64>,
    /// 到达, Unix seconds; `None` like the number.
    pub received_at: Option<i64>,
    /// The change.
    pub hash: ChangeHash,
    /// Its chain.
    pub actor: ActorId,
    /// Its place in that chain.
    pub seq: u64,
    /// Who sent it.
    pub author: Author,
    /// The row's verdict; for an own record what [`crate::permit::judge`] says "if it were uploaded now".
    pub verdict: Verdict,
    /// The fact, whole or as its digest.
    pub fact: Result<KnownFact, Unread>,
}

impl CaseEvent {
    /// A row. `fact` is the decoded fact of a change row and unused for others; a change row without it (an [`Entry::Own`] whose
    /// bytes the caller no longer has) is `None`.
    pub fn row(row: &Row, fact: Option<ReadFact>) -> Option<CaseEvent> {
        Some(match &row.entry {
            Entry::Change { hash, actor, seq, author, .. } | Entry::Own { hash, actor, seq, author } => {
                CaseEvent::Fact(EventFact {
                    sequence: Some(row.sequence),
                    received_at: Some(row.received_at),
                    hash: *hash,
                    actor: *actor,
                    seq: *seq,
                    author: author.clone(),
                    verdict: row.verdict.clone(),
                    fact: fact?.map(KnownFact::from),
                })
            }
            Entry::Ruling(ruling) => {
                CaseEvent::Ruling { sequence: row.sequence, received_at: row.received_at, ruling: ruling.clone() }
            }
            Entry::Roster(entry) => CaseEvent::Roster { sequence: row.sequence, entry: entry.clone() },
            Entry::Later { .. } => CaseEvent::later(row),
        })
    }

    /// A row that this version does not understand.
    pub fn later(row: &Row) -> CaseEvent {
        CaseEvent::Later { sequence: row.sequence, received_at: row.received_at }
    }
}
