//! What on this phone only a later version understands: kept, listed, and the reason to update.

use super::Agent;
use super::case::Case;
use crate::case::{CaseView, Code, FactView, Reason};
use crate::fact::{BodyDigest, RulingBody};
use crate::ids::CaseId;
use serde::Serialize;

/// Something of a later version in a case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum LaterEntry {
    /// A row: of a sort of its own, or with a role, a group or a field that this version does not know.
    Row {
        /// The row's number.
        sequence: u64,
    },
    /// A record of a kind, or with a choice, that this version does not know.
    Kind {
        /// The row's number; `None` while it is on this phone only.
        sequence: Option<u64>,
        /// The kind's name.
        kind: String,
    },
    /// A verdict or a reason.
    Reason {
        /// The row's number; `None` while it is on this phone only.
        sequence: Option<u64>,
        /// Its name.
        code: String,
    },
    /// A ruling.
    Ruling {
        /// The row's number.
        sequence: u64,
        /// The kind's name.
        kind: String,
    },
}

/// A dated part of the rules that only a later version reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum LaterRule {
    /// One setting of a policy; the others of that policy hold.
    Setting {
        /// Since when it has been in force, Unix seconds.
        since: i64,
        /// Its name.
        name: String,
    },
    /// A whole policy: the one before it holds.
    Policy {
        /// Since when it has been in force, Unix seconds.
        since: i64,
        /// What is wrong, in the parser's words.
        why: String,
    },
    /// The district's pack: the one of this version holds.
    Pack {
        /// What is wrong with it.
        why: String,
    },
    /// A calendar edition: the ones before it hold.
    Edition {
        /// Since when it has been in force, Unix seconds.
        since: i64,
        /// What is wrong, in the parser's words.
        why: String,
    },
}

impl LaterRule {
    /// For developers.
    pub fn en(&self) -> String {
        match self {
            LaterRule::Setting { name, .. } => format!("unknown setting `{name}`"),
            LaterRule::Pack { why } => format!("pack: {why}"),
            LaterRule::Policy { why, .. } => format!("policy: {why}"),
            LaterRule::Edition { why, .. } => format!("calendar edition: {why}"),
        }
    }
}

impl Agent {
    /// What in the cases only a later version understands.
    pub fn later_entries(&self) -> Vec<(CaseId, LaterEntry)> {
        self.state.cases.values().flat_map(|case| entries(&case.outline()).into_iter().map(|entry| (case.id, entry))).collect()
    }

    /// What of calendar and policy only a later version reads.
    pub fn later_rules(&self) -> &[LaterRule] {
        &self.state.rules.later
    }

    /// Whether what is shown of a case is not the whole of it before the app was updated.
    pub(super) fn needs_update(&self, view: &CaseView) -> bool {
        view.update_needed || !self.state.rules.later.is_empty()
    }

    /// Whether the server's duties stand in for those of a case.
    pub(super) fn shows_server_duties<'a>(&self, case: &'a Case, view: &CaseView) -> Option<&'a [String]> {
        case.note.shown_duties.as_deref().filter(|_| self.needs_update(view))
    }
}

fn entries(view: &CaseView) -> Vec<LaterEntry> {
    let rows = view.later.iter().map(|row| LaterEntry::Row { sequence: row.sequence });
    let waits = |f: &&FactView| f.verdict.code == Code::Unrecognised && f.verdict.reason.is_none();
    let kinds = view.facts.iter().filter(|f| matches!(f.fact.body, BodyDigest::Unknown(_)) || waits(f));
    let kinds = kinds.map(|f| LaterEntry::Kind { sequence: f.sequence, kind: f.fact.body.kind().to_owned() });
    let reasons = view.facts.iter().filter_map(|f| match &f.verdict.reason {
        Some(Reason::Other(code)) => Some(LaterEntry::Reason { sequence: f.sequence, code: code.clone() }),
        _ => None,
    });
    let unknown = view.rulings.iter().filter(|r| matches!(r.ruling.body(), RulingBody::Unknown));
    let rulings = unknown.map(|r| LaterEntry::Ruling { sequence: r.sequence, kind: r.ruling.kind.clone() });
    rows.chain(kinds).chain(reasons).chain(rulings).collect()
}
