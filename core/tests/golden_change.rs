//! Formats that can never change: every phone and every stored log depends on these bytes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{Automerge, Change, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};
use daiban_core::admit::{Refusal, check, peek, place};
use daiban_core::doc::{ChainTip, ExportError, GENESIS_ACTOR, compose, deflate, export, fact_key, genesis, read_document};
use daiban_core::fact::Node;
use daiban_core::ids::{ActorId, CaseId};
use proptest::prelude::*;

const CASE: CaseId = CaseId([0x11; 16]);
const ACTOR: ActorId = ActorId([0xa1; 16]);
const TIME: i64 = 1_795_420_800;

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// Every kind of value once, two levels deep.
fn sample() -> Node {
    Node::map([
        ("id", Node::Bytes(vec![7; 16])),
        ("kind", Node::text("work_log")),
        ("minutes", Node::Int(-45)),
        ("done", Node::Bool(true)),
        ("text", Node::text("规划许可窗口要求补正总平面图")),
        ("items", Node::List(vec![Node::text("总平面图"), Node::map([("copies", Node::Int(3))])])),
    ])
}

#[test]
fn genesis_bytes() {
    let genesis = genesis(CASE);
    assert_eq!(hex(&genesis.bytes), include_str!("golden/genesis.hex").trim());
    assert_eq!(genesis.tip, ChainTip::start(CASE));
    assert_eq!((genesis.tip.seq, genesis.tip.max_op), (0, 3));
}

#[test]
fn composed_bytes() {
    let first = compose(ACTOR, &ChainTip::start(CASE), &sample(), TIME);
    assert_eq!(hex(&first.bytes), include_str!("golden/fact_1.hex").trim());
    let second = compose(ACTOR, &first.tip, &Node::map([("kind", Node::text("note"))]), TIME + 1);
    assert_eq!(hex(&second.bytes), include_str!("golden/fact_2.hex").trim());
    assert_eq!((second.tip.seq, second.tip.max_op), (2, first.tip.max_op + 2));
}

#[test]
fn fact_keys() {
    assert_eq!(fact_key(ACTOR, 1), "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1-1");
    assert_eq!(fact_key(ActorId([0; 16]), 4_294_967_295), "00000000000000000000000000000000-4294967295");
}

#[test]
fn genesis_is_what_a_transaction_writes() {
    let mut document = Automerge::new().with_actor(automerge::ActorId::from(&GENESIS_ACTOR.0));
    let mut tx = document.transaction();
    tx.put(ROOT, "schema", 1i64).unwrap();
    tx.put_object(ROOT, "facts", ObjType::Map).unwrap();
    tx.put(ROOT, "case", CASE.to_string()).unwrap();
    tx.commit_with(CommitOptions::default().with_time(0));
    assert_eq!(document.get_last_local_change().unwrap().raw_bytes(), genesis(CASE).bytes);
}

#[test]
fn deflated_form_has_the_same_hash_and_is_automerges() {
    let long = Node::map([("text", Node::text("补正总平面图".repeat(200)))]);
    let raw = compose(ACTOR, &ChainTip::start(CASE), &long, TIME).bytes;
    let small = deflate(&raw);
    assert!(small.len() < raw.len() / 4);
    assert_eq!(small, Change::try_from(raw.as_slice()).unwrap().bytes().into_owned());
    assert_eq!(peek(&small).unwrap(), peek(&raw).unwrap());
    assert_eq!(check(&small, ACTOR).unwrap(), check(&raw, ACTOR).unwrap());
    assert_eq!(deflate(&small), small);
    assert_eq!(deflate(&raw[..6]), raw[..6]);
}

#[test]
fn a_chain_is_placed_in_order_only() {
    let start = ChainTip::start(CASE);
    let one = compose(ACTOR, &start, &sample(), TIME);
    let two = compose(ACTOR, &one.tip, &sample(), TIME);
    let other_one = compose(ACTOR, &start, &sample(), TIME + 1);
    let elsewhere = compose(ACTOR, &ChainTip::start(CaseId([0x22; 16])), &sample(), TIME);
    let [a, b, c, d] = [&one, &two, &other_one, &elsewhere].map(|c| check(&c.bytes, ACTOR).unwrap());
    assert_eq!(place(&a, &start), Ok(one.tip));
    assert_eq!(place(&b, &one.tip), Ok(two.tip));
    assert_eq!(place(&b, &start), Err(Refusal::SeqGap));
    assert!(Refusal::SeqGap.is_waiting());
    assert_eq!(place(&c, &one.tip), Err(Refusal::Fork));
    assert_eq!(place(&d, &start), Err(Refusal::WrongDep));
    let on_fork = compose(ACTOR, &other_one.tip, &sample(), TIME);
    assert_eq!(place(&check(&on_fork.bytes, ACTOR).unwrap(), &one.tip), Err(Refusal::WrongDep));
    let shifted = compose(ACTOR, &ChainTip { max_op: one.tip.max_op + 1, ..one.tip }, &sample(), TIME);
    assert_eq!(place(&check(&shifted.bytes, ACTOR).unwrap(), &one.tip), Err(Refusal::StartOp));
}

