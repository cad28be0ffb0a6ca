//! Several nodes on one database behind a balancer, with phones that talk only to the balancer: nodes are killed, the database is
//! killed, its standby takes over, and the night moves from a dead node to a living one. Nothing acknowledged is lost, nothing
//! stands twice, all chains prove, and everybody sees the same in the end.
//!
//! Needs Debian's postgresql and haproxy, and fails without them. Two nodes and a little of everything unless `DAIBAN_NODES` says 2
//! or 4, for a long run.

use daiban_core::calendar::{Date, local_date, local_midnight};
use daiban_core::ids::CaseId;
use daiban_server::app::Folder;
use daiban_server::db::sql::cases;
use daiban_server::db::sql::jobs::{self, JobRow};
use daiban_server::db::{DbError, Transaction};
use daiban_tests::nodes::{
    Balancer, Client, Cluster, Heard, Process, Proof, free_address, nothing_doubled, now, order, same_views,
};
use daiban_tests::random::SeededRandom;
use daiban_tests::world::TempFolder;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Phones that write all the time.
const CLIENTS: usize = 8;
/// Cases that several phones write in.
const SHARED: usize = 2;
/// How long after a blow the phones may wait for the next acknowledgement.
const HEALED_WITHIN: Duration = Duration::from_secs(60);
/// How long the night may take to move: the lease, a look, and the night itself.
const MOVED_WITHIN: Duration = Duration::from_secs(90);
/// Nobody does the night by himself before it; the nodes are told to do it in the first hour of the day, ten minutes past.
const NIGHT_BEGINS: i64 = 600;
const DAY: i64 = 24 * 3600;

/// How often what happens.
struct Plan {
    nodes: usize,
    node_kills: u32,
    crashes: u32,
    failovers: u32,
    nights: u32,
}

fn plan() -> Plan {
    match std::env::var("DAIBAN_NODES") {
        Err(_) => Plan { nodes: 2, node_kills: 2, crashes: 1, failovers: 1, nights: 1 },
        Ok(nodes) => Plan { nodes: nodes.parse().expect("a number"), node_kills: 12, crashes: 4, failovers: 3, nights: 2 },
    }
}

/// The nodes of one database.
struct Nodes {
    folder: TempFolder,
    database: String,
    listen: Vec<SocketAddr>,
    running: Vec<Option<Process>>,
}

impl Nodes {
    fn start(count: usize, database: String) -> Nodes {
        let (folder, listen) = (TempFolder::on_disk("nodes"), (0..count).map(|_| free_address()).collect());
        let mut nodes = Nodes { folder, database, listen, running: (0..count).map(|_| None).collect() };
        nodes.up(0, &[]);
        for no in 1..count {
            std::fs::create_dir_all(nodes.data(no)).expect("a data folder");
            for key in ["server.key", "office.token"] {
                std::fs::copy(nodes.data(0).join(key), nodes.data(no).join(key)).expect("the first node's key");
            }
            nodes.up(no, &[]);
        }
        nodes
    }

    fn data(&self, no: usize) -> PathBuf {
        self.folder.path().join(format!("node{no}"))
    }

    fn up(&mut self, no: usize, more: &[&str]) {
        let node = Process::start(&self.data(no), Some(&self.database), &self.listen[no].to_string(), more);
        node.ready();
        self.running[no] = Some(node);
    }

    fn kill(&mut self, no: usize) {
        self.running[no].take().expect("it runs").kill();
    }

    fn all_ready(&self) {
        self.running.iter().flatten().for_each(Process::ready);
    }

    /// Which node has this name in the database.
    fn named(&self, name: &str) -> usize {
        let id = |no: &usize| std::fs::read_to_string(self.data(*no).join("node.id")).expect("a node's name");
        (0..self.listen.len()).find(|no| id(no).starts_with(name)).expect("one of our nodes")
    }

    fn proof(&self) -> Proof {
        Proof::of_living(&self.data(0), &self.database)
    }
}

/// What a round of blows cost.
#[derive(Default)]
struct Toll {
    rounds: u32,
    /// Answers that never came or said "not now".
    unheard: u64,
    slowest: Duration,
}

fn work(client: &mut Client, url: &str, stop: &AtomicBool, acknowledged: &AtomicU64, unheard: &AtomicU64) {
    while !stop.load(Ordering::Relaxed) {
        client.write();
        let before = client.acknowledged();
        if client.sync(url) != Heard::All {
            unheard.fetch_add(1, Ordering::Relaxed);
            std::thread::sleep(Duration::from_millis(50));
        }
        acknowledged.fetch_add((client.acknowledged() - before) as u64, Ordering::Relaxed);
    }
}

