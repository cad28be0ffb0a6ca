//! What the phone's engine costs: printed, never asserted. `cargo bench -p daiban-core --features test-support --bench agent_speed`

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::disallowed_methods)]

#[path = "../tests/agent_phone/office.rs"]
#[allow(dead_code)]
mod office;
#[path = "../tests/agent_phone/world.rs"]
#[allow(dead_code)]
mod world;

use daiban_core::agent::Agent;
use daiban_core::store::{MemoryStore, Shelf, SqliteStore, Store};
use office::Office;
use std::time::Instant;
use world::*;

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

/// Copies a phone into a file, as 50 cases of 300 facts would lie there.
fn into_file(from: &MemoryStore, path: &std::path::Path) {
    let mut random = entropy();
    let (mut file, _) = SqliteStore::open(path, &[7; 32], &mut *random).unwrap();
    let mut batch = daiban_core::store::Batch::default();
    for shelf in Shelf::ALL {
        from.load(shelf).unwrap().into_iter().for_each(|(key, value)| batch.put(shelf, key, value));
    }
    file.commit(&batch, &mut *random).unwrap();
}

fn main() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let (mut other, _) = phone(&mut office, "li", 2);
    let cases: Vec<_> = (1..=50).map(|n| case(&mut office, n, &["zhang", "li"])).collect();
    sync(&mut other, &mut office);
    for case in &cases {
        for n in 0..298 {
            record(&mut other, *case, &format!("第{n}条：规划许可窗口要求补正总平面图，已电话通知建设单位经办人"), NOW + n);
        }
    }
    sync(&mut other, &mut office);
    let start = Instant::now();
    sync(&mut agent, &mut office);
    println!("first sync of 50 cases x 300 rows, server's part included: {:.0} ms", ms(start));
    let path = std::env::temp_dir().join(format!("daiban-speed-{}.db", std::process::id()));
    into_file(&store, &path);
    println!("file: {:.1} MB", std::fs::metadata(&path).unwrap().len() as f64 / 1e6);

    let mut random = entropy();
    let start = Instant::now();
    let (file, _) = SqliteStore::open(&path, &[7; 32], &mut *random).unwrap();
    println!("open the file (integrity and every seal): {:.0} ms", ms(start));
    let start = Instant::now();
    let mut agent = Agent::open(Box::new(file), Box::new(key(1)), entropy()).unwrap();
    println!("open the agent (chains verified): {:.0} ms", ms(start));
    let start = Instant::now();
    agent.cases(NOW);
    println!("first list of all cases with lamps: {:.0} ms", ms(start));
    let start = Instant::now();
    agent.cases(NOW);
    println!("list again: {:.1} ms", ms(start));
    for sort in ["file, FULL", "memory"] {
        let start = Instant::now();
        for n in 0..100 {
            record(&mut agent, cases[0], &format!("现场{n}"), NOW + n);
        }
        println!("record one, {sort}, mean of 100 unsent in one case: {:.2} ms", ms(start) / 100.0);
        agent = open(Frail::sound(store.clone()), 1);
        agent.cases(NOW);
    }
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", path.display()));
    }
}
