//! Attacks on the frame, the fixed fields and the columns.

use super::corpus::Row;
use super::craft::{Raw, chunk, column, deflate_body, deflated, deflated_zeros, run, uleb};
use super::honest::{CASE, OTHER, OWNER, TIME, first, receipt};
use automerge::{AutoCommit, ROOT, transaction::Transactable};
use daiban_core::admit::Refusal;
use daiban_core::doc::{ChainTip, GENESIS_ACTOR, compose, deflate, genesis};

/// The owner's second change, honest, to be spoiled.
fn second() -> Vec<u8> {
    compose(OWNER, &first().tip, &receipt(), TIME).bytes
}

fn spoiled(spoil: impl FnOnce(&mut Raw)) -> Vec<u8> {
    let mut raw = Raw::of(&second());
    spoil(&mut raw);
    raw.bytes()
}

fn with(kind: u64, data: Vec<u8>) -> Vec<u8> {
    Raw::of(&second()).with(kind, data).bytes()
}

/// Claims `count` operations in a few bytes: every column is one run.
fn run_bomb(count: i64) -> Vec<u8> {
    let mut raw = Raw::of(&second());
    raw.columns = vec![
        (column::OBJECT_ACTOR, run(count, &[1])),
        (column::OBJECT_COUNTER, run(count, &[2])),
        (column::KEY_NAME, run(count, b"\x01a")),
        (column::INSERT, {
            let mut skip = Vec::new();
            uleb(count as u64, &mut skip);
            skip
        }),
        (column::ACTION, run(count, &[1])),
        (column::VALUE_META, run(count, &[0])),
        (column::PRED_COUNT, run(count, &[0])),
    ];
    raw.bytes()
}

fn document(text: usize) -> Vec<u8> {
    let mut document = AutoCommit::new();
    document.put(ROOT, "a", "b".repeat(text)).unwrap();
    document.save()
}

fn pred_bomb() -> Vec<u8> {
    let count = 50_000_000;
    let mut number = Vec::new();
    uleb(count, &mut number);
    let raw = Raw::of(&second()).with(column::PRED_COUNT, run(1, &number));
    raw.with(column::PRED_ACTOR, run(count as i64, &[0])).with(column::PRED_DELTA, run(count as i64, &[1])).bytes()
}