/// Everybody writes; the blow falls; everybody writes on until the wound has healed; then all of it is proved.
fn round(name: &str, nodes: &mut Nodes, url: &str, clients: &mut [Client], toll: &mut Toll, blow: impl FnOnce(&mut Nodes)) {
    let (stop, acknowledged, unheard) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    let mut healed = Duration::ZERO;
    std::thread::scope(|scope| {
        for client in &mut *clients {
            let (stop, acknowledged, unheard) = (&stop, &acknowledged, &unheard);
            scope.spawn(move || work(client, url, stop, acknowledged, unheard));
        }
        std::thread::sleep(Duration::from_millis(500));
        let struck = Instant::now();
        blow(nodes);
        let before = acknowledged.load(Ordering::Relaxed);
        while acknowledged.load(Ordering::Relaxed) < before + CLIENTS as u64 && struck.elapsed() < HEALED_WITHIN {
            std::thread::sleep(Duration::from_millis(10));
        }
        healed = struck.elapsed();
        std::thread::sleep(Duration::from_millis(300));
        stop.store(true, Ordering::Relaxed);
    });
    assert!(healed < HEALED_WITHIN, "{name}: nobody was acknowledged anything afterwards");
    nodes.all_ready();
    let changes = nodes.proof().keeps_what_was_said(clients);
    toll.rounds += 1;
    toll.unheard += unheard.load(Ordering::Relaxed);
    toll.slowest = toll.slowest.max(healed);
    println!("round {}, {name}: acknowledged again after {healed:.1?}, {changes} changes proved", toll.rounds);
}

/// Phones with a case of their own each, and the shared ones, overdue since a letter of forty days ago.
fn settle(url: &str, token: &str) -> Vec<Client> {
    let mut clients: Vec<Client> = (0..CLIENTS).map(|no| Client::enrol(url, token, no)).collect();
    for client in &mut clients {
        client.write();
        assert_eq!(client.sync(url), Heard::All);
    }
    let chief = json!({
        "command": "person_add", "id": "chief", "name": "王喆", "unit": "business-environment", "role": "chief_agent",
    });
    order(url, token, chief);
    for shared in 0..SHARED {
        let case = clients[shared].cases[0];
        for client in &mut clients {
            let seat = json!({ "command": "case_assign", "case": case, "person": client.phone.holder.person });
            if client.cases[0] != case {
                order(url, token, seat);
                client.cases.push(case);
            }
        }
        order(url, token, json!({ "command": "case_assign", "case": case, "person": "chief" }));
        letter(url, token, case);
    }
    for client in &mut clients {
        assert_eq!(client.sync(url), Heard::All);
    }
    clients
}

fn letter(url: &str, token: &str, case: CaseId) {
    let signed = local_date(now() - 40 * 24 * 3600);
    let fields = json!({
        "project_name": "松木岛化工园区项目", "enterprise": "大连建设单位有限公司", "chief": "chief", "scope": ["施工许可"],
        "chief_signed_on": signed, "enterprise_signed_on": signed,
    });
    let letter = json!({
        "command": "case_record", "as": "chief", "case": case, "sure": true, "kind": "authorization_letter_signed", "fields": fields,
    });
    let answer: Value = order(url, token, letter);
    assert_eq!(answer["verdict"]["code"], "effective", "{answer}");
}

fn night_of(proof: &Proof, day: Date) -> Option<JobRow> {
    proof.app().db.read(|conn| jobs::find(conn, "nightly", &day.to_string())).expect("the store is read")
}

/// A day that has begun its night and goes on for longer than a night takes to move: waits for midnight where the day is almost over.
fn a_day_with_room() -> Date {
    let into = now() - local_midnight(local_date(now()));
    let left = DAY - into;
    if left < 5 * 60 {
        std::thread::sleep(Duration::from_secs(u64::try_from(left + NIGHT_BEGINS).unwrap_or(0)));
    } else if into < NIGHT_BEGINS {
        std::thread::sleep(Duration::from_secs(u64::try_from(NIGHT_BEGINS - into).unwrap_or(0)));
    }
    local_date(now())
}

fn until<T>(what: &str, within: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < within, "{what}: not within {within:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// How the holder of the night is struck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Blow {
    Dies,
    /// It wakes up when another node has done its work.
    Freezes,
}

