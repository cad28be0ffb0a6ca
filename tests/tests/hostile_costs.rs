//! What hostile requests of one enrolled device cost the server: the rows of the attack table, measured, and a property over whatever a
//! generator multiplies. Times and memory are printed, never asserted; what stays on the disk is.

#![allow(clippy::unwrap_used, clippy::panic)]

use daiban_core::doc::{ChainTip, compose, deflate};
use daiban_core::fact::kinds::{CaseOpened, Channel, WorkLog};
use daiban_core::fact::{Body, Fact, Node, SealKey};
use daiban_core::ids::{ActorId, CaseId, DeviceId, FactId, KeyId, PersonId, UnitId};
use daiban_core::limits::{SYNC_BODY_BYTES_MAX, SYNC_UNITS_BASE, SYNC_UNITS_PER_SENT};
use daiban_core::people::Role;
use daiban_core::sync::bounds::{pack_request, stored};
use daiban_core::sync::bundle::Bundle;
use daiban_core::sync::session::outbound::sign_body;
use daiban_core::sync::wire::{Batch, CarriedBatch, Place, SyncAnswer, SyncRequest};
use daiban_core::sync::{Signer, SoftwareKey, Statement, pack, unpack, unpack_counted};
use daiban_server::app::App;
use daiban_server::clock::Clock;
use daiban_server::db::DbError;
use daiban_server::db::sql::devices::{self, Device, DeviceState};
use daiban_server::db::sql::directory::{self, Person};
use daiban_tests::world::{Line, Server};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// 2026-11-23 09:00 in Shanghai.
const NOW: i64 = 1_795_395_600;
/// What a request may add to the files for nothing, and for each byte sent.
const GROWTH_FREE: u64 = 64 * 1024;
const GROWTH_PER_SENT: u64 = 8;
/// Cases of the property.
const CASES: u64 = 24;

struct Attacker {
    server: Server,
    key: SoftwareKey,
    counter: u64,
}

