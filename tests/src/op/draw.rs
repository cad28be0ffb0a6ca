//! Draws schedules: weights that make the rare things frequent.

use super::{Attack, Death, Fate, Op, Tamper, leaver};
use crate::random::SeededRandom;

/// `count` operations for a seed; the same seed gives the same list.
pub fn draw(seed: u64, count: usize) -> Vec<Op> {
    let mut random = SeededRandom::new(seed);
    let mut ops = Vec::with_capacity(count + 8);
    while ops.len() < count {
        one(&mut random, &mut ops);
    }
    ops
}

fn one(random: &mut SeededRandom, ops: &mut Vec<Op>) {
    let (phone, case) = (random.byte(), random.byte());
    match random.below(100) {
        0..=19 => ops.push(record(random, phone, case)),
        20..=24 => burst(random, phone, case, ops),
        25..=49 => ops.push(Op::Sync { phone, fates: fates(random) }),
        50..=55 => ops.push(Op::AdvanceHours { hours: 1 + random.below(30) as u8 }),
        56..=57 => ops.push(Op::JumpClock { phone, minutes: jump(random) }),
        58..=60 => ops.push(Op::GoOffline { phone }),
        61..=62 => ops.push(Op::GoOnline { phone }),
        63..=65 => ops.push(Op::DuplicateDelivery { phone }),
        66..=67 => ops.push(Op::DeliverHeld),
        68..=70 => {
            ops.push(Op::CrashServer { phone, death: random.pick(&[Death::BeforeCommit, Death::AfterCommit, Death::PowerCut]) })
        }
        71..=72 => ops.push(Op::CrashPhone { phone }),
        73..=74 => restored(random, phone, case, ops),
        75..=79 => refused(random, phone, case, ops),
        80..=83 => ops.push(Op::Hostile { phone, case, attack: random.pick(&ATTACKS) }),
        84..=85 => reassigned(random, phone, case, ops),
        86 => leaver::drawn(random, phone, case, ops),
        87 => ops.push(Op::OpenLead { phone }),
        88..=89 => ops.push(Op::CarryBundle { from: phone, by: random.byte() }),
        90..=91 => ops.push(Op::RuleLate { case, accept: random.once_in(2) }),
        92 => sent_back(random, phone, case, ops),
        93 => ops.push(Op::Adopt),
        94 => ops.push(Op::ConfirmReport { group: random.byte() }),
        95 => ops.push(Op::ConfirmUnread { group: random.byte() }),
        96 if random.once_in(3) => report_returned(random, ops),
        96 => ops.push(Op::SendReport),
        97 => ops.push(Op::LateArrival { phone, case }),
        98 => ops.push(Op::ImportEdition { form: random.byte() }),
        _ => ops.push(Op::Night),
    }
}

const ATTACKS: [Attack; 6] =
    [Attack::ForeignActor, Attack::NotCanonical, Attack::PoisonPill, Attack::Fork, Attack::StolenId, Attack::ForgedName];

const TAMPERS: [Tamper; 8] = [
    Tamper::FlipMiddle,
    Tamper::RecodeMiddle,
    Tamper::SkipFirst,
    Tamper::CutLast,
    Tamper::SwapTwo,
    Tamper::RepeatOne,
    Tamper::Overlap,
    Tamper::LaterHalfFirst,
];

fn record(random: &mut SeededRandom, phone: u8, case: u8) -> Op {
    match random.below(14) {
        0..=3 => Op::WriteLog { phone, case },
        4 => Op::SignLetter { phone, case, days_ago: random.below(25) as u8 },
        5 => Op::Receive { phone, case },
        6 => Op::Return { phone, case },
        7 => Op::DeliverResult { phone, case },
        8 => Op::Ask { phone, case },
        9 => Op::Answer { phone, case },
        10 => Op::FlowTable { phone, case },
        11 => Op::NoChange { phone, case },
        12 => Op::Problem { phone, case },
        _ => match random.below(4) {
            0 => Op::Amend { phone, case },
            1 => Op::WrongYear { phone, case },
            2 => Op::NameNobody { phone, case },
            _ => Op::HandOver { phone, case, to: random.byte() },
        },
    }
}

