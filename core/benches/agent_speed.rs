//! What the phone's engine costs: printed, never asserted. `cargo bench -p daiban-core --features test-support --bench agent_speed`
//!
//! The prepared file holds 50 cases of 300 facts each, with a team, an opening, a letter and weekly duties of five months. Every cold
//! start is measured in a fresh process, so that memory is that of the start alone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::disallowed_methods)]

#[path = "../tests/agent_phone/office.rs"]
#[allow(dead_code)]
mod office;
#[path = "../tests/agent_phone/world.rs"]
#[allow(dead_code)]
mod world;

use daiban_core::agent::{Agent, Draft};
use daiban_core::calendar::local_date;
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{AuthorizationLetterSigned, Channel, WorkLog};
use daiban_core::ids::CaseId;
use daiban_core::people::Role;
use daiban_core::store::{Batch, MemoryStore, Shelf, SqliteStore, Store};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use office::Office;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;
use world::*;

const CASES: u8 = 50;
const FACTS: i64 = 300;
const DAY: i64 = 86_400;
/// Five months before the list is asked for.
const BEGUN: i64 = NOW - 150 * DAY;
const KEY: [u8; 32] = [7; 32];
const CHILD: &str = "DAIBAN_SPEED_COLD";
const RUNS: usize = 7;

fn main() {
    match std::env::var_os(CHILD) {
        Some(path) => cold_start(Path::new(&path)),
        None => measure(),
    }
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

/// The whole of a start: file, engine, first list with lamps. Prints the three times, the first view of a case, and the peak memory
/// before that view, KiB.
fn cold_start(path: &Path) {
    let mut random = entropy();
    let start = Instant::now();
    let (file, _) = SqliteStore::open(path, &KEY, &mut *random).unwrap();
    let opened = ms(start);
    let start = Instant::now();
    let agent = Agent::open(Box::new(file), Box::new(key(1)), entropy()).unwrap();
    let started = ms(start);
    let start = Instant::now();
    let list = agent.cases(NOW);
    let listed = ms(start);
    let peak = peak_kib();
    let start = Instant::now();
    let view = agent.case(list[0].case, NOW).unwrap();
    let viewed = ms(start);
    assert_eq!((list.len(), view.facts.len() as i64), (usize::from(CASES), FACTS));
    println!("{opened} {started} {listed} {viewed} {peak}");
}

fn peak_kib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn measure() {
    let mut office = Office::new(BEGUN);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let cases = filled(&mut office);
    let start = Instant::now();
    sync(&mut agent, &mut office);
    println!("first sync of {CASES} cases x {FACTS} facts, server's part included: {:.0} ms", ms(start));
    drop(agent);
    let path = std::env::temp_dir().join(format!("daiban-speed-{}.db", std::process::id()));
    into_file(&store, &path);
    println!("file: {:.1} MB, of it glances {:.1} MB", size(&path) / 1e6, glances(&store) / 1e6);
    cold_starts(&path);
    recording(&path, &store, &cases);
    lines_up(&mut office, &store, cases[0]);
    idle();
    remove(&path);
}

fn remove(path: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", path.display()));
    }
}

fn size(path: &Path) -> f64 {
    std::fs::metadata(path).unwrap().len() as f64
}

fn glances(store: &MemoryStore) -> f64 {
    store.load(Shelf::Glance).unwrap().iter().map(|(_, value)| value.len()).sum::<usize>() as f64
}

fn log(n: i64, text: &str, at: i64) -> Draft {
    let text = format!("第{n}条：{text}");
    let (item, place, next_step) = (Some("建设用地规划许可".into()), Some("区行政审批大厅".into()), Some("周三前补齐".into()));
    let body = WorkLog { text, channel: Channel::Window, item, place, next_step, minutes: Some(25), met: None };
    Draft { occurred_at: at, amends: None, body: Body::WorkLog(body) }
}

/// The cases, written by a colleague: opening, letter, then two logs a day.
fn filled(office: &mut Office) -> Vec<CaseId> {
    let (mut other, _) = phone(office, "li", 2);
    let cases: Vec<CaseId> = (1..=CASES).map(|n| case(office, n, &["zhang", "li"])).collect();
    cases.iter().for_each(|case| office.roster(*case, "li", Role::ChiefAgent, None));
    sync(&mut other, office);
    for case in &cases {
        let opening =
            Draft { occurred_at: BEGUN, amends: None, body: Body::CaseOpened(opened("年产十万吨新材料项目")) };
        other.record(*case, opening, BEGUN).unwrap();
        other.record(*case, letter(), BEGUN).unwrap();
    }
    sync(&mut other, office);
    for n in 0..FACTS - 2 {
        office.now = BEGUN + n * DAY / 2;
        for case in &cases {
            let text = "规划许可窗口要求补正总平面图，已电话通知建设单位经办人";
            other.record(*case, log(n, text, office.now), office.now).unwrap();
        }
        sync(&mut other, office);
    }
    office.now = NOW;
    cases
}

fn letter() -> Draft {
    let signed = local_date(BEGUN);
    let body = AuthorizationLetterSigned {
        project_name: "年产十万吨新材料项目".into(),
        project_code: None,
        enterprise: "某某实业".into(),
        chief: "li".into(),
        scope: vec!["建设用地规划许可".into()],
        chief_signed_on: signed,
        enterprise_signed_on: signed,
        accompanied_by: None,
        signatory: None,
    };
    Draft { occurred_at: BEGUN, amends: None, body: Body::AuthorizationLetterSigned(body) }
}

/// Copies a phone into a file.
fn into_file(from: &MemoryStore, path: &Path) {
    let mut random = entropy();
    let (mut file, _) = SqliteStore::open(path, &KEY, &mut *random).unwrap();
    let mut batch = Batch::default();
    for shelf in Shelf::ALL {
        from.load(shelf).unwrap().into_iter().for_each(|(key, value)| batch.put(shelf, key, value));
    }
    file.commit(&batch, &mut *random).unwrap();
}

