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
use daiban_core::store::{Batch, MemoryStore, Namespace, SqliteStore, Store};
use daiban_core::sync::wire::{Place, SyncRequest};
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
    println!("file: {:.1} MB, of it case_digests {:.1} MB", size(&path) / 1e6, case_digests(&store) / 1e6);
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

fn case_digests(store: &MemoryStore) -> f64 {
    store.load(Namespace::CaseDigest).unwrap().iter().map(|(_, value)| value.len()).sum::<usize>() as f64
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
    for namespace in Namespace::ALL {
        from.load(namespace).unwrap().into_iter().for_each(|(key, value)| batch.put(namespace, key, value));
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
    print("FIGURE cold open, these three", median(&|run| run[0] + run[1] + run[2]), "ms");
    print("FIGURE peak memory of a process that did this", median(&|run| run[4] / 1024.0), "MiB");
    print("FIGURE first view of a case of 300 facts", median(&|run| run[3]), "ms");
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
            "FIGURE record one ({sort}), mean of 100 unsent in one case: {:.2} ms; list and first: {first:.1} ms",
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

/// Bytes of a round that brings some logs, against their changes deflated one by one.
fn lines_up(office: &mut Office, store: &MemoryStore, case: CaseId) {
    let mut agent = open(Frail::sound(store.backup()), 1);
    sync(&mut agent, office);
    for (logs, words, distinct) in
        [(1, "plain words", false), (5, "plain words", false), (1, "no word twice", true), (5, "no word twice", true)]
    {
        for n in 0..logs {
            agent.record(case, log(1, &text(n, distinct), NOW), NOW + i64::from(n)).unwrap();
        }
        let request = agent.begin_sync(NOW + 60).unwrap().send.unwrap();
        let sent: SyncRequest = daiban_core::sync::unpack(&request.body, 1 << 20).unwrap();
        let deflated: usize = sent.batches[0].changes.iter().map(|change| deflated(change)).sum();
        let body = request.body.len();
        let headers: usize = request.headers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
        let named = match &sent.place {
            Place::Cursors(all) | Place::Changed(_, all) => all.len(),
            Place::Digest(_) => 0,
        };
        println!(
            "FIGURE up for {logs} log(s) of 160 characters ({words}): body {body} B, headers {headers} B, {named} cursor(s); changes deflated \
             {deflated} B; body / deflated = {:.2}",
            body as f64 / deflated as f64
        );
        let (status, answer) = office.post(&request);
        let step = agent.receive(status, &answer, NOW + 60).unwrap();
        exchange(&mut agent, office, step, NOW + 60).unwrap();
    }
}

fn deflated(change: &[u8]) -> usize {
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::best());
    deflated.write_all(change).unwrap();
    deflated.finish().unwrap().len()
}

fn text(n: u32, distinct: bool) -> String {
    if distinct {
        return (0..160).filter_map(|at| char::from_u32(0x4e00 + (n * 160 + at) * 17)).collect();
    }
    let words = ["规划许可窗口要求补正总平面图并说明退界，", "现场踏勘后与建设单位核对用地红线，", "不动产登记已受理，待核发，"];
    words.iter().cycle().skip(n as usize).flat_map(|w| w.chars()).take(160).collect()
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
    println!("FIGURE idle sync of 300 cases: {trips} round trip(s), {} B up, {} B down", request.body.len(), answer.len());
}
