//! A fact without its texts: what rules, judging, lists and the outbox read of it.

use crate::calendar::Week;
use crate::fact::kinds::{
    AgentHandover, AuthorizationLetterSigned, CaseOpened, Channel, Delivery, FlowTableSubmitted, Inquiry, InquiryAnswered,
    MaterialItem, MaterialReceived, MaterialReturned, NoChange, ProblemRaised, ResultDelivered, WorkLog,
};
use crate::fact::{Body, Fact, Node};
use crate::ids::{FactId, PersonId, UnitId};
use crate::people::Group;
use crate::permit::content_digest;
use serde::{Deserialize, Serialize};

/// See the module. Fields are those of [`Fact`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Brief {
    pub id: FactId,
    pub by: PersonId,
    pub unit: UnitId,
    pub occurred_at: i64,
    pub recorded_at: i64,
    pub amends: Option<FactId>,
    /// Half of the content's digest: tells a repeated delivery from a reused id.
    pub digest: [u8; 16],
    said: Said,
}

/// What of the body is kept: openings and letters whole, else what a rule reads. The order of the variants is part of the format.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Said {
    Opened(#[serde(with = "whole")] CaseOpened),
    Letter(#[serde(with = "whole")] AuthorizationLetterSigned),
    Log,
    Received,
    Returned,
    Delivered,
    Handover,
    Table(Group),
    NoChange(Week),
    Problem,
    Inquiry,
    Answered(FactId),
    Unknown(String),
    Malformed(String),
}

impl Brief {
    /// What is kept of a fact.
    pub fn of(fact: &Fact) -> Brief {
        let Fact { id, by, unit, occurred_at, recorded_at, amends, body } = fact;
        let (by, unit, digest) = (by.clone(), unit.clone(), half_digest(fact));
        let (occurred_at, recorded_at) = (*occurred_at, *recorded_at);
        Brief { id: *id, by, unit, occurred_at, recorded_at, amends: *amends, digest, said: Said::of(body) }
    }

    /// The fact as far as it is known. Facts of one id and other content are told apart by their `mark`, which stands for the texts.
    pub fn fact(&self, mark: &str) -> Fact {
        let Brief { id, by, unit, occurred_at, recorded_at, amends, said, .. } = self;
        let (by, unit, body) = (by.clone(), unit.clone(), said.body(mark));
        Fact { id: *id, by, unit, occurred_at: *occurred_at, recorded_at: *recorded_at, amends: *amends, body }
    }

    /// The kind's name.
    pub fn kind(&self) -> String {
        self.said.body("").kind().to_owned()
    }
}

/// The first half of [`content_digest`].
pub(super) fn half_digest(fact: &Fact) -> [u8; 16] {
    let whole = content_digest(fact);
    std::array::from_fn(|at| whole.get(at).copied().unwrap_or_default())
}

impl Said {
    fn of(body: &Body) -> Said {
        match body {
            Body::CaseOpened(opened) => Said::Opened(opened.clone()),
            Body::AuthorizationLetterSigned(letter) => Said::Letter(letter.clone()),
            Body::WorkLog(_) => Said::Log,
            Body::MaterialReceived(_) => Said::Received,
            Body::MaterialReturned(_) => Said::Returned,
            Body::ResultDelivered(_) => Said::Delivered,
            Body::AgentHandover(_) => Said::Handover,
            Body::FlowTableSubmitted(table) => Said::Table(table.group),
            Body::NoChange(nothing) => Said::NoChange(nothing.week),
            Body::ProblemRaised(_) => Said::Problem,
            Body::Inquiry(_) => Said::Inquiry,
            Body::InquiryAnswered(answer) => Said::Answered(answer.inquiry),
            Body::Unknown { kind, .. } => Said::Unknown(kind.clone()),
            Body::Malformed { kind, .. } => Said::Malformed(kind.clone()),
        }
    }

    fn body(&self, mark: &str) -> Body {
        let text = mark.to_owned();
        let channel = Channel::Window;
        let items = || vec![MaterialItem { title: mark.to_owned(), copies: 0, original: false }];
        let fields = || vec![(String::new(), Node::text(mark))];
        match self {
            Said::Opened(opened) => Body::CaseOpened(opened.clone()),
            Said::Letter(letter) => Body::AuthorizationLetterSigned(letter.clone()),
            Said::Log => {
                Body::WorkLog(WorkLog { text, channel, item: None, place: None, next_step: None, minutes: None, met: None })
            }
            Said::Received => Body::MaterialReceived(MaterialReceived { items: items(), handed_by: None }),
            Said::Returned => Body::MaterialReturned(MaterialReturned { items: items(), received: None, taken_by: None }),
            Said::Delivered => {
                Body::ResultDelivered(ResultDelivered { results: vec![text], delivery: Delivery::ByHand { recipient: None } })
            }
            Said::Handover => {
                let (from, to) = (PersonId(String::new()), PersonId(String::new()));
                Body::AgentHandover(AgentHandover { from, to, open_items: Vec::new(), reason: text })
            }
            Said::Table(group) => {
                Body::FlowTableSubmitted(FlowTableSubmitted { group: *group, rows: Vec::new(), nil_reason: Some(text) })
            }
            Said::NoChange(week) => Body::NoChange(NoChange { week: *week, note: Some(text) }),
            Said::Problem => {
                let group = Group::Dispatch;
                Body::ProblemRaised(ProblemRaised { text, group, units_needed: Vec::new(), suggestion: None })
            }
            Said::Inquiry => Body::Inquiry(Inquiry { text, channel, asked_by: None }),
            Said::Answered(inquiry) => Body::InquiryAnswered(InquiryAnswered { inquiry: *inquiry, text, channel }),
            Said::Unknown(kind) => Body::Unknown { kind: kind.clone(), fields: fields() },
            Said::Malformed(kind) => Body::Malformed { kind: kind.clone(), why: String::new(), fields: fields() },
        }
    }
}

/// Types whose fields may be absent stand as CBOR inside the compact format, which knows no absent fields.
pub(super) mod whole {
    use crate::case::row::cbor;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned, de::Error};

    /// As bytes.
    pub fn serialize<T: Serialize, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&cbor(value))
    }

    /// From bytes.
    pub fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        let bytes = serde_bytes::ByteBuf::deserialize(deserializer)?;
        ciborium::from_reader(&bytes[..]).map_err(D::Error::custom)
    }
}
