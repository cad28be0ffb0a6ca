//! The operations as one whole fact: a tree, written depth first into the map `facts`.

use super::refusal::Refusal;
use super::rules::Rules;
use crate::doc::{FACTS_OBJECT_OP, GENESIS_ACTOR, fact_key};
use crate::fact::Node;
use crate::ids::ActorId;
use crate::limits::{FACT_DEPTH_MAX, FIELD_NAME_BYTES_MAX, VALUE_BYTES_MAX};
use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ObjType, ScalarValue};

/// Reads the operations of change `seq` of `actor`, the first of which is number `start_op`, as the fact they make.
pub(super) fn read(ops: Vec<Op>, actor: ActorId, seq: u64, start_op: u64, rules: &Rules) -> Result<Node, Refusal> {
    let me = automerge::ActorId::from(&actor.0);
    let genesis = automerge::ActorId::from(&GENESIS_ACTOR.0);
    let mut reader =
        Reader { rules, me, genesis, key: fact_key(actor, seq), open: Vec::with_capacity(FACT_DEPTH_MAX), fact: None };
    for (at, op) in ops.into_iter().enumerate() {
        reader.operation(start_op.saturating_add(at as u64), op)?;
    }
    reader.close_to(0);
    reader.fact.ok_or(Refusal::FactMake)
}

/// An object that is still being filled.
struct Open {
    /// The operation that made it.
    op: u64,
    /// Its field name in the object around it; empty in a list.
    name: String,
    node: Node,
    /// The operation of the last element, if this is a list.
    last: u64,
}

struct Reader<'a> {
    rules: &'a Rules,
    me: automerge::ActorId,
    genesis: automerge::ActorId,
    key: String,
    open: Vec<Open>,
    fact: Option<Node>,
}

impl Reader<'_> {
    /// One operation. Under a waived rule it is read as far as it makes sense, else skipped.
    fn operation(&mut self, id: u64, op: Op) -> Result<(), Refusal> {
        self.rules.need(op.pred.is_empty(), Refusal::HasPred)?;
        let Some(node) = self.value(op.action)? else { return Ok(()) };
        match &op.obj {
            ObjectId::Id(obj) if *obj.actor() == self.genesis && obj.counter() == FACTS_OBJECT_OP => {
                self.begin(id, &op.key, op.insert, node)
            }
            ObjectId::Id(obj) if *obj.actor() == self.me => self.fill(id, obj.counter(), &op.key, op.insert, node),
            _ => self.rules.need(false, Refusal::Target),
        }
    }

    /// The fact itself: the first operation, a map under the author's own key.
    fn begin(&mut self, id: u64, key: &Key, insert: bool, node: Node) -> Result<(), Refusal> {
        self.rules.need(self.open.is_empty() && self.fact.is_none(), Refusal::SecondFact)?;
        self.rules.need(matches!(node, Node::Map(_)) && !insert, Refusal::FactMake)?;
        self.rules.need(matches!(key, Key::Map(name) if *name == self.key), Refusal::FactKey)?;
        self.close_to(0);
        self.put(id, String::new(), node)
    }

    /// A field or element of the innermost open object, or of one around it, which closes the inner ones.
    fn fill(&mut self, id: u64, obj: u64, key: &Key, insert: bool, node: Node) -> Result<(), Refusal> {
        let Some(at) = self.open.iter().rposition(|open| open.op == obj) else {
            return self.rules.need(false, Refusal::NotOpen);
        };
        self.close_to(at + 1);
        let rules = self.rules;
        let Some(into) = self.open.last_mut() else { return Err(Refusal::NotOpen) };
        let name = match (&into.node, key) {
            (Node::Map(fields), Key::Map(name)) => {
                rules.need(!insert, Refusal::MapKey)?;
                rules.need((1..=FIELD_NAME_BYTES_MAX).contains(&name.len()), Refusal::FieldName)?;
                let ascends = fields.last().is_none_or(|(last, _)| last.as_str() < name.as_str());
                rules.need(ascends, Refusal::KeyOrder)?;
                name.to_string()
            }
            (Node::List(items), Key::Seq(after)) => {
                let appends = match after {
                    ElementId::Head => items.is_empty(),
                    ElementId::Id(element) => !items.is_empty() && *element == OpId::new(into.last, &self.me),
                };
                rules.need(insert && appends, Refusal::ListOrder)?;
                into.last = id;
                String::new()
            }
            _ => return rules.need(false, Refusal::MapKey),
        };
        self.put(id, name, node)
    }

    /// Opens a container, or adds a plain value to the innermost open object.
    fn put(&mut self, id: u64, name: String, node: Node) -> Result<(), Refusal> {
        if matches!(node, Node::Map(_) | Node::List(_)) {
            if self.open.len() >= FACT_DEPTH_MAX {
                return Err(Refusal::Depth);
            }
            self.open.push(Open { op: id, name, node, last: 0 });
        } else {
            self.add(name, node);
        }
        Ok(())
    }

    fn add(&mut self, name: String, node: Node) {
        match self.open.last_mut().map(|open| &mut open.node) {
            Some(Node::Map(fields)) => fields.push((name, node)),
            Some(Node::List(items)) => items.push(node),
            _ => self.fact = Some(node),
        }
    }

    /// Closes the innermost objects until `keep` are open.
    fn close_to(&mut self, keep: usize) {
        while self.open.len() > keep {
            if let Some(done) = self.open.pop() {
                self.add(done.name, done.node);
            }
        }
    }

    /// The value an operation writes; `None` if its rule is waived and there is none.
    fn value(&self, action: OpType) -> Result<Option<Node>, Refusal> {
        let (node, bytes) = match action {
            OpType::Make(ObjType::Map) => (Node::Map(Vec::new()), 0),
            OpType::Make(ObjType::List) => (Node::List(Vec::new()), 0),
            OpType::Put(ScalarValue::Str(text)) => (Node::Str(text.to_string()), text.len()),
            OpType::Put(ScalarValue::Bytes(bytes)) => {
                let length = bytes.len();
                (Node::Bytes(bytes), length)
            }
            OpType::Put(ScalarValue::Int(number)) => (Node::Int(number), 0),
            OpType::Put(ScalarValue::Boolean(yes)) => (Node::Bool(yes), 0),
            OpType::Put(_) => return self.rules.need(false, Refusal::Value).map(|()| None),
            _ => return self.rules.need(false, Refusal::BadAction).map(|()| None),
        };
        if bytes > VALUE_BYTES_MAX {
            return Err(Refusal::ValueSize);
        }
        Ok(Some(node))
    }
}
