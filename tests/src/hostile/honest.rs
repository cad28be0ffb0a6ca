//! Honest things to start from: a case, its authors, facts as agents write them, and a seeded source of numbers.

use daiban_core::doc::{ChainTip, Composed, compose};
use daiban_core::fact::Node;
use daiban_core::ids::{ActorId, CaseId};
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// The case all attacks are against.
pub const CASE: CaseId = CaseId([0x11; 16]);
/// The device under attack, or attacking.
pub const OWNER: ActorId = ActorId([0xa1; 16]);
/// Another device of the same case.
pub const OTHER: ActorId = ActorId([0xb2; 16]);
/// A third one.
pub const THIRD: ActorId = ActorId([0xc3; 16]);
/// A plausible time: 2026-11-23.
pub const TIME: i64 = 1_795_420_800;

/// A fact of eleven fields, as long as those of a working night.
pub fn work_log() -> Node {
    Node::map([
        ("id", Node::Bytes(vec![7; 16])),
        ("kind", Node::text("work_log")),
        ("by", Node::text("agent-0042")),
        ("unit", Node::text("fengtai-planning")),
        ("occurred_at", Node::Int(TIME - 7_200)),
        ("recorded_at", Node::Int(TIME)),
        ("minutes", Node::Int(45)),
        ("done", Node::Bool(true)),
        ("outcome", Node::text("窗口受理，承诺三个工作日内答复")),
        ("place", Node::text("区政务服务大厅二层规划许可窗口")),
        ("text", Node::text("规划许可窗口要求补正总平面图，已联系设计单位，周四前重新报送")),
    ])
}

/// A fact with a list of maps, so that every kind of operation occurs.
pub fn receipt() -> Node {
    let line = |title: &str, copies| Node::map([("copies", Node::Int(copies)), ("title", Node::text(title))]);
    Node::map([
        ("items", Node::List(vec![line("总平面图", 3), line("委托书", 1), Node::text("其他")])),
        ("kind", Node::text("receipt")),
        ("signature", Node::Bytes(vec![9; 24])),
        ("sum", Node::Int(4)),
    ])
}

/// The owner's first change, and where its chain ends then.
pub fn first() -> Composed {
    compose(OWNER, &ChainTip::start(CASE), &receipt(), TIME)
}

/// Seeded numbers for generators.
pub struct SeededRandom(ChaCha8Rng);

impl SeededRandom {
    /// The same seed throws the same numbers.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number below `bound`, which is at least 1.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.0.next_u64() % bound.max(1) as u64) as usize
    }

    /// True once in `of` throws.
    pub fn once_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    /// Any 64 bits.
    pub fn word(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Any bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        self.0.fill_bytes(&mut bytes);
        bytes
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// A small fact of any shape.
    pub fn fact(&mut self) -> Node {
        let count = 1 + self.below(5);
        Node::map((0..count).map(|_| (self.name(), self.node(3))))
    }

    /// A field name out of few, so that names meet.
    pub fn name(&mut self) -> String {
        self.pick(&["by", "id", "kind", "text", "items", "minutes", "项目", "z"]).to_string()
    }

    fn node(&mut self, depth: usize) -> Node {
        match self.below(if depth == 0 { 4 } else { 6 }) {
            0 => Node::text(*self.pick(&["", "补正", "a", "规划许可窗口要求补正总平面图"])),
            1 => Node::Int(*self.pick(&[0, 1, -1, 45, i64::MAX, i64::MIN, 4_102_444_800])),
            2 => Node::Bool(self.once_in(2)),
            3 => {
                let count = self.below(20);
                Node::Bytes(self.bytes(count))
            }
            4 => {
                let count = self.below(4);
                Node::map((0..count).map(|_| (self.name(), self.node(depth - 1))))
            }
            _ => Node::List((0..self.below(4)).map(|_| self.node(depth - 1)).collect()),
        }
    }
}