fn cold_starts(path: &Path) {
    let runs: Vec<Vec<f64>> = (0..RUNS).map(|_| child(path)).collect();
    let median = |of: &dyn Fn(&[f64]) -> f64| {
        let mut values: Vec<f64> = runs.iter().map(|run| of(run)).collect();
        values.sort_by(f64::total_cmp);
        (values[RUNS / 2], values[RUNS - 1])
    };
    let print = |what: &str, (middle, worst): (f64, f64), unit: &str| {
        println!("{what}: {middle:.1} {unit} (worst of {RUNS}: {worst:.1})");
    };
    print("open the file", median(&|run| run[0]), "ms");
    print("open the engine", median(&|run| run[1]), "ms");
    print("first list of all cases with lamps", median(&|run| run[2]), "ms");
    print("cold open, these three", median(&|run| run[0] + run[1] + run[2]), "ms");
    print("peak memory of a process that did this", median(&|run| run[4] / 1024.0), "MiB");
    print("first view of a case of 300 facts", median(&|run| run[3]), "ms");
}

fn child(path: &Path) -> Vec<f64> {
    let out = std::process::Command::new(std::env::current_exe().unwrap()).env(CHILD, path).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap().split_whitespace().map(|n| n.parse().unwrap()).collect()
}

fn recording(path: &Path, store: &MemoryStore, cases: &[CaseId]) {
    let mut random = entropy();
    let (file, _) = SqliteStore::open(path, &KEY, &mut *random).unwrap();
    let file = Agent::open(Box::new(file), Box::new(key(1)), entropy()).unwrap();
    let memory = open(Frail::sound(store.backup()), 1);
    for (sort, mut agent) in [("file, every save synced", file), ("memory", memory)] {
        let start = Instant::now();
        agent.cases(NOW);
        agent.record(cases[0], log(0, "现场", NOW), NOW).unwrap();
        let first = ms(start);
        let start = Instant::now();
        for n in 0..100 {
            agent.record(cases[1], log(n, "现场核对", NOW + n), NOW + n).unwrap();
        }
        println!(
            "record one ({sort}), mean of 100 unsent in one case: {:.2} ms; list and first: {first:.1} ms",
            ms(start) / 100.0
        );
        let start = Instant::now();
        agent.cases(NOW);
        println!("list again with 101 unsent ({sort}): {:.1} ms", ms(start));
    }
    let unsynced = std::fs::File::create(PathBuf::from(format!("{}-sync", path.display()))).unwrap();
    let start = Instant::now();
    for _ in 0..50 {
        (&unsynced).write_all(&[1; 4096]).unwrap();
        unsynced.sync_all().unwrap();
    }
    println!("a bare write of 4 KiB and its sync on this disk: {:.2} ms", ms(start) / 50.0);
    let _ = std::fs::remove_file(format!("{}-sync", path.display()));
}

/// Bytes of a round that brings one log, against the deflated change alone.
fn lines_up(office: &mut Office, store: &MemoryStore, case: CaseId) {
    let mut agent = open(Frail::sound(store.backup()), 1);
    sync(&mut agent, office);
    for (what, ascii) in [("plain words", false), ("no word twice", true)] {
        let text: String = if ascii {
            distinct()
        } else {
            "规划许可窗口要求补正总平面图并说明退界，".chars().cycle().take(160).collect()
        };
        agent.record(case, log(1, &text, NOW), NOW).unwrap();
        let request = agent.begin_sync(NOW).unwrap().send.unwrap();
        let sent: daiban_core::sync::wire::SyncRequest = daiban_core::sync::unpack(&request.body, 1 << 20).unwrap();
        let change: &[u8] = &sent.batches[0].changes[0];
        let mut deflated = DeflateEncoder::new(Vec::new(), Compression::best());
        deflated.write_all(change).unwrap();
        let deflated = deflated.finish().unwrap().len();
        let body = request.body.len();
        let headers: usize = request.headers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
        println!(
            "up for one log of 160 characters, {what}: body {body} B, headers {headers} B; change {} B, deflated {deflated} B; \
             body / deflated = {:.2}",
            change.len(),
            body as f64 / deflated as f64
        );
        let cursors = match &sent.place {
            daiban_core::sync::wire::Place::Cursors(all) => all.len(),
            daiban_core::sync::wire::Place::Digest(_) => 0,
        };
        let keys = sent.batches[0].signature.len();
        println!(
            "  of the body before packing: {cursors} cursors, signature {keys} B, token {} B",
            sent.token.map_or(0, |t| t.len())
        );
        let (status, answer) = office.post(&request);
        let step = agent.receive(status, &answer, NOW).unwrap();
        exchange(&mut agent, office, step, NOW).unwrap();
    }
}

/// 160 characters, each once.
fn distinct() -> String {
    (0..160).filter_map(|n| char::from_u32(0x4e00 + n * 97)).collect()
}

/// A sync when nothing happened.
fn idle() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    for n in 0..300_u32 {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&n.to_be_bytes());
        office.roster(CaseId(id), "zhang", Role::UnitAgent, None);
    }
    sync(&mut agent, &mut office);
    let before = office.requests;
    let request = agent.begin_sync(NOW + 60).unwrap().send.unwrap();
    let (status, answer) = office.post(&request);
    let step = agent.receive(status, &answer, NOW + 60).unwrap();
    exchange(&mut agent, &mut office, step, NOW + 60).unwrap();
    let trips = office.requests - before;
    println!("idle sync of 300 cases: {trips} round trip(s), {} B up, {} B down", request.body.len(), answer.len());
}
