//! Everything that can be said about a change without its history.

use super::budget::{Budget, Charge, Overdrawn};
use super::cursor::Cursor;
use super::frame;
use super::head::Head;
use super::refusal::Refusal;
use super::rules::Rules;
use super::{columns, shape};
use crate::doc::{ChainTip, compose};
use crate::fact::Node;
use crate::ids::{ActorId, ChangeHash};
use automerge::{Change, ExpandedChange};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A change that is one whole fact of its author; whether it is the next one, [`super::place`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The raw change (chunk type 1): these bytes are stored and hashed, however they arrived.
    pub raw: Vec<u8>,
    /// SHA-256 of the change, as Automerge computes it.
    pub hash: ChangeHash,
    /// The author: the owner that was asked for.
    pub actor: ActorId,
    /// The author's how-many-th change in the case, from 1.
    pub seq: u64,
    /// The author's previous change, or genesis.
    pub dep: ChangeHash,
    /// Number of the first operation.
    pub start_op: u64,
    /// Number of the last operation.
    pub max_op: u64,
    /// What the change claims as its time, Unix seconds. Decoration: the fact's own times count.
    pub time: i64,
    /// The fact.
    pub fact: Node,
}

/// What the first bytes of an undamaged change say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peek {
    /// The change's hash: a change known by it needs no further look.
    pub hash: ChangeHash,
    /// The author it claims.
    pub actor: ActorId,
    /// The author's how-many-th change it claims to be.
    pub seq: u64,
    /// The change it claims to stand on.
    pub dep: ChangeHash,
}

/// Reads who and which a change is, after size, length and checksum: for "already known" answers and for sorting a batch.
///
/// Says nothing about the rest of the change; Automerge does not see it.
pub fn peek(wire: &[u8]) -> Result<Peek, Refusal> {
    look(wire, &mut Budget::own())
}

/// [`peek`] at what somebody sent, as far as its budget reaches.
pub fn peek_within(wire: &[u8], budget: &mut Budget) -> Result<Result<Peek, Refusal>, Overdrawn> {
    let found = look(wire, budget);
    budget.standing().map(|()| found)
}

fn look(wire: &[u8], budget: &mut Budget) -> Result<Peek, Refusal> {
    let frame = frame::open(wire, budget)?;
    let head = Head::read(&mut Cursor::new(&frame.body), &Rules::ALL)?;
    Ok(Peek { hash: frame.hash, actor: head.actor, seq: head.seq, dep: head.dep })
}

/// Checks a change as it arrived (type 1, or 2 if deflated). `owner` is the actor of the device whose signature covers it.
pub fn check(wire: &[u8], owner: ActorId) -> Result<Checked, Refusal> {
    run(&Rules::ALL, wire, owner, &mut Budget::own())
}

/// [`check`] of what somebody sent, as far as its budget reaches.
pub fn check_within(wire: &[u8], owner: ActorId, budget: &mut Budget) -> Result<Result<Checked, Refusal>, Overdrawn> {
    let found = run(&Rules::ALL, wire, owner, budget);
    budget.standing().map(|()| found)
}

/// [`check`] with some rules waived, for the test that proves each of them necessary.
#[cfg(feature = "test-support")]
pub fn check_with(rules: &Rules, wire: &[u8], owner: ActorId) -> Result<Checked, Refusal> {
    run(rules, wire, owner, &mut Budget::own())
}

fn run(rules: &Rules, wire: &[u8], owner: ActorId, budget: &mut Budget) -> Result<Checked, Refusal> {
    let frame = frame::open(wire, budget)?;
    let mut cursor = Cursor::new(&frame.body);
    let head = Head::read(&mut cursor, rules)?;
    rules.need(head.actor == owner, Refusal::ForeignActor)?;
    let operations = columns::read(&mut cursor, rules)?;
    budget.charge(Charge::Operations(operations)).map_err(|_| Refusal::OpCount)?;
    let raw = frame.raw();
    let expanded = expand(&raw)?;
    let weak = rules.only_reencoded().then(|| expanded.clone());
    let fact = shape::read(expanded.operations, head.actor, head.seq, head.start_op, rules)?;
    // One equality for the whole shape: our writer, given what our reader read, must produce these very bytes.
    let same = match weak {
        Some(change) => reencodes(change, &raw),
        None => {
            let before = ChainTip { seq: head.seq - 1, hash: head.dep, max_op: head.start_op - 1 };
            compose(head.actor, &before, &fact, head.time).bytes == raw
        }
    };
    rules.need(same, Refusal::NotCanonical)?;
    Ok(Checked {
        hash: frame.hash,
        actor: head.actor,
        seq: head.seq,
        dep: head.dep,
        start_op: head.start_op,
        max_op: head.start_op + operations - 1,
        time: head.time,
        fact,
        raw,
    })
}

/// Automerge's own reading; its panics on dishonest bytes end here.
fn expand(raw: &[u8]) -> Result<ExpandedChange, Refusal> {
    let read = || Change::try_from(raw).map(|change| change.decode());
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(change)) => Ok(change),
        Ok(Err(_)) | Err(_) => Err(Refusal::Unparsable),
    }
}

/// The weaker equality: Automerge reads and writes the same bytes. Only under [`Rules::reencoding_only`].
fn reencodes(change: ExpandedChange, raw: &[u8]) -> bool {
    catch_unwind(AssertUnwindSafe(|| Change::from(change).raw_bytes() == raw)).unwrap_or(false)
}