impl Attacker {
    fn new(secret: u8) -> Attacker {
        let server = Server::start(Line::InProcess, Clock::moved(NOW), &[]);
        let key = SoftwareKey::from_secret(&[secret; 32]);
        let (public_key, id) = (key.public_key(), PersonId::from("zhang"));
        let person = Person {
            id: id.clone(),
            name: "张".into(),
            unit: UnitId::from("commerce"),
            role: Role::UnitAgent,
            group: None,
            phone: None,
            joined_at: NOW,
            left_at: None,
        };
        let device = Device {
            id: DeviceId::of(&public_key),
            person: id,
            public_key,
            model: "attacker".into(),
            state: DeviceState::Active,
            confirmation: "000000".into(),
            enrolled_at: NOW,
            counter: 0,
            seen_at: None,
            unsent: None,
            floor: None,
        };
        let enrol = move |tx: &daiban_server::db::Transaction<'_>| {
            directory::put_person(tx, &person)?;
            devices::insert(tx, &device)
        };
        server.app().db.write_blocking::<_, DbError>(enrol).unwrap();
        Attacker { server, key, counter: 0 }
    }

    fn app(&self) -> &Arc<App> {
        self.server.app()
    }

    fn send(&mut self, body: Vec<u8>) -> (u16, Vec<u8>) {
        self.counter += 1;
        let request = sign_body(body, self.counter, &self.key);
        let reply = self.server.call(request.method, request.path, &request.headers, &request.body).unwrap();
        (reply.status, reply.body)
    }

    fn batch(&self, case: CaseId, tip: ChainTip, changes: Vec<Vec<u8>>, token: &[u8]) -> Batch {
        let device = DeviceId::of(&self.key.public_key());
        let statement = Statement { device, epoch: 0, case, tip_seq: tip.seq, tip_hash: tip.hash, token: token.to_vec() };
        let changes = changes.into_iter().map(Into::into).collect();
        Batch { case, epoch: 0, changes, signature: statement.sign(&self.key).into(), keys: Vec::new() }
    }

    fn chain(&self, case: CaseId, tip: &mut ChainTip, nested: bool, bodies: impl Iterator<Item = Body>) -> Vec<Vec<u8>> {
        let actor = ActorId::derive(&self.key.public_key(), case, 0);
        let one = |(n, body): (usize, Body)| {
            let composed = compose(actor, tip, &fact(n as u64 + (u64::from(case.0[0]) << 32), body).node(), NOW);
            *tip = composed.tip;
            if nested { deflate(&composed.bytes) } else { composed.bytes }
        };
        bodies.enumerate().map(one).collect()
    }

    fn opened(&mut self, n: u8) -> (CaseId, ChainTip) {
        let case = CaseId([n; 16]);
        let mut tip = ChainTip::start(case);
        let changes = self.chain(case, &mut tip, false, std::iter::once(opening()));
        let batch = self.batch(case, tip, changes, &[]);
        assert_eq!(self.send(pack(&request(vec![batch]))).0, 200);
        (case, tip)
    }

    /// The size of the file once everything is in it; 0 where the store is none.
    fn file_bytes(&self) -> u64 {
        if self.app().db.is_shared() {
            return 0;
        }
        let pages = |tx: &daiban_server::db::Transaction<'_>| {
            Ok::<u64, DbError>(tx.number::<u64>("PRAGMA page_count", &[])? * tx.number::<u64>("PRAGMA page_size", &[])?)
        };
        self.app().db.write_blocking(pages).unwrap()
    }

    /// Sends an attack, prints what it cost and asserts what stays of it.
    fn row(&mut self, name: &str, before: &str, body: Vec<u8>) -> u16 {
        let sent = body.len() as u64;
        let files = self.file_bytes();
        forget_peak();
        let (cpu, memory) = (cpu_ms(), memory_kb("VmHWM"));
        let inflated = unpack_counted::<SyncRequest>(&body, SYNC_BODY_BYTES_MAX).map_or(0, |(_, inflated)| inflated as u64);
        self.app().units_spent.store(0, Ordering::SeqCst);
        let (status, _) = self.send(body);
        let (cpu, memory) = (cpu_ms() - cpu, memory_kb("VmHWM").saturating_sub(memory));
        let grown = self.file_bytes().saturating_sub(files);
        println!(
            "FIGURE {name}: {sent} bytes sent, {status}; {cpu} ms CPU, {} MB more at the peak, {grown} bytes stored (before: {before})",
            memory / 1024
        );
        let units = self.app().units_spent.load(Ordering::SeqCst);
        if status == 200 {
            let most = SYNC_UNITS_BASE + SYNC_UNITS_PER_SENT * sent;
            assert!((inflated..=most).contains(&units), "{name}: {units} units for {sent} bytes sent, {inflated} inflated");
        }
        assert!(grown <= GROWTH_FREE + GROWTH_PER_SENT * sent, "{name}: {grown} bytes for {sent}");
        status
    }
}

fn fact(n: u64, body: Body) -> Fact {
    let mut id = [7; 16];
    id[..8].copy_from_slice(&n.to_be_bytes());
    let (by, unit) = (PersonId::from("zhang"), UnitId::from("commerce"));
    Fact { id: FactId(id), by, unit, occurred_at: NOW - 600, recorded_at: NOW - 600, amends: None, body }
}

fn opening() -> Body {
    Body::CaseOpened(CaseOpened {
        title: "食品加工项目".into(),
        enterprise: "某某食品有限公司".into(),
        location: UnitId::from("fengrong"),
        investment_10k_yuan: Some(12_000),
        decision: None,
        benefit: None,
        needs: None,
        contact: None,
    })
}

fn log(text: String) -> Body {
    Body::WorkLog(WorkLog { text, channel: Channel::OnSite, item: None, place: None, next_step: None, minutes: None, met: None })
}

/// As much repeated text as one change may hold.
fn swollen() -> Body {
    let fields = (0..15).map(|n| (format!("f{n:02}"), Node::text("代".repeat(21_000)))).collect();
    Body::Unknown { kind: "swollen".into(), fields }
}

/// As many operations as one change may hold.
fn many_operations() -> Body {
    let list = Node::List((0..4_900).map(Node::Int).collect());
    Body::Unknown { kind: "many".into(), fields: vec![("items".into(), list)] }
}

fn request(batches: Vec<Batch>) -> SyncRequest {
    SyncRequest {
        token: None,
        phone_now: NOW,
        kinds_version: daiban_core::fact::table::KINDS_VERSION,
        calendar: String::new(),
        policy: 1,
        pack: None,
        batches,
        carried: Vec::new(),
        names: None,
        place: Place::Cursors(Vec::new()),
        nothing_unsent: false,
        unsent: 0,
        page_bytes: None,
        holds_own: false,
    }
}

