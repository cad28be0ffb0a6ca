//! A fact as a change, without a document: byte for byte what an Automerge transaction writes.

use super::genesis::{FACTS_OBJECT_OP, GENESIS_ACTOR};
use super::tip::ChainTip;
use crate::fact::Node;
use crate::ids::{ActorId, ChangeHash};
use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType, SortedVec};
use automerge::{Change, ExpandedChange, ObjType, ScalarValue};
use std::borrow::Cow;
use std::num::NonZeroU64;

/// A written change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// The raw change (chunk type 1).
    pub bytes: Vec<u8>,
    /// Where the author's chain ends with it.
    pub tip: ChainTip,
}

/// A fact's place in the map `facts`: bound to its author and number, so nobody can take or hide another's.
pub fn fact_key(actor: ActorId, seq: u64) -> String {
    format!("{actor}-{seq}")
}

/// Writes `fact` as the next change of `actor`, whose chain ends at `tip`. `time` is Unix seconds and only decoration.
///
/// Pure and total. It writes whatever tree it is given; whether that is a fact within the limits, [`crate::admit::check`]
/// says, and a phone asks it before it stores its own change. Fields are written in ascending order, each name once.
/// The tree's depth is the caller's to bound: composing recurses as deep as the tree.
pub fn compose(actor: ActorId, tip: &ChainTip, fact: &Node, time: i64) -> Composed {
    let me = automerge::ActorId::from(&actor.0);
    let seq = tip.seq.saturating_add(1);
    let start_op = NonZeroU64::MIN.saturating_add(tip.max_op);
    let mut writer = Writer { me: &me, next: start_op.get(), ops: Vec::with_capacity(16) };
    let facts = OpId::new(FACTS_OBJECT_OP, &automerge::ActorId::from(&GENESIS_ACTOR.0));
    writer.node(fact, ObjectId::Id(facts), Key::Map(fact_key(actor, seq).into()), false);
    let operations = writer.ops;
    let change = Change::from(ExpandedChange {
        operations,
        actor_id: me,
        hash: None,
        seq,
        start_op,
        time,
        message: None,
        deps: vec![automerge::ChangeHash(tip.hash.0)],
        extra_bytes: Vec::new(),
        author: None,
    });
    let tip = ChainTip { seq, hash: ChangeHash(change.hash().0), max_op: change.max_op() };
    Composed { bytes: change.raw_bytes().to_vec(), tip }
}

/// Writes nodes depth first, giving each the next operation number.
struct Writer<'a> {
    me: &'a automerge::ActorId,
    next: u64,
    ops: Vec<Op>,
}

impl Writer<'_> {
    /// Writes one node; returns its operation.
    fn node(&mut self, node: &Node, obj: ObjectId, key: Key, insert: bool) -> OpId {
        let id = OpId::new(self.next, self.me);
        self.next = self.next.saturating_add(1);
        self.ops.push(Op { action: action(node), obj, key, pred: SortedVec::new(), insert });
        match node {
            Node::Map(fields) => {
                for (name, value) in ascending(fields).iter() {
                    self.node(value, ObjectId::Id(id.clone()), Key::Map(name.as_str().into()), false);
                }
            }
            Node::List(items) => {
                let mut after = ElementId::Head;
                for item in items {
                    after = ElementId::Id(self.node(item, ObjectId::Id(id.clone()), Key::Seq(after), true));
                }
            }
            _ => {}
        }
        id
    }
}

fn action(node: &Node) -> OpType {
    match node {
        Node::Map(_) => OpType::Make(ObjType::Map),
        Node::List(_) => OpType::Make(ObjType::List),
        Node::Str(text) => OpType::Put(ScalarValue::Str(text.as_str().into())),
        Node::Int(number) => OpType::Put(ScalarValue::Int(*number)),
        Node::Bool(yes) => OpType::Put(ScalarValue::Boolean(*yes)),
        Node::Bytes(bytes) => OpType::Put(ScalarValue::Bytes(bytes.clone())),
    }
}

/// The fields in ascending order, each once. [`Node::Map`] promises that already; a hand-made tree may break the promise.
fn ascending(fields: &[(String, Node)]) -> Cow<'_, [(String, Node)]> {
    if fields.is_sorted_by(|a, b| a.0 < b.0) {
        return Cow::Borrowed(fields);
    }
    let mut fields = fields.to_vec();
    fields.sort_by(|a, b| a.0.cmp(&b.0));
    fields.dedup_by(|a, b| a.0 == b.0);
    Cow::Owned(fields)
}
