//! Canonical but dishonest changes: an honest one, taken apart, its operations or fields made false, and encoded by Automerge.
//!
//! Byte mutants stop at the checksum or the encoding; these reach the rules about objects, keys, order, numbers and authors.

use super::craft::{decode, encode};
use super::honest::{CASE, OTHER, OWNER, SeededRandom, THIRD, TIME};
use super::quiet::quietly;
use automerge::legacy::{ElementId, Key, MarkData, ObjectId, Op, OpId, OpType};
use automerge::{ExpandedChange, ObjType, ScalarValue};
use daiban_core::admit::{Checked, Refusal, Rules, check_with, place_with};
use daiban_core::doc::{ChainTip, GENESIS_ACTOR, compose, fact_key, genesis};
use daiban_core::ids::{ActorId, ChangeHash};
use std::num::NonZeroU64;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The devices of a history.
pub const AUTHORS: [ActorId; 3] = [OWNER, OTHER, THIRD];

/// One case into which three authors, each honest or not by turns, send changes.
pub struct History {
    /// What was admitted, in the order of arrival.
    pub admitted: Vec<Checked>,
    tips: [ChainTip; 3],
    random: SeededRandom,
    rules: Rules,
}

impl History {
    /// A fresh case; the same seed and rules give the same history.
    pub fn new(seed: u64, rules: Rules) -> Self {
        Self { admitted: Vec::new(), tips: [ChainTip::start(CASE); 3], random: SeededRandom::new(seed), rules }
    }

    /// One more change arrives; says what became of it.
    pub fn step(&mut self) -> Result<(), Refusal> {
        let author = self.random.below(AUTHORS.len());
        let wire = self.write(author);
        let checked = quietly(|| check_with(&self.rules, &wire, AUTHORS[author]))?;
        self.tips[author] = place_with(&self.rules, &checked, &self.tips[author])?;
        self.admitted.push(checked);
        Ok(())
    }

    fn write(&mut self, author: usize) -> Vec<u8> {
        let fact = self.random.fact();
        let time = TIME + self.random.below(1_000) as i64;
        let tip = if self.random.once_in(8) { self.false_tip(author) } else { self.tips[author] };
        let honest = compose(AUTHORS[author], &tip, &fact, time).bytes;
        let lies = *self.random.pick(&[0, 0, 1, 1, 1, 1, 2, 3]);
        let mut change = decode(&honest);
        for _ in 0..lies {
            match self.random.below(5) {
                0 => self.lie_about_the_change(&mut change, author),
                _ => self.lie_in_an_operation(&mut change, author),
            }
        }
        // What Automerge cannot even write is not our concern.
        quietly(|| catch_unwind(AssertUnwindSafe(|| encode(change)))).unwrap_or(honest)
    }

    /// Where the author's chain does not end: the change that follows is right in itself and in the wrong place.
    fn false_tip(&mut self, author: usize) -> ChainTip {
        let mut tip = self.tips[author];
        match self.random.below(4) {
            0 => tip.seq = tip.seq.saturating_add(*self.random.pick(&[1, 2, 7])),
            1 => tip.seq = tip.seq.saturating_sub(1),
            2 => tip.max_op = tip.max_op.saturating_add_signed(*self.random.pick(&[1, 2, -1, -2, -9])),
            _ => tip.hash = ChangeHash(self.some_change(author).0),
        }
        tip
    }

    fn lie_about_the_change(&mut self, change: &mut ExpandedChange, author: usize) {
        let random = &mut self.random;
        let step =
            |value: u64, random: &mut SeededRandom| value.wrapping_add(*random.pick(&[1, 1, 2, 5, u64::MAX, u64::MAX - 1]));
        match random.below(12) {
            0 | 1 => change.seq = step(change.seq, random),
            2..=4 => change.start_op = NonZeroU64::new(step(change.start_op.get(), random)).unwrap_or(NonZeroU64::MIN),
            5 | 6 => change.deps = vec![self.some_change(author)],
            7 => change.deps.push(self.some_change(author)),
            8 => change.actor_id = automerge::ActorId::from(&random.pick(&[AUTHORS[(author + 1) % 3], GENESIS_ACTOR]).0),
            9 => change.time = *random.pick(&[-1, i64::MIN, i64::MAX, 0, 4_102_444_801]),
            10 => change.message = Some("m".into()),
            _ => change.extra_bytes = vec![1, 3, b'b', b'o', b'b'],
        }
    }

