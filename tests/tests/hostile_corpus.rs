//! Every attack of core/src/admit/admission.md ends in the refusal named for it, without a panic, a hang or much memory.
//!
//! Each named row runs in a process of its own, so that an abort (stack overflow, out of memory) or a hang is seen and named
//! too, and its memory is what the kernel says that process needed. Times are printed, not asserted.

use daiban_core::admit::{Refusal, check, peek};
use daiban_core::doc::{compose, deflate};
use daiban_core::fact::Node;
use daiban_core::limits::{CHANGE_OPERATIONS_MAX, FACT_DEPTH_MAX, FIELD_NAME_BYTES_MAX, TIME_SECONDS_MAX, VALUE_BYTES_MAX};
use daiban_tests::hostile::corpus::{self, Row, rows};
use daiban_tests::hostile::craft::{self, Raw};
use daiban_tests::hostile::honest::{self, OWNER, SeededRandom};
use daiban_tests::hostile::quiet::{Watchdog, quietly};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Set for the child process that judges one row.
const CHILD: &str = "DAIBAN_HOSTILE_CHILD";
/// What one hostile change may cost in memory beside what reading its bytes takes.
const EXTRA_MEMORY_KB_MAX: u64 = 32 * 1024;
/// Far above any slow machine; a hang is for ever.
const HANG: Duration = Duration::from_secs(60);

#[test]
fn every_attack_ends_in_its_refusal() {
    let (mut wrong, mut slowest, mut largest) = (Vec::new(), (0, ""), (0, ""));
    for Row { name, wire, refusal } in rows() {
        let wire = wire();
        let (code, micros, extra_kb) = in_a_process(&wire).unwrap_or_else(|death| (death, 0, 0));
        println!("{code:>14} {micros:>7} us {extra_kb:>6} KB {:>9} B  {name}", wire.len());
        if code != refusal.code() {
            wrong.push(format!("{name}: {code} instead of {}", refusal.code()));
        }
        if extra_kb >= EXTRA_MEMORY_KB_MAX {
            wrong.push(format!("{name}: {extra_kb} KB"));
        }
        slowest = slowest.max((micros, name));
        largest = largest.max((extra_kb, name));
    }
    println!("{} rows; slowest {slowest:?} us; most memory {largest:?} KB", rows().len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Not a test of its own: what the processes of [`every_attack_ends_in_its_refusal`] run.
#[test]
fn child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let mut wire = Vec::new();
    std::io::stdin().read_to_end(&mut wire).unwrap();
    let tip = honest::first().tip;
    let (memory, since) = (peak_memory_kb(), Instant::now());
    let verdict = quietly(|| corpus::verdict_at(&wire, &tip));
    let (micros, memory) = (since.elapsed().as_micros(), peak_memory_kb() - memory);
    println!("verdict {} {micros} {memory}", verdict.map_or("admitted", |r| r.code()));
}

/// The refusal's code, microseconds and extra kilobytes; or how the process died.
fn in_a_process(wire: &[u8]) -> Result<(String, u64, u64), String> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--nocapture"]).env(CHILD, "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    process.stdin.take().unwrap().write_all(wire).unwrap();
    let since = Instant::now();
    while process.try_wait().unwrap().is_none() {
        if since.elapsed() > HANG {
            process.kill().unwrap();
            process.wait().unwrap();
            return Err("hang".into());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let output = process.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    // libtest writes its own words before ours on the same line.
    let (_, rest) = text.split_once("verdict ").ok_or(format!("died: {}", output.status))?;
    let mut words = rest.split_whitespace().map(str::to_owned);
    let mut word = || words.next().unwrap();
    Ok((word(), word().parse().unwrap(), word().parse().unwrap()))
}

/// The most memory this process ever had resident, in KB. 0 where the kernel does not say.
fn peak_memory_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

#[test]
fn names_are_unique_and_every_refusal_has_an_attack() {
    let rows = rows();
    let names: BTreeSet<_> = rows.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), rows.len());
    let met: BTreeSet<_> = rows.iter().map(|row| row.refusal).collect();
    let unmet: Vec<_> = Refusal::ALL.iter().filter(|r| !met.contains(r)).collect();
    // Said by the caller, who counts the actors of a case.
    assert_eq!(unmet, [&Refusal::TooManyActors]);
}