pub(super) fn rows() -> Vec<Row> {
    let row = |name, refusal, wire| Row { name, refusal, wire };
    vec![
        // frame
        row("nothing at all", Refusal::Header, Vec::new),
        row("cut within the header", Refusal::Header, || second()[..7].to_vec()),
        row("cut within the body", Refusal::Length, || second()[..100].to_vec()),
        row("bytes behind the chunk", Refusal::Length, || [second(), vec![0]].concat()),
        row("wrong magic", Refusal::Header, || [&[0x85, 0x6f, 0x4a, 0x84], &second()[4..]].concat()),
        row("sync message", Refusal::Header, || vec![0x42, 0, 0, 0, 1, 0, 0, 0, 0, 0]),
        row("body bit flipped", Refusal::Checksum, || {
            let mut b = second();
            b[60] ^= 4;
            b
        }),
        row("checksum of another change", Refusal::Checksum, || [&second()[..4], &first().bytes[4..8], &second()[8..]].concat()),
        row("document chunk", Refusal::ChunkType, || document(10)),
        row("document chunk with deflated column of 50 MB", Refusal::ChunkType, || document(50_000_000)),
        row("document chunk with our checksum", Refusal::ChunkType, || chunk(0, &Raw::of(&second()).body())),
        row("bundle chunk", Refusal::ChunkType, || chunk(3, &Raw::of(&second()).body())),
        row("unknown chunk", Refusal::ChunkType, || chunk(77, b"x")),
        row("deflate bomb of 100 MB", Refusal::TooBig, || deflated([0; 4], &deflated_zeros(100_000_000))),
        row("deflate bomb of 250 MB, as large as the wire allows", Refusal::TooBig, || {
            deflated([0; 4], &deflated_zeros(250_000_000))
        }),
        row("deflate bomb of 1 GB", Refusal::TooBig, || deflated([0; 4], &deflated_zeros(1_000_000_000))),
        row("one byte more than inflated is allowed", Refusal::TooBig, || deflate_body(&vec![0; 1024 * 1024 + 1])),
        row("damaged deflate stream", Refusal::Inflate, || deflated([0; 4], &[0xff; 40])),
        row("cut deflate stream", Refusal::Inflate, || {
            let whole = deflated_zeros(5_000);
            deflated([0; 4], &whole[..whole.len() / 2])
        }),
        row("bytes behind the deflate stream", Refusal::Inflate, || {
            let small = deflate(&compose(OWNER, &first().tip, &super::honest::work_log(), TIME).bytes);
            let body = [super::craft::body(&small), b"hidden"].concat();
            deflated([small[4], small[5], small[6], small[7]], &body)
        }),
        row("string of 50 MB, deflated", Refusal::TooBig, || spoiled_deflated(50_000_000)),
        row("string of 300 KB, plain", Refusal::TooBig, || {
            let meta = {
                let mut m = vec![0x7f];
                uleb(300_000 << 4 | 6, &mut m);
                m
            };
            Raw::of(&second()).with(column::VALUE_META, meta).with(column::VALUE, vec![b'a'; 300_000]).bytes()
        }),
        // fields
        row("body of two bytes", Refusal::Field, || chunk(1, &[1, 2])),
        row("empty body", Refusal::Field, || chunk(1, &[])),
        row("number of deps longer than 64 bits", Refusal::Field, || chunk(1, &[0xff; 40])),
        row("no dep", Refusal::DepCount, || spoiled(|c| c.deps.clear())),
        row("two deps", Refusal::DepCount, || spoiled(|c| c.deps.push(vec![0xff; 32]))),
        row("same dep a thousand times", Refusal::DepCount, || spoiled(|c| c.deps = vec![c.deps[0].clone(); 1_000])),
        row("7,000 fake deps", Refusal::DepCount, || spoiled(|c| c.deps = vec![vec![3; 32]; 7_000])),
        row("100,000 fake deps, deflated", Refusal::TooBig, || {
            let mut c = Raw::of(&second());
            c.deps = vec![vec![3; 32]; 100_000];
            deflate_body(&c.body())
        }),
        row("empty actor", Refusal::ActorLength, || spoiled(|c| c.actor.clear())),
        row("actor of 15 bytes", Refusal::ActorLength, || spoiled(|c| c.actor.truncate(15))),
        row("actor of 1 MB, deflated", Refusal::ActorLength, || {
            let mut c = Raw::of(&second());
            c.actor = vec![1; 1_000_000];
            deflate_body(&c.body())
        }),
        row("genesis again", Refusal::DepCount, || genesis(CASE).bytes),
        row("writes as genesis", Refusal::GenesisActor, || spoiled(|c| c.actor = GENESIS_ACTOR.0.to_vec())),
        row("another device's next change", Refusal::ForeignActor, || spoiled(|c| c.actor = OTHER.0.to_vec())),
        row("orphan that takes a victim's first number", Refusal::ForeignActor, || {
            spoiled(|c| {
                c.actor = OTHER.0.to_vec();
                c.seq = 1;
                c.deps = vec![vec![5; 32]];
            })
        }),
        row("sequence number 0", Refusal::SeqRange, || spoiled(|c| c.seq = 0)),
        row("sequence number 2^32", Refusal::SeqRange, || spoiled(|c| c.seq = 1 << 32)),
        row("sequence number 2^64-1", Refusal::SeqRange, || spoiled(|c| c.seq = u64::MAX)),
        row("start_op 0", Refusal::CounterRange, || spoiled(|c| c.start_op = 0)),
        row("start_op 2^30+1", Refusal::CounterRange, || spoiled(|c| c.start_op = (1 << 30) + 1)),
        row("start_op 2^32-1", Refusal::CounterRange, || spoiled(|c| c.start_op = u64::from(u32::MAX))),
        row("start_op 2^32", Refusal::CounterRange, || spoiled(|c| c.start_op = 1 << 32)),
        row("time i64::MIN", Refusal::TimeRange, || spoiled(|c| c.time = i64::MIN)),
        row("time -1", Refusal::TimeRange, || spoiled(|c| c.time = -1)),
        row("time i64::MAX", Refusal::TimeRange, || spoiled(|c| c.time = i64::MAX)),
        row("a message", Refusal::Message, || spoiled(|c| c.message = b"hello".to_vec())),
        row("message longer than the bytes", Refusal::Message, || {
            spoiled(|c| {
                c.message = vec![0; 3];
                c.others.clear();
            })
        }),
        row("nobody named besides the author", Refusal::OtherActors, || spoiled(|c| c.others.clear())),
        row("unknown actor named", Refusal::OtherActors, || spoiled(|c| c.others.push(vec![0xee; 16]))),
        row("another device named instead of genesis", Refusal::OtherActors, || spoiled(|c| c.others = vec![OTHER.0.to_vec()])),
        row("13,000 fake actors", Refusal::OtherActors, || spoiled(|c| c.others = vec![vec![6; 16]; 13_000])),
        row("50,000 fake actors, deflated", Refusal::OtherActors, || {
            let mut c = Raw::of(&second());
            c.others = vec![vec![6; 16]; 50_000];
            deflate_body(&c.body())
        }),
        row("author footer", Refusal::Trailing, || spoiled(|c| c.trailing = [&[1, 3][..], b"bob"].concat())),
        row("one byte behind the columns", Refusal::Trailing, || spoiled(|c| c.trailing = vec![0])),
        // columns
        row("run-length bomb of 10^6", Refusal::OpCount, || run_bomb(1_000_000)),
        row("run-length bomb of 10^7", Refusal::OpCount, || run_bomb(10_000_000)),
        row("run-length bomb of 10^12", Refusal::OpCount, || run_bomb(1_000_000_000_000)),
        row("run-length bomb of 2^63-1", Refusal::OpCount, || run_bomb(i64::MAX)),
        row("two runs that overflow together", Refusal::Field, || {
            let max = run(i64::MAX, &[1]);
            with(column::ACTION, [max.clone(), max.clone(), max].concat())
        }),
        row("a run of 2^63 nulls as actions", Refusal::OpCount, || {
            let mut nulls = vec![0];
            uleb(1 << 63, &mut nulls);
            with(column::ACTION, nulls)
        }),
        row("literal run of 2^63", Refusal::Field, || with(column::ACTION, run(i64::MIN, &[1, 1, 1]))),
        row("one operation with 5*10^7 preds", Refusal::HasPred, pred_bomb),
        row("no operation", Refusal::OpCount, || spoiled(|c| c.columns.clear())),
        row("unknown column", Refusal::Column, || with(0xf6, vec![0x7f, 1])),
        row("unknown column, empty", Refusal::Column, || with(0xf6, Vec::new())),
        row("mark name column", Refusal::Column, || with(0xa5, vec![0x7f, 1, b'a'])),
        row("deflated column", Refusal::Column, || with(column::ACTION | 8, vec![1, 2, 3])),
        row("200 columns", Refusal::Column, || spoiled(|c| c.columns = vec![(column::VALUE, Vec::new()); 200])),
        row("column longer than the bytes", Refusal::Field, || {
            let mut body = Raw::of(&second()).body();
            body.truncate(body.len() - 1);
            chunk(1, &body)
        }),
        row("field name that claims 1 GB", Refusal::FieldName, || {
            let mut name = vec![0x7f];
            uleb(1 << 30, &mut name);
            with(column::KEY_NAME, name)
        }),
        row("field name of 1 MB for 5,000 operations, deflated", Refusal::FieldName, || {
            let mut name = Vec::new();
            uleb(900_000, &mut name);
            name.extend(vec![b'a'; 900_000]);
            deflate_body(
                &Raw::of(&second()).with(column::KEY_NAME, run(5_000, &name)).with(column::ACTION, run(5_000, &[1])).body(),
            )
        }),
        row("value that claims 2^59 bytes", Refusal::Unparsable, || {
            let mut meta = vec![0x7f];
            uleb(1 << 63 | 6, &mut meta);
            with(column::VALUE_META, meta)
        }),
        row("fewer keys than operations", Refusal::Unparsable, || with(column::KEY_NAME, run(2, b"\x01a"))),
        row("name that is not UTF-8", Refusal::Unparsable, || with(column::KEY_NAME, run(30, b"\x01\xff"))),
        row("column twice", Refusal::NotCanonical, || {
            spoiled(|c| {
                let again = c.columns[0].clone();
                c.columns.insert(0, again);
            })
        }),
        row("delta column that overflows", Refusal::Unparsable, delta_overflow),
        row("actor index out of range", Refusal::Unparsable, || with(column::OBJECT_ACTOR, run(30, &[9]))),
        row("actor index 2^40", Refusal::Unparsable, || {
            with(column::OBJECT_ACTOR, run(30, &[0x80, 0x80, 0x80, 0x80, 0x80, 0x20]))
        }),
        // place
        row("first change of an author on a fake dep", Refusal::WrongDep, || spoiled(|c| c.deps = vec![vec![5; 32]])),
        row("stands on another author's change", Refusal::WrongDep, || {
            let theirs = compose(OTHER, &ChainTip::start(CASE), &receipt(), TIME);
            spoiled(|c| c.deps = vec![theirs.tip.hash.0.to_vec()])
        }),
        row("start_op one too low: operation ids used twice", Refusal::StartOp, || at(|tip| tip.max_op -= 1)),
        row("start_op one too high", Refusal::StartOp, || at(|tip| tip.max_op += 1)),
        row("start_op goes back to 1", Refusal::StartOp, || at(|tip| tip.max_op = 0)),
        row("start_op at the limit", Refusal::StartOp, || at(|tip| tip.max_op = (1 << 30) - 1)),
        row("sequence jumps from 1 to 3", Refusal::SeqGap, || at(|tip| tip.seq += 1)),
        row("sequence jumps to 2^32-1", Refusal::SeqGap, || at(|tip| tip.seq = u64::from(u32::MAX) - 1)),
        row("same number, other content", Refusal::Fork, || compose(OWNER, &ChainTip::start(CASE), &receipt(), TIME + 1).bytes),
    ]
}

fn at(change: impl FnOnce(&mut ChainTip)) -> Vec<u8> {
    let mut tip = first().tip;
    change(&mut tip);
    compose(OWNER, &tip, &receipt(), TIME).bytes
}

fn spoiled_deflated(text: usize) -> Vec<u8> {
    let mut meta = vec![0x7f];
    uleb((text as u64) << 4 | 6, &mut meta);
    deflate_body(&Raw::of(&second()).with(column::VALUE_META, meta).with(column::VALUE, vec![b'a'; text]).body())
}

fn delta_overflow() -> Vec<u8> {
    let mut max = Vec::new();
    super::craft::sleb(i64::MAX, &mut max);
    Raw::of(&second())
        .with(column::KEY_ACTOR, run(30, &[0]))
        .with(column::KEY_DELTA, run(30, &max))
        .with(column::KEY_NAME, Vec::new())
        .bytes()
}