fn keys(count: usize) -> Vec<SealKey> {
    let key = |n: usize| SealKey { id: KeyId((n as u128).to_be_bytes()), key: vec![7; 32] };
    (0..count).map(key).collect()
}

fn made_up(n: usize) -> CarriedBatch {
    let key = SoftwareKey::from_secret(&[(n % 251) as u8; 32]);
    let case = CaseId([9; 16]);
    let device = DeviceId::of(&key.public_key());
    let tip = ChainTip::start(case);
    let statement = Statement { device, epoch: n as u32, case, tip_seq: 1, tip_hash: tip.hash, token: Vec::new() };
    let mut bytes = Vec::new();
    ciborium::into_writer(&statement, &mut bytes).unwrap();
    let changes = vec![n.to_be_bytes().to_vec().into()];
    CarriedBatch {
        public_key: key.public_key().to_vec(),
        statement: bytes.into(),
        signature: statement.sign(&key).into(),
        changes,
    }
}

fn cpu_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<i64> = stat.rsplit(')').next().unwrap().split_whitespace().filter_map(|f| f.parse().ok()).collect();
    // utime and stime are fields 14 and 15; the state behind the name is no number and drops out, so they are at 10 and 11.
    10 * (fields[10] + fields[11]).cast_unsigned()
}

fn memory_kb(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

#[test]
fn the_attack_table_is_measured_and_leaves_little() {
    let mut attacker = Attacker::new(1);
    let (case, start) = attacker.opened(1);
    let mut tip = start;
    let big = attacker.chain(case, &mut tip, true, (0..199).map(|_| swollen()));
    let mut batch = attacker.batch(case, tip, big, &[]);
    assert_eq!(attacker.row("47 nested deflate", "186 MB of rows, 3.1 s", pack(&request(vec![batch.clone()]))), 413);
    batch.keys = keys(20_000);
    assert_eq!(attacker.row("46 keys x changes", "3,300 s of CPU", pack(&request(vec![batch.clone()]))), 413);
    batch.keys = keys(500);
    assert_eq!(attacker.row("46 as many keys as allowed", "84 s", pack(&request(vec![batch]))), 413);

    let token = vec![0; 1_900_000];
    let one = |n: usize| {
        let mut tip = start;
        let changes = attacker.chain(case, &mut tip, false, std::iter::once(log(format!("日志{n}"))));
        attacker.batch(case, tip, changes, &token)
    };
    let batches = (0..200).map(one).collect();
    let heavy = SyncRequest { token: Some(token.clone().into()), ..request(batches) };
    assert_eq!(attacker.row("47b token x batches", "364 MB stored, 6 s", pack(&heavy)), 413);

    let zeros = attacker.batch(case, start, vec![vec![0; 2_000_000]], &[]);
    attacker.row("49 zeros into quarantine", "2 MiB of quarantine each", pack(&request(vec![zeros])));
    let carried = SyncRequest { carried: (0..200).map(made_up).collect(), ..request(vec![]) };
    attacker.row("49 made-up keys", "20,200 rows in 5 s", pack(&carried));

    let open = |n: u8| {
        let case = CaseId([n; 16]);
        let mut tip = ChainTip::start(case);
        let changes = attacker.chain(case, &mut tip, false, std::iter::once(opening()));
        attacker.batch(case, tip, changes, &[])
    };
    let openings: Vec<Batch> = (10..=209).map(open).collect();
    assert_eq!(attacker.row("50 cases", "18,800 cases in 15 s", pack_request(&request(openings.clone()))), 200);
    let (_, again) = attacker.send(pack_request(&request(openings)));
    let answer: SyncAnswer = unpack(&again, 16 << 20).unwrap();
    let opened = answer.outcomes.iter().filter(|outcome| format!("{:?}", outcome.changes).contains("Known")).count();
    assert_eq!(opened, 49, "fifty cases a day, one of them before");
}

#[test]
fn known_changes_of_many_operations_are_cheap() {
    let mut attacker = Attacker::new(2);
    let (case, mut tip) = attacker.opened(1);
    let changes = attacker.chain(case, &mut tip, false, (0..40).map(|_| many_operations()));
    for page in changes.chunks(5) {
        let tip = page.last().map(|last| daiban_core::admit::peek(last).unwrap()).unwrap();
        let end = ChainTip { seq: tip.seq, hash: tip.hash, max_op: 0 };
        let (status, _) = attacker.send(pack_request(&request(vec![attacker.batch(case, end, page.to_vec(), &[])])));
        assert_eq!(status, 200);
    }
    let whole = attacker.batch(case, tip, changes, &[]);
    let mut last = tip;
    let dear = attacker.chain(case, &mut last, false, (100..109).map(|_| many_operations()));
    let dear = attacker.batch(case, last, dear, &[]);
    let status = attacker.row("the dearest round that is taken", "17 ms a change", pack_request(&request(vec![dear])));
    assert_eq!(status, 200);
    assert_eq!(attacker.row("48 known changes again (40)", "0.7 s for 40", pack_request(&request(vec![whole]))), 200);
}

#[test]
fn a_bundle_of_very_many_batches_is_refused_before_it_starts() {
    let attacker = Attacker::new(3);
    let empty = CarriedBatch { public_key: vec![1; 32], statement: vec![].into(), signature: vec![].into(), changes: vec![] };
    let bundle = Bundle { made_at: NOW, batches: vec![empty; 60_000] }.to_bytes();
    let (sent, cpu) = (bundle.len(), cpu_ms());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let refused = runtime.block_on(daiban_server::sync::import(attacker.app(), bundle, PersonId::from("zhang"))).unwrap_err();
    println!("FIGURE 51 bundle: {sent} bytes sent, {}; {} ms CPU (before: 8.9 s)", refused.status, cpu_ms() - cpu);
    assert_eq!(refused.code, "too_large");
}

/// A small generator of its own, so that every run tries the same.
struct SeededRandom(u64);

impl SeededRandom {
    fn of(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.of(from.len() as u64) as usize]
    }
}

