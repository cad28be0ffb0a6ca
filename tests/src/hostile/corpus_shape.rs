//! Attacks by operations: canonically encoded, checksum right, and dishonest.

use super::corpus::Row;
use super::craft::{Raw, column, decode, encode, run};
use super::honest::{OTHER, OWNER, TIME, first, receipt};
use automerge::legacy::{ElementId, Key, MarkData, ObjectId, Op, OpId, OpType, SortedVec};
use automerge::{ExpandedChange, ObjType, ScalarValue};
use daiban_core::admit::Refusal;
use daiban_core::doc::{GENESIS_ACTOR, compose, fact_key};
use daiban_core::fact::Node;

fn spoiled(spoil: impl FnOnce(&mut ExpandedChange)) -> Vec<u8> {
    let mut change = decode(&compose(OWNER, &first().tip, &receipt(), TIME).bytes);
    spoil(&mut change);
    encode(change)
}

/// The second change with one more operation at its end.
fn with_op(op: Op) -> Vec<u8> {
    spoiled(|c| c.operations.push(op))
}

fn fact(node: &Node) -> Vec<u8> {
    compose(OWNER, &first().tip, node, TIME).bytes
}

fn actor(of: daiban_core::ids::ActorId) -> automerge::ActorId {
    automerge::ActorId::from(&of.0)
}

/// The `at`-th operation of the change under attack.
fn own(at: u64) -> OpId {
    OpId::new(first().tip.max_op + 1 + at, &actor(OWNER))
}

fn facts() -> ObjectId {
    ObjectId::Id(OpId::new(2, &actor(GENESIS_ACTOR)))
}

/// A put of `z` into the fact itself: the last thing that may follow.
fn put(value: ScalarValue) -> Op {
    Op { action: OpType::Put(value), obj: ObjectId::Id(own(0)), key: Key::Map("z".into()), pred: SortedVec::new(), insert: false }
}

fn act(action: OpType) -> Op {
    Op { action, ..put(ScalarValue::Null) }
}

fn into(obj: ObjectId) -> Op {
    Op { obj, ..put(ScalarValue::Int(1)) }
}

fn named(name: &str) -> Op {
    Op { key: Key::Map(name.into()), ..put(ScalarValue::Int(1)) }
}

fn make_fact(key: String) -> Op {
    Op { action: OpType::Make(ObjType::Map), obj: facts(), key: Key::Map(key.into()), ..put(ScalarValue::Null) }
}

fn with_pred(pred: OpId) -> Vec<u8> {
    with_op(Op { pred: vec![pred].into(), ..put(ScalarValue::Int(1)) })
}

/// Adds to the list of the receipt (operation 1) after this element.
fn append(after: ElementId) -> Vec<u8> {
    let op = Op { obj: ObjectId::Id(own(1)), key: Key::Seq(after), insert: true, ..put(ScalarValue::Int(1)) };
    spoiled(|c| {
        // Behind the list's last element, before the field that follows.
        let end = c.operations.iter().rposition(|o| o.obj == ObjectId::Id(own(1))).unwrap() + 1;
        c.operations.truncate(end);
        c.operations.push(op);
    })
}

/// Maps in maps, without recursion.
fn nested(depth: usize) -> Vec<u8> {
    spoiled(|c| {
        c.operations.truncate(1);
        for level in 0..depth as u64 {
            let obj = ObjectId::Id(own(level));
            c.operations.push(Op { obj, action: OpType::Make(ObjType::Map), ..put(ScalarValue::Null) });
        }
    })
}

/// A fact of `count` list elements: two operations more.
fn many(count: usize) -> Vec<u8> {
    fact(&Node::map([("items", Node::List(vec![Node::Bool(true); count]))]))
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = values();
    rows.extend(objects());
    rows.extend(encodings());
    rows
}

