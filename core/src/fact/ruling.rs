//! Rulings: what the office decides about a case. Rows of the case that phones receive read-only.

use super::Node;
use crate::calendar::Week;
use crate::ids::{FactId, PersonId};
use crate::people::Group;
use serde::{Deserialize, Serialize};

/// One ruling as it stands in a case row. Kinds a phone does not know survive and show as 待识别.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ruling {
    /// Random id, given by the server.
    pub id: FactId,
    /// The kind's name, see [`RulingBody`].
    pub kind: String,
    /// Who ordered it.
    pub by: PersonId,
    /// Why, in the orderer's words; shown to everybody the ruling concerns.
    pub reason: String,
    /// The fields of its kind.
    pub fields: Node,
}

/// What a ruling says.
#[derive(Clone, Debug, PartialEq)]
pub enum RulingBody {
    /// A 待认定 fact counts (or does not), and counts as in time.
    LateWork(LateWork),
    /// A quarantined record was taken into the case by the office.
    QuarantineAdopted(QuarantineAdopted),
    /// The weekly report of a group that covers this case was confirmed (R105).
    ReportConfirmed(ReportConfirmed),
    /// A 待识别 fact got the verdict it would have got, since the server knows its kind.
    Recognised(Recognised),
    /// A kind of a later version.
    Unknown,
}

/// See [`RulingBody::LateWork`]; architecture.md §3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateWork {
    /// The fact that waits.
    pub fact: FactId,
    /// Accepted, or rejected for good.
    pub accepted: bool,
}

/// See [`RulingBody::QuarantineAdopted`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuarantineAdopted {
    /// Number in the server's quarantine list.
    pub quarantine: i64,
    /// The fact the server wrote for it, under its own key.
    pub fact: FactId,
}

/// See [`RulingBody::ReportConfirmed`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportConfirmed {
    /// The group whose specialist confirmed.
    pub group: Group,
    /// The last week the report covers.
    pub week: Week,
    /// SHA-256 of the frozen report, hex.
    pub report: String,
}

/// See [`RulingBody::Recognised`]. The verdict's fields are those of [`crate::case::Verdict`], in words that may be of a later version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recognised {
    /// The fact that was not recognised.
    pub fact: FactId,
    /// The verdict's name.
    pub code: String,
    /// The reason's, when not effective.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// 记录 time as it was judged at its number, Unix seconds.
    pub effective_at: i64,
    /// 时间存疑, as it was judged at its number.
    pub clock_doubtful: bool,
}

impl Ruling {
    /// Builds the row content from a typed body. An unknown body has no fields.
    pub fn new(id: FactId, by: PersonId, reason: impl Into<String>, body: &RulingBody) -> Ruling {
        let fields = match body {
            RulingBody::LateWork(b) => Node::of(b),
            RulingBody::QuarantineAdopted(b) => Node::of(b),
            RulingBody::ReportConfirmed(b) => Node::of(b),
            RulingBody::Recognised(b) => Node::of(b),
            RulingBody::Unknown => Ok(Node::Map(Vec::new())),
        };
        Ruling { id, kind: body.kind().to_owned(), by, reason: reason.into(), fields: fields.unwrap_or(Node::Map(Vec::new())) }
    }

    /// The typed body; what this version does not understand is [`RulingBody::Unknown`].
    pub fn body(&self) -> RulingBody {
        let fields = self.fields.clone();
        match self.kind.as_str() {
            "late_work" => fields.read().map_or(RulingBody::Unknown, RulingBody::LateWork),
            "quarantine_adopted" => fields.read().map_or(RulingBody::Unknown, RulingBody::QuarantineAdopted),
            "report_confirmed" => fields.read().map_or(RulingBody::Unknown, RulingBody::ReportConfirmed),
            "recognised" => fields.read().map_or(RulingBody::Unknown, RulingBody::Recognised),
            _ => RulingBody::Unknown,
        }
    }
}

impl RulingBody {
    /// The kind's name in rows, JSON and the command line.
    pub fn kind(&self) -> &'static str {
        match self {
            RulingBody::LateWork(_) => "late_work",
            RulingBody::QuarantineAdopted(_) => "quarantine_adopted",
            RulingBody::ReportConfirmed(_) => "report_confirmed",
            RulingBody::Recognised(_) => "recognised",
            RulingBody::Unknown => "unknown",
        }
    }
}