/// All nodes start at once after the hour of the night. Whoever has it is stopped in the middle by locks on the cases, and struck
/// there; another one does the night. Gives how long that took.
fn night_moves(nodes: &mut Nodes, blow: Blow) -> Duration {
    let count = nodes.listen.len();
    (0..count).for_each(|no| nodes.kill(no));
    let today = a_day_with_room();
    let proof = nodes.proof();
    // A night that finds every case still asks for no lock on any, and is over before it can be struck.
    let again = |tx: &Transaction<'_>| {
        cases::forget_still(tx)?;
        tx.run("DELETE FROM job", &[])
    };
    proof.app().db.write_blocking::<_, DbError>(again).expect("the night is still to be done");
    let (held, free) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    std::thread::scope(|scope| {
        let (holds, goes) = (held.clone(), free.clone());
        let db = proof.app().db.clone();
        scope.spawn(move || {
            let hold = move |tx: &Transaction<'_>| {
                let mut ids: Vec<CaseId> = cases::list(tx)?.into_iter().map(|head| head.id).collect();
                ids.sort_unstable();
                for id in ids {
                    cases::hold(tx, id)?;
                }
                holds.store(true, Ordering::SeqCst);
                // A transaction that asks nothing for long is ended by the database.
                while !goes.load(Ordering::SeqCst) {
                    tx.number::<i64>("SELECT 1", &[])?;
                    std::thread::sleep(Duration::from_millis(100));
                }
                Ok::<_, DbError>(())
            };
            db.write_blocking(hold).expect("the cases are held");
        });
        until("the cases are held", MOVED_WITHIN, || held.load(Ordering::SeqCst).then_some(()));
        (0..count).for_each(|no| nodes.up(no, &["--night-hour", "0"]));
        let holder = until("the night begins", MOVED_WITHIN, || night_of(&proof, today).filter(|job| job.beat_at.is_some()));
        let (no, struck) = (nodes.named(&holder.holder), Instant::now());
        match blow {
            Blow::Dies => nodes.kill(no),
            Blow::Freezes => nodes.running[no].as_ref().expect("it runs").freeze(),
        }
        free.store(true, Ordering::SeqCst);
        let done = until("the night moves", MOVED_WITHIN, || night_of(&proof, today).filter(|job| job.finished_at.is_some()));
        let took = struck.elapsed();
        assert_ne!(done.holder, holder.holder, "another node did the night");
        assert!(done.lease > holder.lease, "{done:?} after {holder:?}");
        match blow {
            Blow::Dies => nodes.up(no, &["--night-hour", "0"]),
            Blow::Freezes => nodes.running[no].as_ref().expect("it runs").thaw(),
        }
        nodes.all_ready();
        // Longer than the woken node needs for its next step, and than the next look of every schedule.
        std::thread::sleep(Duration::from_secs(12));
        assert_eq!(night_of(&proof, today), Some(done), "the night was done once");
        took
    })
}

#[test]
fn nodes_behind_a_balancer_lose_and_double_nothing() {
    let (plan, began, mut random) = (plan(), Instant::now(), SeededRandom::new(11));
    let mut cluster = Cluster::start();
    let mut nodes = Nodes::start(plan.nodes, cluster.url());
    let balancer = Balancer::start(&nodes.listen);
    let url = balancer.url.as_str();
    until("the balancer has found a node", MOVED_WITHIN, || {
        daiban_tests::world::over_socket(url, "GET", "/v1/health", &[], &[]).filter(|reply| reply.is_success())
    });
    let token = Folder::office_token(&nodes.data(0)).expect("the office token");
    let (mut clients, mut toll) = (settle(url, &token), Toll::default());
    for _ in 0..plan.node_kills {
        let no = random.below(plan.nodes);
        round("a node is killed", &mut nodes, url, &mut clients, &mut toll, |nodes| {
            nodes.kill(no);
            std::thread::sleep(Duration::from_millis(300));
            nodes.up(no, &[]);
        });
    }
    for _ in 0..plan.crashes {
        round("the database is killed", &mut nodes, url, &mut clients, &mut toll, |_| cluster.crash_and_restart());
    }
    for _ in 0..plan.failovers {
        round("the standby takes over", &mut nodes, url, &mut clients, &mut toll, |_| cluster.fail_over());
        cluster.mend();
    }
    let nights: Vec<Duration> = [Blow::Dies, Blow::Freezes]
        .into_iter()
        .cycle()
        .take(plan.nights as usize)
        .map(|blow| {
            let took = night_moves(&mut nodes, blow);
            println!("the night moved in {took:.1?}: its holder {blow:?}");
            took
        })
        .collect();
    let served = balancer.served();
    assert!(served.iter().all(|answers| *answers > 0), "every node served the phones: {served:?}");
    // First everybody brings, then everybody fetches what the others brought.
    for client in 0..2 * clients.len() {
        let no = client % clients.len();
        until("a phone settles", HEALED_WITHIN, || (clients[no].sync(url) == Heard::All).then_some(()));
    }
    let proof = nodes.proof();
    let (changes, told) = (proof.keeps_what_was_said(&clients), nothing_doubled(proof.app(), &clients));
    assert!(told > 0, "the night told of what is overdue");
    let compared = same_views(proof.app(), &clients, now());
    let said: usize = clients.iter().map(Client::acknowledged).sum();
    println!(
        "FIGURE {} nodes behind haproxy, {CLIENTS} phones: {} node kills, {} database crashes, {} failovers, {} nights moved \
         (slowest {:.0} s); {said} acknowledged, 0 lost, 0 doubled, {changes} changes proved, {told} notices, {compared} views alike, \
         {} answers not heard, slowest recovery {:.1} s, {:?} answers by node, {:.0} s",
        plan.nodes,
        plan.node_kills,
        plan.crashes,
        plan.failovers,
        nights.len(),
        nights.iter().max().unwrap_or(&Duration::ZERO).as_secs_f64(),
        toll.unheard,
        toll.slowest.as_secs_f64(),
        served,
        began.elapsed().as_secs_f64()
    );
}
