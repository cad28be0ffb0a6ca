//! Deterministic simulation: twelve phones, one real server, and everything that goes wrong between them.
//!
//! What counts as failure, whatever happened:
//!
//! 1. **No acknowledged fact is lost.** Every change of which an answer of the server said "accepted" or "known" stands in its case,
//!    once, at the number that was said, also after the server died on either side of a commit or lost its power.
//! 2. **What went out stays.** A row that was sent to anybody is never another one later; every link of every case follows.
//! 3. **Equal sequence, editions, policy and `now` give equal views and equal duties.** Each phone, fed from the bytes of
//!    `POST /v1/sync` only, sees the same facts and verdicts as the server, and its duties equal the rows of
//!    `GET /v1/cases/{id}/duties`.
//! 4. **A phone holds its person's cases, all of them and no others**, and calls no alarm.
//! 5. **Frozen stays frozen.** A confirmed report is at the end what it was when it was confirmed.
//! 6. **Nothing is in no state.** Every record of every phone has a state, and after healing none is on its phone alone.
//! 7. **One author's refusal hides nobody else's fact**: it follows from 1 and 6, with refused changes from mid-outbox in the mix.
//! 8. **Only whole, canonical facts of the sender's own chain get in**, and the case, handed out as a standard Automerge file, loads
//!    and holds exactly the case's facts.
//! 9. **Nothing ends in a failure of the server**: no answer is a 5xx, also not to hostile requests.
//! 10. **It settles**: after healing every phone is done within 20 round trips.
//! 11. **Only what can be believed counts without a person's word**: no record that names somebody unknown, no letter with last
//!     year's number or of another enterprise, no flow table with an agent of another unit, no 无变化 of a week to come.
//! 12. **Nobody confirms a report by the hash of another text.**
//! 13. **What is sent back meets no duty until it is corrected**, on the server and on every phone; its author is told, no earlier
//!     wording of it stands in for it, and a report that was sent back can still be read as it was confirmed.
//! 14. **Who left owes nothing, and takes nothing along**: what an agent left open is somebody else's, and what only the phone held stands
//!     in its case or lies in quarantine once the office was handed it.
//!
//! What does not count: verdicts differ with the order of arrival; a phone put back to an old copy has lost what was only on it.
//!
//! `DAIBAN_SCHEDULES` sets how many schedules are played, `DAIBAN_SEED` plays one. A failing schedule is shrunk and written to
//! `tests/fixtures/failures/`, and every fixture there is played for ever.

use daiban_tests::op::{Figures, Schedule, draw, play};
use daiban_tests::switch::trials;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Schedules of a plain run.
const SCHEDULES: u64 = trials(300);
/// Operations of one schedule.
const OPS: usize = 120;
/// Plays spent on shrinking a failure.
const SHRINK_PLAYS: usize = 150;

fn failures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/failures")
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[test]
fn whatever_happens_nothing_is_lost_and_everybody_agrees() {
    let first = number("DAIBAN_SEED");
    let count = if first.is_some() { 1 } else { number("DAIBAN_SCHEDULES").unwrap_or(SCHEDULES) };
    let from = first.unwrap_or(1);
    println!("seeds {from} to {}, {OPS} operations each", from + count - 1);
    let (began, next) = (Instant::now(), AtomicU64::new(from));
    let (totals, failed) = (Mutex::new(Figures::default()), Mutex::new(None));
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= from + count || failed.lock().unwrap().is_some() {
                        return;
                    }
                    let schedule = Schedule { seed, why: String::new(), ops: draw(seed, OPS) };
                    match played(&schedule) {
                        Ok(figures) => add(&mut totals.lock().unwrap(), figures),
                        Err(why) => *failed.lock().unwrap() = Some(Schedule { why, ..schedule }),
                    }
                }
            });
        }
    });
    if let Some(schedule) = failed.into_inner().unwrap() {
        let path = keep(schedule.clone());
        panic!("seed {}: {}\nkept as {}", schedule.seed, schedule.why, path.display());
    }
    let Figures { ops, facts, exchanges, round_trips_max } = totals.into_inner().unwrap();
    println!("{exchanges} exchanges, a healed phone needed at most {round_trips_max}");
    println!("FIGURE {count} schedules, {ops} ops, {facts} facts, 0 violations, {:.1} s", began.elapsed().as_secs_f64());
}

#[test]
fn what_failed_once_holds_now() {
    for entry in std::fs::read_dir(failures()).into_iter().flatten().flatten() {
        let schedule = Schedule::load(&entry.path()).expect("a fixture can be read");
        if let Err(why) = played(&schedule) {
            panic!("{} fails again: {why}", entry.path().display());
        }
    }
}

/// A panic is a violation like any other.
fn played(schedule: &Schedule) -> Result<Figures, String> {
    let caught = std::panic::catch_unwind(|| play(schedule, &[]));
    caught.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        Err(format!("panicked: {}", text.or(panic.downcast_ref::<&str>().map(|s| (*s).to_owned())).unwrap_or_default()))
    })
}

fn add(total: &mut Figures, one: Figures) {
    total.ops += one.ops;
    total.facts += one.facts;
    total.exchanges += one.exchanges;
    total.round_trips_max = total.round_trips_max.max(one.round_trips_max);
}

/// Shrinks a failing schedule and writes it down.
fn keep(schedule: Schedule) -> PathBuf {
    let shrunk = schedule.shrink(SHRINK_PLAYS, |less| played(less).err());
    let path = failures().join(format!("seed-{}.json", shrunk.seed));
    std::fs::create_dir_all(failures())
        .and_then(|()| shrunk.save(&path).map_err(std::io::Error::other))
        .expect("a fixture can be written");
    path
}