    fn lie_in_an_operation(&mut self, change: &mut ExpandedChange, author: usize) {
        let count = change.operations.len();
        if count == 0 {
            return;
        }
        let at = self.random.below(count);
        match self.random.below(15) {
            0 | 1 => {
                let preds: Vec<OpId> = (0..1 + self.random.below(2)).map(|_| self.some_operation(change, author)).collect();
                change.operations[at].pred = preds.into();
            }
            2 | 3 => change.operations[at].obj = self.some_object(change, author),
            4 | 5 => change.operations[at].key = self.some_key(change, author),
            6 => change.operations[at].insert ^= true,
            7 | 8 => change.operations[at].action = self.some_action(),
            9 => {
                let other = self.random.below(count);
                change.operations.swap(at, other);
            }
            10 => {
                let op = change.operations[at].clone();
                let to = self.random.below(count + 1);
                change.operations.insert(to, op);
            }
            11 => {
                change.operations.remove(at);
            }
            12 => {
                let op = Op {
                    action: self.some_action(),
                    obj: self.some_object(change, author),
                    key: self.some_key(change, author),
                    pred: Vec::new().into(),
                    insert: self.random.once_in(2),
                };
                let to = self.random.below(count + 1);
                change.operations.insert(to, op);
            }
            13 => {
                // A field name again, or out of order, in an object that has it.
                let mut op = change.operations[at].clone();
                op.action = OpType::Put(ScalarValue::Int(7));
                change.operations.insert(at + 1, op);
            }
            _ => {
                let mut second = change.operations[0].clone();
                second.key = Key::Map(self.some_fact_key(author).into());
                change.operations.push(second);
            }
        }
    }

    /// The hash of a change of this history, or of none.
    fn some_change(&mut self, author: usize) -> automerge::ChangeHash {
        let known = self.admitted.len();
        let hash = match self.random.below(4) {
            0 => genesis(CASE).tip.hash.0,
            1 if known > 0 => self.admitted[self.random.below(known)].hash.0,
            2 => self.tips[(author + 1) % 3].hash.0,
            _ => [0xee; 32],
        };
        automerge::ChangeHash(hash)
    }

    /// An operation: of this change, of the author's past, of another author, of genesis, or of nobody.
    fn some_operation(&mut self, change: &ExpandedChange, author: usize) -> OpId {
        let start = change.start_op.get();
        let here = self.random.below(change.operations.len() + 2) as u64;
        let (counter, actor) = match self.random.below(8) {
            0..=3 => (start.saturating_add(here), AUTHORS[author]),
            4 => (1 + self.random.below(start.min(1 << 20) as usize) as u64, AUTHORS[author]),
            5 => (4 + self.random.below(20) as u64, AUTHORS[(author + 1) % 3]),
            6 => (1 + self.random.below(4) as u64, GENESIS_ACTOR),
            _ => (*self.random.pick(&[1, 9_999, u64::from(u32::MAX)]), AUTHORS[author]),
        };
        OpId::new(counter, &automerge::ActorId::from(&actor.0))
    }

    fn some_object(&mut self, change: &ExpandedChange, author: usize) -> ObjectId {
        match self.random.below(8) {
            0 => ObjectId::Root,
            1 => ObjectId::Id(OpId::new(2, &automerge::ActorId::from(&GENESIS_ACTOR.0))),
            2 | 3 => {
                let objects: Vec<u64> = change
                    .operations
                    .iter()
                    .enumerate()
                    .filter(|(_, op)| matches!(op.action, OpType::Make(_)))
                    .map(|(at, _)| change.start_op.get().saturating_add(at as u64))
                    .collect();
                let counter = if objects.is_empty() { 1 } else { *self.random.pick(&objects) };
                ObjectId::Id(OpId::new(counter, &change.actor_id))
            }
            _ => ObjectId::Id(self.some_operation(change, author)),
        }
    }

    fn some_key(&mut self, change: &ExpandedChange, author: usize) -> Key {
        match self.random.below(6) {
            0 => Key::Seq(ElementId::Head),
            1 | 2 => Key::Seq(ElementId::Id(self.some_operation(change, author))),
            3 => Key::Map(self.random.name().into()),
            4 => Key::Map(self.some_fact_key(author).into()),
            _ => Key::Map("".into()),
        }
    }

    /// A key in `facts`: the author's, another's, an earlier, a later one.
    fn some_fact_key(&mut self, author: usize) -> String {
        let of = if self.random.once_in(2) { author } else { (author + 1) % 3 };
        let seq = self.tips[of].seq + self.random.below(3) as u64;
        fact_key(AUTHORS[of], seq)
    }

    fn some_action(&mut self) -> OpType {
        let scalar = match self.random.below(20) {
            0 => return OpType::Make(ObjType::Map),
            1 => return OpType::Make(ObjType::List),
            2 => return OpType::Make(ObjType::Text),
            3 => return OpType::Make(ObjType::Table),
            4 => return OpType::Delete,
            5 => return OpType::Increment(3),
            6 => return OpType::MarkEnd(true),
            7 => {
                let data = MarkData { name: "m".into(), value: ScalarValue::Int(1), expand: true };
                return OpType::MarkBegin(data);
            }
            8 => ScalarValue::Null,
            9 => ScalarValue::F64(f64::NAN),
            10 => ScalarValue::F64(0.5),
            11 => ScalarValue::Uint(u64::MAX),
            12 => ScalarValue::Timestamp(i64::MIN),
            13 => ScalarValue::counter(7),
            14 => ScalarValue::Unknown { type_code: 13, bytes: vec![1, 2] },
            15 => ScalarValue::Str("x".repeat(65_537).into()),
            16 => ScalarValue::Bytes(vec![1; 3]),
            17 => ScalarValue::Boolean(true),
            _ => ScalarValue::Int(5),
        };
        OpType::Put(scalar)
    }
}