/// A day's work on one phone, so that batches have a middle.
fn burst(random: &mut SeededRandom, phone: u8, case: u8, ops: &mut Vec<Op>) {
    for _ in 0..3 + random.below(4) {
        let op = record(random, phone, case);
        ops.push(op);
    }
}

fn fates(random: &mut SeededRandom) -> Vec<Fate> {
    let one = |random: &mut SeededRandom| match random.below(16) {
        0..=1 => Fate::DropRequest,
        2..=4 => Fate::DropAnswer,
        5..=6 => Fate::Duplicate,
        7 => Fate::Hold,
        _ => Fate::Clean,
    };
    (0..random.below(3)).map(|_| one(random)).collect()
}

/// Mostly minutes, sometimes days, sometimes years.
fn jump(random: &mut SeededRandom) -> i32 {
    let size = match random.below(10) {
        0..=4 => random.below(60),
        5..=8 => random.below(60 * 24 * 5),
        _ => random.below(60 * 24 * 365 * 3),
    };
    let size = i32::try_from(size).unwrap_or(i32::MAX);
    if random.once_in(2) { size } else { -size }
}

/// Unsent work, a spoiled request, and the honest ones after it.
fn refused(random: &mut SeededRandom, phone: u8, case: u8, ops: &mut Vec<Op>) {
    burst(random, phone, case, ops);
    ops.push(Op::RefusedFromMidOutbox { phone, tamper: random.pick(&TAMPERS) });
    if random.once_in(2) {
        ops.push(Op::WriteLog { phone, case });
    }
}

/// A copy, work after it that partly reached the server, and back to the copy.
fn restored(random: &mut SeededRandom, phone: u8, case: u8, ops: &mut Vec<Op>) {
    ops.push(Op::BackUpPhone { phone });
    burst(random, phone, case, ops);
    if random.once_in(2) {
        ops.push(Op::Sync { phone, fates: fates(random) });
    }
    ops.push(Op::RestorePhoneBackup { phone });
    if random.once_in(2) {
        ops.push(Op::WriteLog { phone, case });
    }
}

/// Work that has not been sent when its author leaves the case.
fn reassigned(random: &mut SeededRandom, phone: u8, case: u8, ops: &mut Vec<Op>) {
    ops.push(Op::WriteLog { phone, case });
    ops.push(Op::AdvanceHours { hours: 1 + random.below(5) as u8 });
    ops.push(Op::Reassign { case, from: phone, to: random.byte() });
}

/// A report confirmed and sent back, and sometimes confirmed again.
fn report_returned(random: &mut SeededRandom, ops: &mut Vec<Op>) {
    let group = random.byte();
    ops.extend([Op::ConfirmReport { group }, Op::ReturnReport { group }]);
    if random.once_in(2) {
        ops.push(Op::ConfirmReport { group });
    }
}

/// What a receiver may send back, sent back; sometimes its author hears of it and corrects it.
fn sent_back(random: &mut SeededRandom, phone: u8, case: u8, ops: &mut Vec<Op>) {
    let author = random.pick(&[0, 1, 2, 3]);
    let recorded =
        if author == 0 { Op::SignLetter { phone: author, case, days_ago: 1 } } else { Op::FlowTable { phone: author, case } };
    let sync = || Op::Sync { phone: author, fates: Vec::new() };
    ops.extend([recorded, sync(), Op::SendBack { case, which: random.byte() }]);
    if random.once_in(2) {
        ops.extend([Op::GoOnline { phone: author }, sync(), Op::Mend { phone: author, case }, Op::Mend { phone, case }]);
    }
}