fn values() -> Vec<Row> {
    let row = |name, refusal, wire| Row { name, refusal, wire };
    vec![
        row("delete without pred", Refusal::BadAction, || with_op(act(OpType::Delete))),
        row("delete of an own field", Refusal::BadAction, || with_op(Op { pred: vec![own(1)].into(), ..act(OpType::Delete) })),
        row("delete of the map of facts", Refusal::BadAction, || {
            let facts_op = OpId::new(2, &actor(GENESIS_ACTOR));
            with_op(Op { obj: ObjectId::Root, key: Key::Map("facts".into()), pred: vec![facts_op].into(), ..act(OpType::Delete) })
        }),
        row("increment", Refusal::BadAction, || with_op(act(OpType::Increment(1)))),
        row("mark in a map", Refusal::BadAction, || {
            with_op(act(OpType::MarkBegin(MarkData { name: "bold".into(), value: ScalarValue::Boolean(true), expand: false })))
        }),
        row("mark end", Refusal::BadAction, || with_op(act(OpType::MarkEnd(false)))),
        row("text object", Refusal::BadAction, || with_op(act(OpType::Make(ObjType::Text)))),
        row("table object", Refusal::BadAction, || with_op(act(OpType::Make(ObjType::Table)))),
        row("unknown action", Refusal::BadAction, || {
            let change = Raw::of(&spoiled(|_| {}));
            let mut actions = change.column(column::ACTION).to_vec();
            actions.extend(run(1, &[99]));
            change.with(column::ACTION, actions).bytes()
        }),
        row("pred names a missing operation", Refusal::HasPred, || with_pred(OpId::new(9_999, &actor(OWNER)))),
        row("pred names itself", Refusal::HasPred, || with_pred(own(first_ops()))),
        row("pred names another operation of the change", Refusal::HasPred, || with_pred(own(1))),
        row("pred names genesis", Refusal::HasPred, || with_pred(OpId::new(1, &actor(GENESIS_ACTOR)))),
        row("pred at 2^63-1 twice", Refusal::HasPred, || {
            let max = OpId::new(i64::MAX as u64, &actor(OWNER));
            with_op(Op { pred: vec![max.clone(), max].into(), ..put(ScalarValue::Int(1)) })
        }),
        row("null", Refusal::Value, || with_op(put(ScalarValue::Null))),
        row("not a number", Refusal::Value, || with_op(put(ScalarValue::F64(f64::NAN)))),
        row("unsigned", Refusal::Value, || with_op(put(ScalarValue::Uint(1)))),
        row("timestamp", Refusal::Value, || with_op(put(ScalarValue::Timestamp(i64::MIN)))),
        row("counter", Refusal::Value, || with_op(put(ScalarValue::counter(1)))),
        row("unknown type of value", Refusal::Value, || with_op(put(ScalarValue::Unknown { type_code: 12, bytes: vec![1] }))),
        row("text of 64 KiB and a byte", Refusal::ValueSize, || with_op(put(ScalarValue::Str("a".repeat(65_537).into())))),
        row("bytes of 200 KB", Refusal::ValueSize, || with_op(put(ScalarValue::Bytes(vec![1; 200_000])))),
        row("empty field name", Refusal::FieldName, || with_op(named(""))),
        row("field name of 129 bytes", Refusal::FieldName, || with_op(named(&"z".repeat(129)))),
        row("nesting of 9", Refusal::Depth, || nested(8)),
        row("nesting of 1,000", Refusal::Depth, || nested(1_000)),
        row("nesting of 10,000", Refusal::OpCount, || nested(10_000)),
        row("5,001 operations", Refusal::OpCount, || many(4_999)),
    ]
}

fn first_ops() -> u64 {
    decode(&compose(OWNER, &first().tip, &receipt(), TIME).bytes).operations.len() as u64
}

