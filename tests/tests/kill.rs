//! kill −9 of the real server under writing clients: nothing acknowledged is lost, nothing stands twice, the log
//! proves, round after round over the same data folder on a real disk.
//!
//! `DAIBAN_BIN` names the server (else `target/release/daiban`), `DAIBAN_KILL_ROUNDS` how often it is killed.

use daiban_server::app::Folder;
use daiban_server::db::scratch::Scratch;
use daiban_tests::nodes::{Client, Heard, Process, Proof};
use daiban_tests::random::SeededRandom;
use daiban_tests::switch::left_out;
use daiban_tests::world::TempFolder;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Kills of a plain run.
const ROUNDS: u64 = 10;
/// Clients that write all the time.
const CLIENTS: usize = 8;

/// Writes and syncs until told to stop, or until the server is gone.
fn work(client: &mut Client, url: &str, stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        client.write();
        match client.sync(url) {
            Heard::All => {}
            Heard::Nothing => return,
            Heard::Later(status) => panic!("a server that was not told to wait answered {status}"),
        }
    }
}

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    if left_out("kill") {
        return;
    }
    let rounds = std::env::var("DAIBAN_KILL_ROUNDS").map_or(ROUNDS, |n| n.parse().expect("a number"));
    let folder = TempFolder::on_disk("kill");
    let data = folder.path().join("data");
    let database = Scratch::new().map(|scratch| (scratch.url(), scratch));
    let database = database.as_ref().map(|(url, _)| url.as_str());
    let start = || Process::start(&data, database, "127.0.0.1:0", &[]);
    let prove = |clients: &[Client], round: u64| {
        println!("round {round}");
        Proof::of_dead(&data, database).keeps_what_was_said(clients)
    };
    let (began, mut random) = (Instant::now(), SeededRandom::new(9));
    let mut server = start();
    let token = Folder::office_token(&data).expect("the office token");
    let mut clients: Vec<Client> = (0..CLIENTS).map(|no| Client::enrol(&server.url, &token, no)).collect();
    let mut changes = 0;
    for round in 1..=rounds {
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for client in &mut clients {
                let (url, stop) = (server.url.clone(), &stop);
                scope.spawn(move || work(client, &url, stop));
            }
            std::thread::sleep(Duration::from_millis(100 + random.below(400) as u64));
            server.kill();
            stop.store(true, Ordering::Relaxed);
        });
        changes = prove(&clients, round);
        server = start();
    }
    for client in &mut clients {
        assert_eq!(client.sync(&server.url), Heard::All, "the server lives");
        assert_eq!(client.ledger.wrong, Vec::<String>::new());
    }
    server.kill();
    changes = changes.max(prove(&clients, rounds + 1));
    let said: usize = clients.iter().map(Client::acknowledged).sum();
    println!(
        "FIGURE {rounds} kills under {CLIENTS} clients, {said} acknowledged, 0 lost, {changes} changes proved, {:.1} s",
        began.elapsed().as_secs_f64()
    );
}
