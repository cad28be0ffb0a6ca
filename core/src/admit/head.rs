//! The fields before the columns: previous change, author, numbers, time, other actors.

use super::cursor::Cursor;
use super::refusal::Refusal;
use super::rules::Rules;
use crate::doc::GENESIS_ACTOR;
use crate::ids::{ActorId, ChangeHash};
use crate::limits::{ACTOR_SEQ_MAX, OPERATION_COUNTER_MAX, TIME_SECONDS_MAX};

/// A change's fixed fields, each within its limit.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub(super) dep: ChangeHash,
    pub(super) actor: ActorId,
    pub(super) seq: u64,
    pub(super) start_op: u64,
    pub(super) time: i64,
}

impl Head {
    /// Reads the fields; the cursor stands at the columns afterwards.
    pub(super) fn read(cursor: &mut Cursor<'_>, rules: &Rules) -> Result<Head, Refusal> {
        let field = Refusal::Field;
        if cursor.uleb().ok_or(field)? != 1 {
            return Err(Refusal::DepCount);
        }
        let dep = ChangeHash(cursor.array().ok_or(field)?);
        if cursor.uleb().ok_or(field)? != 16 {
            return Err(Refusal::ActorLength);
        }
        let actor = ActorId(cursor.array().ok_or(field)?);
        if actor == GENESIS_ACTOR {
            return Err(Refusal::GenesisActor);
        }
        let seq = cursor.uleb().ok_or(field)?;
        if !(1..=ACTOR_SEQ_MAX).contains(&seq) {
            return Err(Refusal::SeqRange);
        }
        let start_op = cursor.uleb().ok_or(field)?;
        if !(1..=OPERATION_COUNTER_MAX).contains(&start_op) {
            return Err(Refusal::CounterRange);
        }
        let time = cursor.sleb().ok_or(field)?;
        if !(0..=TIME_SECONDS_MAX).contains(&time) {
            return Err(Refusal::TimeRange);
        }
        if cursor.uleb().ok_or(field)? != 0 {
            return Err(Refusal::Message);
        }
        other_actors(cursor, rules)?;
        Ok(Head { dep, actor, seq, start_op, time })
    }
}

/// Besides its author a change names genesis, whose map it fills, and nobody else.
fn other_actors(cursor: &mut Cursor<'_>, rules: &Rules) -> Result<(), Refusal> {
    let count = cursor.uleb().ok_or(Refusal::Field)?;
    let mut only_genesis = count == 1;
    // Ends with the bytes at the latest: every actor takes at least one.
    for _ in 0..count {
        let length = cursor.uleb().ok_or(Refusal::OtherActors)?;
        only_genesis &= cursor.take(length).ok_or(Refusal::OtherActors)? == GENESIS_ACTOR.0;
        rules.need(only_genesis, Refusal::OtherActors)?;
    }
    rules.need(only_genesis, Refusal::OtherActors)
}