fn objects() -> Vec<Row> {
    let row = |name, refusal, wire| Row { name, refusal, wire };
    vec![
        row("writes into the root", Refusal::Target, || with_op(into(ObjectId::Root))),
        row("a second root map beside facts", Refusal::Target, || {
            with_op(Op { obj: ObjectId::Root, key: Key::Map("logs".into()), ..act(OpType::Make(ObjType::Map)) })
        }),
        row("puts a scalar over facts", Refusal::Target, || {
            with_op(Op { obj: ObjectId::Root, key: Key::Map("facts".into()), ..put(ScalarValue::Int(1)) })
        }),
        row("writes into another object of genesis", Refusal::Target, || {
            with_op(into(ObjectId::Id(OpId::new(1, &actor(GENESIS_ACTOR)))))
        }),
        row("writes into another author's fact", Refusal::OtherActors, || {
            with_op(into(ObjectId::Id(OpId::new(4, &actor(OTHER)))))
        }),
        row("writes into its own earlier fact", Refusal::NotOpen, || with_op(into(ObjectId::Id(OpId::new(4, &actor(OWNER)))))),
        row("object that does not exist", Refusal::NotOpen, || with_op(into(ObjectId::Id(own(900))))),
        row("object that is a scalar", Refusal::NotOpen, || with_op(into(ObjectId::Id(own(first_ops() - 1))))),
        row("object of the operation itself", Refusal::NotOpen, || with_op(into(ObjectId::Id(own(first_ops()))))),
        row("object that was closed before", Refusal::NotOpen, || with_op(into(ObjectId::Id(own(2))))),
        row("operations before the fact", Refusal::NotOpen, || {
            spoiled(|c| {
                let op = c.operations.pop().unwrap();
                c.operations.insert(0, op);
            })
        }),
        row("a second fact under another key", Refusal::SecondFact, || with_op(make_fact(fact_key(OWNER, 3)))),
        row("the same fact twice", Refusal::SecondFact, || with_op(make_fact(fact_key(OWNER, 2)))),
        row("another author's key", Refusal::FactKey, || spoiled(|c| c.operations[0] = make_fact(fact_key(OTHER, 2)))),
        row("its own earlier key", Refusal::FactKey, || spoiled(|c| c.operations[0] = make_fact(fact_key(OWNER, 1)))),
        row("its own key in capitals", Refusal::FactKey, || {
            spoiled(|c| c.operations[0] = make_fact(fact_key(OWNER, 2).to_uppercase()))
        }),
        row("fact that is a list", Refusal::FactMake, || fact(&Node::List(vec![Node::Int(1)]))),
        row("fact that is a scalar", Refusal::FactMake, || fact(&Node::Int(1))),
        row("fact made by an insert", Refusal::FactMake, || spoiled(|c| c.operations[0].insert = true)),
        row("field name twice", Refusal::KeyOrder, || {
            spoiled(|c| {
                let op = c.operations.last().unwrap().clone();
                c.operations.push(op);
            })
        }),
        row("field names descend", Refusal::KeyOrder, || with_op(named("a"))),
        row("insert flag in a map", Refusal::MapKey, || with_op(Op { insert: true, ..put(ScalarValue::Int(1)) })),
        row("list position in a map", Refusal::MapKey, || {
            with_op(Op { key: Key::Seq(ElementId::Head), insert: true, ..put(ScalarValue::Int(1)) })
        }),
        row("field name in a list", Refusal::MapKey, || spoiled(|c| c.operations[2].key = Key::Map("a".into()))),
        row("list insert after a missing element", Refusal::ListOrder, || append(ElementId::Id(own(900)))),
        row("list insert at the head of a list begun", Refusal::ListOrder, || append(ElementId::Head)),
        row("list insert after an element that is not the last", Refusal::ListOrder, || append(ElementId::Id(own(2)))),
        row("list insert after a field of another object", Refusal::ListOrder, || append(ElementId::Id(own(3)))),
        row("list element overwritten", Refusal::ListOrder, || spoiled(|c| c.operations[2].insert = false)),
    ]
}

/// Ordinary facts in another than the one encoding: harmless to look at, and the saved document never loads again.
fn encodings() -> Vec<Row> {
    let row = |name, refusal, wire| Row { name, refusal, wire };
    vec![
        row("run of one instead of a literal", Refusal::NotCanonical, || {
            let change = Raw::of(&fact(&Node::map([("a", Node::Int(1))])));
            // Two names: a literal run of two becomes two runs of one.
            let key = fact_key(OWNER, 2);
            let mut names = run(1, &[key.len() as u8]);
            names.extend(key.as_bytes());
            names.extend(run(1, b"\x01a"));
            change.with(column::KEY_NAME, names).bytes()
        }),
        row("literal of equal values instead of a run", Refusal::NotCanonical, || {
            let change = Raw::of(&fact(&Node::map([("a", Node::Int(1)), ("b", Node::Int(2))])));
            change.with(column::ACTION, run(-3, &[0, 1, 1])).bytes()
        }),
        row("number of a run written too long", Refusal::NotCanonical, || {
            let change = Raw::of(&fact(&Node::map([("a", Node::Int(1)), ("b", Node::Int(2))])));
            change.with(column::PRED_COUNT, vec![0x83, 0x00, 0]).bytes()
        }),
        row("number of the header written too long", Refusal::Unparsable, || {
            let body = Raw::of(&spoiled(|_| {})).body();
            super::craft::chunk(1, &[&[0x81, 0x00], &body[1..]].concat())
        }),
        row("value bytes that nobody reads", Refusal::NotCanonical, || {
            let change = Raw::of(&spoiled(|_| {}));
            let longer = [change.column(column::VALUE), b"hidden"].concat();
            change.with(column::VALUE, longer).bytes()
        }),
        row("names that nobody reads", Refusal::NotCanonical, || {
            let change = Raw::of(&spoiled(|_| {}));
            let longer = [change.column(column::KEY_NAME), &run(-1, b"\x01z")].concat();
            change.with(column::KEY_NAME, longer).bytes()
        }),
        row("pred count left out", Refusal::Unparsable, || {
            let mut change = Raw::of(&spoiled(|_| {}));
            change.columns.retain(|(kind, _)| *kind != column::PRED_COUNT);
            change.bytes()
        }),
    ]
}
