//! Damaged bytes: seeded mutations of an honest change, checksum repaired so that they get past the first gate.

use super::craft::{Raw, body, chunk, column, sleb, uleb};
use super::honest::SeededRandom;

/// Numbers at which decoders break.
const INTERESTING: [u8; 12] = [0, 1, 2, 3, 7, 0x0f, 0x3f, 0x40, 0x7e, 0x7f, 0x80, 0xff];

/// One to four mutations of an honest raw change (type 1); the checksum is right.
pub fn mutant(raw: &[u8], random: &mut SeededRandom) -> Vec<u8> {
    // Half keep the columns' lengths in order, so that the damage reaches the decoders behind them.
    if random.once_in(2) {
        let mut change = Raw::of(raw);
        for _ in 0..*random.pick(&[1, 1, 1, 2, 3]) {
            field(&mut change, random);
        }
        return change.bytes();
    }
    let mut bytes = body(raw).to_vec();
    for _ in 0..*random.pick(&[1, 1, 1, 2, 4]) {
        damage(&mut bytes, random);
    }
    chunk(1, &bytes)
}

/// Damages a byte string somewhere.
fn damage(bytes: &mut Vec<u8>, random: &mut SeededRandom) {
    let at = random.below(bytes.len());
    match random.below(7) {
        _ if bytes.is_empty() => bytes.push(random.word() as u8),
        0 | 1 => bytes[at] ^= 1 << random.below(8),
        2 => bytes[at] = *random.pick(&INTERESTING),
        3 => bytes[at] = random.word() as u8,
        4 => {
            bytes.remove(at);
        }
        5 => bytes.insert(at, *random.pick(&INTERESTING)),
        _ => {
            // A stretch from elsewhere.
            let from = random.below(bytes.len());
            let stretch: Vec<u8> = bytes[from..].iter().take(1 + random.below(8)).copied().collect();
            bytes.splice(at..at, stretch);
        }
    }
}

/// Damages one field or column, lengths kept right.
fn field(change: &mut Raw, random: &mut SeededRandom) {
    match random.below(36) {
        // Values and times bear damage and stay canonical: without them too little would get through to be judged.
        24..=31 => swap_in_place(&mut change.columns, column::VALUE, random),
        32 | 33 => swap_in_place(&mut change.columns, column::VALUE_META, random),
        34 | 35 => swap_in_place(&mut change.columns, column::KEY_NAME, random),
        0 => change.time = random.word() as i64 % 5_000_000_000,
        1 => change.seq = change.seq.wrapping_add(random.word() % 5).wrapping_sub(2),
        2 => change.start_op = change.start_op.wrapping_add(random.word() % 5).wrapping_sub(2),
        3 => change.deps[0][random.below(32)] ^= 1,
        4 => {
            change.trailing = {
                let n = random.below(4);
                random.bytes(n)
            }
        }
        5 => damage(&mut change.message, random),
        6 => change.others.push(random.bytes(16)),
        7 => {
            let kind = random.word() % 256;
            change.columns.push((kind, vec![0x7f, random.word() as u8]))
        }
        8 => {
            let (a, b) = (random.below(change.columns.len()), random.below(change.columns.len()));
            change.columns.swap(a, b)
        }
        9 => {
            let at = random.below(change.columns.len());
            change.columns.remove(at);
            if change.columns.is_empty() {
                change.columns.push((0x42, vec![1, 0]))
            }
        }
        10..=14 => {
            let at = random.below(change.columns.len());
            respell(&mut change.columns[at].1, random)
        }
        _ => {
            let at = random.below(change.columns.len());
            damage(&mut change.columns[at].1, random)
        }
    }
    if change.columns.is_empty() {
        change.columns.push((0x42, vec![1, 0]));
    }
    if change.deps.is_empty() {
        change.deps.push(vec![0; 32]);
    }
}

/// Changes one byte of a column to another of the same kind (ASCII stays ASCII), so that lengths and UTF-8 may stay right.
fn swap_in_place(columns: &mut [(u64, Vec<u8>)], kind: u64, random: &mut SeededRandom) {
    let Some((_, data)) = columns.iter_mut().find(|(k, data)| *k == kind && !data.is_empty()) else { return };
    let at = random.below(data.len());
    data[at] = data[at] & 0xc0 | random.word() as u8 & 0x3f;
}

/// Says the beginning of a run-length column in another way: other run, other kind of run, over-long number.
fn respell(data: &mut Vec<u8>, random: &mut SeededRandom) {
    let Some(first) = data.first().copied() else { return };
    let count = i64::from(if first & 0x40 != 0 { first as i8 | -128i8 } else { first as i8 });
    let mut out = Vec::new();
    match random.below(6) {
        0 => sleb(count + 1, &mut out),
        1 => sleb(count - 1, &mut out),
        2 => sleb(-count, &mut out),
        3 => out.extend([first & 0x7f | 0x80, if first & 0x40 != 0 { 0x7f } else { 0 }]),
        4 => {
            out.push(0);
            uleb(random.word() % 4, &mut out);
            out.push(first)
        }
        _ => sleb(random.word() as i64, &mut out),
    }
    data.splice(..1, out);
}