#[test]
fn whatever_lists_are_multiplied_little_stays_for_what_was_sent() {
    for seed in 0..CASES {
        let mut random = SeededRandom(seed);
        let mut attacker = Attacker::new(100 + seed as u8);
        let (case, start) = attacker.opened(1);
        let sort = random.of(4);
        // What is large by itself is not multiplied beyond what a test can hold.
        let (batches, changes) = match sort {
            0 => (random.pick(&[1, 3]), random.pick(&[1, 2, 30])),
            1 => (random.pick(&[1, 3]), random.pick(&[1, 5, 10])),
            _ => (random.pick(&[0, 1, 10, 40, 200]), random.pick(&[1, 3, 20])),
        };
        let key_count = random.pick(&[0, 0, 2, 100, 5_000]);
        let token = vec![0; random.pick(&[0, 0, 100, 20_000])];
        let nested = random.of(2) == 0;
        let body = |n: usize| match sort {
            0 => swollen(),
            1 => many_operations(),
            2 => log("短".into()),
            _ => log(format!("第{n}次走访企业，了解用地手续办理情况，协调有关部门。")),
        };
        let one = |at: usize| {
            let (case, mut tip) = if at == 0 { (case, start) } else { (CaseId([at as u8 + 2; 16]), ChainTip::start(case)) };
            let wire = attacker.chain(case, &mut tip, nested, (0..changes).map(body));
            let batch = attacker.batch(case, tip, wire, &token);
            Batch { keys: keys(key_count), ..batch }
        };
        let batches: Vec<Batch> = (0..batches).map(one).collect();
        let carried = (0..random.pick(&[0, 0, 5, 200])).map(made_up).collect();
        let token = (!token.is_empty()).then(|| token.clone().into());
        let hostile = SyncRequest { carried, token, ..request(batches) };
        // Some are packed as tightly as can be, some so that they are taken if anything of the kind is.
        let tight = seed % 4 == 0 || stored(&hostile) > SYNC_BODY_BYTES_MAX;
        let body = if tight { pack(&hostile) } else { pack_request(&hostile) };
        let status = attacker.row(&format!("property {seed}"), "unbounded", body);
        assert!([200, 400, 413].contains(&status), "seed {seed}: {status}");
    }
}