#[test]
fn every_truncation_is_refused() {
    let raw = honest::first().bytes;
    for whole in [raw.clone(), deflate(&raw)] {
        for cut in 0..whole.len() {
            let refusal = check(&whole[..cut], OWNER).unwrap_err();
            assert!(matches!(refusal, Refusal::Header | Refusal::Length), "cut at {cut}: {refusal:?}");
            assert_eq!(peek(&whole[..cut]).unwrap_err(), refusal);
        }
    }
}

#[test]
fn every_flipped_bit_is_refused() {
    let watchdog = Watchdog::start(HANG);
    let long = compose(OWNER, &honest::first().tip, &honest::work_log(), honest::TIME).bytes;
    let mut counts = BTreeMap::<Refusal, u32>::new();
    for whole in [long.clone(), deflate(&long)] {
        for bit in 0..whole.len() * 8 {
            watchdog.beat(format!("bit {bit}"));
            let mut flipped = whole.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            match check(&flipped, OWNER) {
                Err(refusal) => *counts.entry(refusal).or_default() += 1,
                // A deflate stream has bits that say nothing (padding): the change inside is the same, hash and all.
                Ok(checked) => assert_eq!(checked, check(&whole, OWNER).unwrap(), "bit {bit} went unnoticed"),
            }
        }
    }
    println!("{counts:?}");
}

#[test]
fn random_bytes_are_refused() {
    let (watchdog, mut random) = (Watchdog::start(HANG), SeededRandom::new(1));
    for at in 0..50_000u32 {
        watchdog.beat(format!("random bytes {at}"));
        let length = random.below(200);
        let bytes = random.bytes(length);
        let wire = if at % 2 == 0 { bytes } else { craft::chunk(1, &bytes) };
        assert!(quietly(|| check(&wire, OWNER)).is_err(), "seed 1, bytes {at}");
        let _ = peek(&wire);
    }
}

#[test]
fn honest_changes_are_admitted() {
    let mut tip = honest::first().tip;
    for fact in [honest::work_log(), honest::receipt(), Node::Map(Vec::new())] {
        let next = compose(OWNER, &tip, &fact, honest::TIME);
        assert_eq!(corpus::verdict_at(&next.bytes, &tip), None);
        assert_eq!(corpus::verdict_at(&deflate(&next.bytes), &tip), None);
        assert_eq!(Raw::of(&next.bytes).bytes(), next.bytes, "the crafting tool writes other bytes");
        tip = next.tip;
    }
}

/// The other side of every limit: what is just allowed is admitted, and takes little memory too.
#[test]
fn the_limits_themselves_are_admitted() {
    let nested = (1..FACT_DEPTH_MAX).fold(Node::Map(Vec::new()), |inner, _| Node::map([("a", inner)]));
    let operations = CHANGE_OPERATIONS_MAX as usize;
    let long = |count: usize| Node::map((0..count).map(|at| (format!("v{at:02}"), Node::text("a".repeat(VALUE_BYTES_MAX)))));
    let facts = [
        ("an empty fact", Node::Map(Vec::new())),
        ("deepest", nested),
        ("most operations", Node::map([("a", Node::List(vec![Node::Bool(true); operations - 2]))])),
        ("most objects", Node::map([("a", Node::List(vec![Node::Map(Vec::new()); operations - 2]))])),
        ("longest name", Node::map([("z".repeat(FIELD_NAME_BYTES_MAX), Node::Int(1))])),
        ("longest values", long(15)),
        ("longest bytes", Node::map([("a", Node::Bytes(vec![0; VALUE_BYTES_MAX]))])),
    ];
    let tip = honest::first().tip;
    for (name, fact) in facts {
        for time in [0, TIME_SECONDS_MAX] {
            let wire = deflate(&compose(OWNER, &tip, &fact, time).bytes);
            let (code, micros, extra_kb) = in_a_process(&wire).unwrap_or_else(|death| (death, 0, 0));
            println!("{code:>14} {micros:>7} us {extra_kb:>6} KB {:>9} B  {name}", wire.len());
            assert_eq!(code, "admitted", "{name}");
            assert!(extra_kb < EXTRA_MEMORY_KB_MAX, "{name}: {extra_kb} KB");
        }
    }
}
