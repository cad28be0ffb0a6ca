//! What every fact carries, whatever its kind.

use super::{Body, Node};
use crate::ids::{FactId, PersonId, UnitId};

/// One whole fact: one Automerge change holds exactly one.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The random id of the agent's intent; the same id with equal content is one fact, with other content it is void (编号重复).
    pub id: FactId,
    /// Who recorded it.
    pub by: PersonId,
    /// For which unit.
    pub unit: UnitId,
    /// 发生: when it happened, Unix seconds, as the person says.
    pub occurred_at: i64,
    /// 记录: when it was recorded, Unix seconds, by the phone's clock. The only time that is clamped.
    pub recorded_at: i64,
    /// The fact this one corrects.
    pub amends: Option<FactId>,
    /// What was recorded.
    pub body: Body,
}

/// Why a tree is not a fact at all. Unknown kinds and wrong fields are not among these: they stay readable as [`Body::Unknown`]
/// and [`Body::Malformed`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// The fact is not a map.
    #[error("a fact is a map of fields")]
    NotAMap,
    /// A field of the envelope is absent or of another type.
    #[error("field `{0}` of the envelope is missing or of the wrong type")]
    Envelope(&'static str),
}

/// Fields of every record; no kind has one of these names at its top.
pub(crate) const FIELDS: [&str; 7] = ["id", "kind", "by", "unit", "occurred_at", "recorded_at", "amends"];

impl Fact {
    /// Reads a tree. A field that belongs neither to the envelope nor to the kind makes the body [`Body::Malformed`].
    pub fn read(node: Node) -> Result<Fact, Unread> {
        let Node::Map(fields) = node else { return Err(Unread::NotAMap) };
        let (head, rest): (Vec<_>, Vec<_>) = fields.into_iter().partition(|(k, _)| FIELDS.contains(&k.as_str()));
        let head = Node::Map(head);
        let kind = text(&head, "kind")?;
        Ok(Fact {
            id: id(&head, "id")?.ok_or(Unread::Envelope("id"))?,
            by: PersonId(text(&head, "by")?),
            unit: UnitId(text(&head, "unit")?),
            occurred_at: time(&head, "occurred_at")?,
            recorded_at: time(&head, "recorded_at")?,
            amends: id(&head, "amends")?,
            body: Body::read(&kind, rest),
        })
    }

    /// The tree this fact is written as; fields ascend by name, absent ones are not written.
    pub fn node(&self) -> Node {
        let mut fields = self.body.fields();
        fields.extend([
            ("id".to_owned(), Node::Bytes(self.id.0.to_vec())),
            ("kind".to_owned(), Node::text(self.body.kind())),
            ("by".to_owned(), Node::text(self.by.as_str())),
            ("unit".to_owned(), Node::text(self.unit.as_str())),
            ("occurred_at".to_owned(), Node::Int(self.occurred_at)),
            ("recorded_at".to_owned(), Node::Int(self.recorded_at)),
        ]);
        if let Some(amends) = self.amends {
            fields.push(("amends".to_owned(), Node::Bytes(amends.0.to_vec())));
        }
        Node::map(fields)
    }
}

fn text(head: &Node, name: &'static str) -> Result<String, Unread> {
    head.get(name).and_then(Node::as_str).filter(|s| !s.is_empty()).map(str::to_owned).ok_or(Unread::Envelope(name))
}

fn time(head: &Node, name: &'static str) -> Result<i64, Unread> {
    let in_range = |t: &i64| (0..=crate::limits::TIME_SECONDS_MAX).contains(t);
    head.get(name).and_then(Node::as_int).filter(in_range).ok_or(Unread::Envelope(name))
}

fn id(head: &Node, name: &'static str) -> Result<Option<FactId>, Unread> {
    match head.get(name) {
        None => Ok(None),
        Some(value) => value.as_bytes().and_then(FactId::from_slice).map(Some).ok_or(Unread::Envelope(name)),
    }
}