#[test]
fn an_export_reads_back() {
    let other = ActorId([0xb2; 16]);
    let start = ChainTip::start(CASE);
    let a1 = compose(ACTOR, &start, &sample(), TIME);
    let a2 = compose(ACTOR, &a1.tip, &Node::map([("kind", Node::text("note"))]), TIME);
    let b1 = compose(other, &start, &sample(), TIME);
    let file = export(CASE, [b1.bytes.as_slice(), &a1.bytes, &deflate(&a2.bytes)].into_iter()).unwrap();
    let facts = read_document(&file).unwrap();
    let keys: Vec<_> = facts.iter().map(|(key, _)| key.clone()).collect();
    assert_eq!(keys, [fact_key(ACTOR, 1), fact_key(ACTOR, 2), fact_key(other, 1)]);
    assert_eq!(facts[2].1, sample());
    assert_eq!(export(CASE, [a2.bytes.as_slice()].into_iter()), Err(ExportError::Missing(1)));
    assert_eq!(export(CASE, [&b"nothing"[..]].into_iter()), Err(ExportError::Change(1)));
    assert!(matches!(read_document(&file[..file.len() / 2]), Err(ExportError::Document(_))));
    assert_eq!(read_document(&Automerge::new().save()), Err(ExportError::NoFacts));
}

/// Any tree a fact may be, within the limits.
fn any_fact() -> impl Strategy<Value = Node> {
    let text = prop_oneof![".{0,12}", Just(String::new()), "[代办补正图]{0,40}"];
    let leaf = prop_oneof![
        text.prop_map(Node::Str),
        any::<i64>().prop_map(Node::Int),
        any::<bool>().prop_map(Node::Bool),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(Node::Bytes),
    ];
    let name = "[a-z_]{1,6}|[\\x00-\\x7f]{1,3}|[事项]{1,2}";
    let tree = leaf.prop_recursive(6, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Node::List),
            prop::collection::vec((name, inner), 0..5).prop_map(Node::map),
        ]
    });
    prop::collection::vec((name, tree), 0..12).prop_map(Node::map)
}

/// Writes the tree through an Automerge transaction.
fn write(tx: &mut impl Transactable, obj: &ObjId, at: automerge::Prop, insert: bool, node: &Node) {
    let scalar = match node {
        Node::Map(fields) => {
            let made = make(tx, obj, at, insert, ObjType::Map);
            return fields.iter().for_each(|(name, value)| write(tx, &made, name.as_str().into(), false, value));
        }
        Node::List(items) => {
            let made = make(tx, obj, at, insert, ObjType::List);
            return items.iter().enumerate().for_each(|(i, item)| write(tx, &made, i.into(), true, item));
        }
        Node::Str(text) => ScalarValue::Str(text.as_str().into()),
        Node::Int(number) => ScalarValue::Int(*number),
        Node::Bool(yes) => ScalarValue::Boolean(*yes),
        Node::Bytes(bytes) => ScalarValue::Bytes(bytes.clone()),
    };
    match at {
        automerge::Prop::Seq(i) if insert => tx.insert(obj, i, scalar).unwrap(),
        at => tx.put(obj, at, scalar).unwrap(),
    }
}

fn make(tx: &mut impl Transactable, obj: &ObjId, at: automerge::Prop, insert: bool, kind: ObjType) -> ObjId {
    match at {
        automerge::Prop::Seq(i) if insert => tx.insert_object(obj, i, kind).unwrap(),
        at => tx.put_object(obj, at, kind).unwrap(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Two facts a case, so 600: composed bytes are the transaction's, admission reads the same tree, the document too.
    #[test]
    fn composed_is_what_a_transaction_writes(facts in [any_fact(), any_fact()], time in 0..4_102_444_800i64) {
        let mut document = Automerge::new();
        document.apply_changes([Change::try_from(genesis(CASE).bytes.as_slice()).unwrap()]).unwrap();
        document.set_actor(automerge::ActorId::from(&ACTOR.0));
        let (mut tip, mut raws) = (ChainTip::start(CASE), Vec::new());
        for fact in &facts {
            let home = document.get(ROOT, "facts").unwrap().unwrap().1;
            let mut tx = document.transaction();
            write(&mut tx, &home, fact_key(ACTOR, tip.seq + 1).into(), false, fact);
            tx.commit_with(CommitOptions::default().with_time(time));
            let composed = compose(ACTOR, &tip, fact, time);
            let change = document.get_last_local_change().unwrap();
            prop_assert_eq!(hex(change.raw_bytes()), hex(&composed.bytes));
            let checked = check(&composed.bytes, ACTOR).unwrap();
            prop_assert_eq!(&checked.fact, fact);
            tip = place(&checked, &tip).unwrap();
            prop_assert_eq!(tip, composed.tip);
            raws.push(composed.bytes);
        }
        let read = read_document(&export(CASE, raws.iter().map(Vec::as_slice)).unwrap()).unwrap();
        prop_assert_eq!(read.into_iter().map(|(_, fact)| fact).collect::<Vec<_>>(), facts);
    }
}
