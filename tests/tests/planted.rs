//! Bugs, planted one at a time in the real server: a simulation that does not notice them proves nothing.
//!
//! The bugs are behind the server's `test-support` feature; a shipped build has their names only. How two of them can be seen at
//! all: *acknowledge before commit* answers inside the writer and then dies there, before the commit, so the answer is out and the
//! work is not. *`synchronous=NORMAL`* shows only when the power goes: the harness then keeps of the data folder what SQLite had
//! synced, going by the pragma in force on the writer's own connection (see `world/server.rs`). A PostgreSQL server writes its own
//! log; there that bug is caught by killing the server for real (`server/tests/postgres/durable.rs`).

use daiban_server::db::scratch;
use daiban_server::planted::Bug;
use daiban_tests::op::{Schedule, draw, play};
use daiban_tests::switch::left_out;
use std::time::Instant;

/// A bug that hides for longer than this many schedules is not caught.
const SEEDS_MAX: u64 = 60;
/// Operations of one schedule, as in the simulation.
const OPS: usize = 120;

#[test]
fn every_planted_bug_is_caught() {
    if left_out("planted") {
        return;
    }
    let began = Instant::now();
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let bugs: Vec<Bug> = Bug::ALL.iter().copied().filter(|bug| *bug != Bug::NormalSync || !scratch::on_a_server()).collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let found = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(bug) = bugs.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    let caught = hunt(*bug);
                    found.lock().unwrap().push((format!("{bug:?}"), caught));
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap();
    found.sort();
    println!("| planted bug | caught by seed | how it showed |\n|---|---|---|");
    for (bug, caught) in &found {
        match caught {
            Some((seed, why)) => println!("| {bug} | {seed} | {why} |"),
            None => println!("| {bug} | not within {SEEDS_MAX} | |"),
        }
    }
    let caught = found.iter().filter(|(_, caught)| caught.is_some()).count();
    println!("FIGURE {caught} of {} planted bugs caught, {:.1} s", bugs.len(), began.elapsed().as_secs_f64());
    assert_eq!(caught, bugs.len(), "a bug that nobody notices");
}

/// The first seed under which the bug shows, and how.
fn hunt(bug: Bug) -> Option<(u64, String)> {
    (1..=SEEDS_MAX).find_map(|seed| {
        let schedule = Schedule { seed, why: String::new(), ops: draw(seed, OPS) };
        let why = match std::panic::catch_unwind(|| play(&schedule, &[bug])) {
            Ok(Ok(_)) => return None,
            Ok(Err(why)) => why,
            Err(panic) => panic.downcast_ref::<String>().cloned().unwrap_or_else(|| "the harness broke".to_owned()),
        };
        let line = why.lines().next().unwrap_or_default();
        Some((seed, line.chars().take(140).collect()))
    })
}
