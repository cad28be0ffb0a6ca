//! kill −9 of the real server under writing clients (security.md R-1): nothing acknowledged is lost, nothing stands twice, the log
//! proves, round after round over the same data folder on a real disk.
//!
//! `DAIBAN_BIN` names the server (else `target/release/daiban`), `DAIBAN_KILL_ROUNDS` how often it is killed.

use daiban_core::calendar::{local_midnight, parse_date};
use daiban_core::case::Entry;
use daiban_core::ids::{CaseId, ChangeHash};
use daiban_server::app::{App, Folder};
use daiban_server::clock::Clock;
use daiban_server::config::Config;
use daiban_server::db::scratch::Scratch;
use daiban_server::ledger;
use daiban_tests::dice::Dice;
use daiban_tests::phone::{Drafter, Kind, Phone};
use daiban_tests::world::town::people;
use daiban_tests::world::{Ledger, TempFolder, over_socket};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// Kills of a plain run.
const ROUNDS: u64 = 10;
/// Clients that write all the time.
const CLIENTS: usize = 8;

fn binary() -> PathBuf {
    std::env::var_os("DAIBAN_BIN")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/release/daiban"), PathBuf::from)
}

/// The program on a data folder and its database.
fn program(data: &Path, database: Option<&Scratch>) -> Command {
    let mut command = Command::new(binary());
    command.arg("--data").arg(data);
    if let Some(database) = database {
        command.arg("--database").arg(database.url());
    }
    command
}

struct Running {
    child: Child,
    url: String,
}

/// Starts the server and waits until it has announced where it listens.
fn start(data: &Path, database: Option<&Scratch>) -> Running {
    let mut command = program(data, database);
    command.args(["--listen", "127.0.0.1:0", "serve"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the server binary is built");
    let mut said = BufReader::new(child.stdout.take().expect("its words"));
    let mut line = String::new();
    let url = loop {
        line.clear();
        assert!(said.read_line(&mut line).expect("its words") > 0, "the server ended before it listened");
        if let Some(served) = Folder::served(data) {
            break format!("http://{}", served.address);
        }
    };
    // It may go on talking; a full pipe must not stop it.
    std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
    Running { child, url }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
    since.as_secs().cast_signed().max(local_midnight(parse_date("2026-01-01").expect("a date")))
}

fn order(url: &str, token: &str, command: Value) -> Value {
    let headers =
        [("authorization".to_owned(), format!("Bearer {token}")), ("content-type".to_owned(), "application/json".to_owned())];
    let body = serde_json::to_vec(&command).expect("JSON");
    let reply = over_socket(url, "POST", "/v1/commands", &headers, &body).expect("the server lives");
    assert!(reply.is_success(), "{command}: {}", reply.text());
    reply.json()
}

/// A client with its own phone and case, and what it heard.
struct Client {
    phone: Phone,
    case: Option<CaseId>,
    drafter: Drafter,
    ledger: Ledger,
}

impl Client {
    fn enrol(url: &str, token: &str, no: usize) -> Client {
        let holder = people().remove(4 + no % 6);
        let person = format!("{}-{no}", holder.person);
        let holder = daiban_tests::phone::Holder { person: person.as_str().into(), ..holder };
        let add = json!({ "command": "person_add", "id": person, "name": holder.name, "unit": holder.unit, "role": holder.role });
        order(url, token, add);
        let code = order(url, token, json!({ "command": "device_invite", "person": person }));
        let code = code["code"].as_str().expect("a code").to_owned();
        let mut phone = Phone::new(holder, Dice::new(1_000 + no as u64));
        let request = phone.agent().enrol_request(&code, "测试手机").expect("a new phone");
        let reply = over_socket(url, request.method, request.path, &request.headers, &request.body).expect("the server lives");
        let identity = phone.agent_mut().enrolled(&code, reply.status, &reply.body).expect("the code is good");
        order(url, token, json!({ "command": "device_confirm", "number": identity.confirmation }));
        Client { phone, case: None, drafter: Drafter::new(Dice::new(2_000 + no as u64)), ledger: Ledger::default() }
    }

    /// Writes and syncs until told to stop, or until the server is gone.
    fn work(&mut self, url: &str, stop: &AtomicBool, acknowledged: &AtomicU64) {
        while !stop.load(Ordering::Relaxed) {
            let now = now();
            match self.case {
                None => {
                    let opened = self.drafter.opening();
                    self.case = Some(self.phone.open_case(opened, now).expect("a case is opened").case);
                }
                Some(case) => {
                    let body = self.drafter.body(Kind::Log, &"wang-zhe".into(), now);
                    self.phone.record(case, now, None, body, now).expect("a log is recorded");
                }
            }
            if !self.sync(url) {
                return;
            }
            acknowledged
                .store(acknowledged.load(Ordering::Relaxed).max(self.ledger.acknowledged.len() as u64), Ordering::Relaxed);
        }
    }

    /// `false` = the server is gone.
    fn sync(&mut self, url: &str) -> bool {
        let mut step = self.phone.agent_mut().begin_sync(now()).expect("a sync begins");
        while let Some(request) = step.send.take() {
            let Some(reply) = over_socket(url, request.method, request.path, &request.headers, &request.body) else {
                return false;
            };
            self.ledger.heard(&request, &reply);
            step = self.phone.agent_mut().receive(reply.status, &reply.body, now()).expect("an honest phone is answered");
        }
        true
    }
}

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let rounds = std::env::var("DAIBAN_KILL_ROUNDS").map_or(ROUNDS, |n| n.parse().expect("a number"));
    let folder = TempFolder::on_disk("kill");
    let data = folder.path().join("data");
    let database = Scratch::new();
    let (began, mut dice) = (Instant::now(), Dice::new(9));
    let mut server = start(&data, database.as_ref());
    let token = Folder::office_token(&data).expect("the office token");
    let mut clients: Vec<Client> = (0..CLIENTS).map(|no| Client::enrol(&server.url, &token, no)).collect();
    let mut changes = 0;
    for round in 1..=rounds {
        let (stop, acknowledged) = (AtomicBool::new(false), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for client in &mut clients {
                let (url, stop, acknowledged) = (server.url.as_str(), &stop, &acknowledged);
                scope.spawn(move || client.work(url, stop, acknowledged));
            }
            std::thread::sleep(Duration::from_millis(100 + dice.below(400) as u64));
            server.child.kill().expect("the server is killed");
            server.child.wait().expect("it is gone");
            stop.store(true, Ordering::Relaxed);
        });
        changes = prove(&data, database.as_ref(), &clients, round);
        server = start(&data, database.as_ref());
    }
    for client in &mut clients {
        assert!(client.sync(&server.url), "the server lives");
        assert_eq!(client.ledger.wrong, Vec::<String>::new());
    }
    server.child.kill().expect("the server is killed");
    server.child.wait().expect("it is gone");
    changes = changes.max(prove(&data, database.as_ref(), &clients, rounds + 1));
    let said: usize = clients.iter().map(|client| client.ledger.acknowledged.len()).sum();
    println!(
        "FIGURE {rounds} kills under {CLIENTS} clients, {said} acknowledged, 0 lost, {changes} changes proved, {:.1} s",
        began.elapsed().as_secs_f64()
    );
}

