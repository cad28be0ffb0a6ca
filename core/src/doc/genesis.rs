//! The one change that nobody signs: it makes the root of a case, byte for byte the same everywhere.

use super::tip::ChainTip;
use crate::ids::{ActorId, CaseId, ChangeHash};
use automerge::legacy::{Key, ObjectId, Op, OpType, SortedVec};
use automerge::{Change, ExpandedChange, ObjType, ScalarValue};
use std::num::NonZeroU64;

/// Author of every genesis change. No device can hold it: [`crate::admit`] refuses it.
pub const GENESIS_ACTOR: ActorId = ActorId(*b"daiban-genesis-0");
/// The operation of the genesis change that makes the map `facts`; every fact is an entry of that map.
pub const FACTS_OBJECT_OP: u64 = 2;
/// Version of the document's layout, written as `schema`.
const SCHEMA: i64 = 1;

/// The first change of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Genesis {
    /// The raw change (chunk type 1).
    pub bytes: Vec<u8>,
    /// What every author's first change stands on: sequence 0, this change's hash, its highest operation.
    pub tip: ChainTip,
}

/// The genesis change of `case`: `schema`, the map `facts` and the case's id, in this order.
pub fn genesis(case: CaseId) -> Genesis {
    let put =
        |key: &str, action| Op { action, obj: ObjectId::Root, key: Key::Map(key.into()), pred: SortedVec::new(), insert: false };
    let change = Change::from(ExpandedChange {
        operations: vec![
            put("schema", OpType::Put(ScalarValue::Int(SCHEMA))),
            put("facts", OpType::Make(ObjType::Map)),
            put("case", OpType::Put(ScalarValue::Str(case.to_string().into()))),
        ],
        actor_id: automerge::ActorId::from(&GENESIS_ACTOR.0),
        hash: None,
        seq: 1,
        start_op: NonZeroU64::MIN,
        time: 0,
        message: None,
        deps: Vec::new(),
        extra_bytes: Vec::new(),
        author: None,
    });
    let tip = ChainTip { seq: 0, hash: ChangeHash(change.hash().0), max_op: change.max_op() };
    Genesis { bytes: change.raw_bytes().to_vec(), tip }
}