/// Opens what the killed server left and holds it to what was said. Gives the number of changes.
fn prove(data: &Path, database: Option<&Scratch>, clients: &[Client], round: u64) -> u64 {
    let verified = program(data, database).arg("verify").output().expect("the binary runs");
    assert!(verified.status.success(), "round {round}: {}", String::from_utf8_lossy(&verified.stdout));
    let config = Config { database: database.map(Scratch::url), ..Config::local(data) };
    let app = App::open(config, Clock::system()).expect("the folder opens");
    let mut found: BTreeMap<(CaseId, ChangeHash), Vec<u64>> = BTreeMap::new();
    for head in app.db.read(daiban_server::db::sql::cases::list).expect("cases") {
        for row in app.db.read(|conn| ledger::case_rows(conn, head.id)).expect("rows") {
            if let Entry::Change { hash, .. } = row.entry {
                found.entry((head.id, hash)).or_default().push(row.sequence);
            }
        }
    }
    for (no, client) in clients.iter().enumerate() {
        assert_eq!(client.ledger.wrong, Vec::<String>::new(), "round {round}, client {no}");
        for (place, sequence) in &client.ledger.acknowledged {
            let kept = found.get(place).map(Vec::as_slice);
            assert_eq!(
                kept,
                Some(&[*sequence][..]),
                "round {round}, client {no}: an acknowledged change is lost or stands twice"
            );
        }
    }
    let twice = found.values().filter(|sequences| sequences.len() > 1).count();
    assert_eq!(twice, 0, "round {round}: changes that stand twice");
    found.len() as u64
}
