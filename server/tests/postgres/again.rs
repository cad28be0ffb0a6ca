//! What is run again and what is not: nothing is applied twice, nothing by half, and nobody is told a guess.

use super::proxy::{Proxy, Rule};
use super::{count_up, counted, kept, name, open, open_at, scratch};
use daiban_core::case::Row;
use daiban_core::ids::CaseId;
use daiban_server::db::sql::{cases, settings};
use daiban_server::db::{Db, DbError};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};

#[test]
fn two_that_wait_for_each_other_both_come_through() {
    let scratch = scratch();
    let db = open(&scratch);
    let ids = [CaseId([1; 16]), CaseId([2; 16])];
    for id in ids {
        db.write_blocking(move |tx| cases::insert(tx, id, Row::chain_start(id), b"", 1, &id.0)).unwrap();
    }
    let (both_hold_one, runs) = (Arc::new(Barrier::new(2)), Arc::new(AtomicU32::new(0)));
    let jobs = [[ids[0], ids[1]], [ids[1], ids[0]]].map(|[first, second]| {
        let (db, meet, runs) = (db.clone(), both_hold_one.clone(), runs.clone());
        std::thread::spawn(move || {
            db.write_blocking(move |tx| {
                cases::hold(tx, first)?;
                if runs.fetch_add(1, Ordering::SeqCst) < 2 {
                    meet.wait();
                }
                cases::hold(tx, second).map(drop)
            })
        })
    });
    for done in jobs.map(|job| job.join().unwrap()) {
        done.unwrap();
    }
    assert_eq!(runs.load(Ordering::SeqCst), 3, "the server undid one of them, which was run again");
}

/// Adds one, and before that lets `spoil` spoil the first runs.
fn spoiled(db: &Db, times: u32, spoil: &'static str) -> (Result<(), DbError>, u32) {
    let runs = Arc::new(AtomicU32::new(0));
    let count = runs.clone();
    let done = db.write_blocking(move |tx| {
        let counted = settings::get(tx, "n")?.map_or(0, |bytes| bytes[0]);
        settings::set(tx, "n", &[counted + 1])?;
        if count.fetch_add(1, Ordering::SeqCst) < times {
            tx.batch(spoil)?;
        }
        settings::set(tx, "other half", b"1")
    });
    (done, runs.load(Ordering::SeqCst))
}

#[test]
fn work_undone_by_the_server_is_run_again_a_bounded_number_of_times() {
    const SERIALISATION: &str = "DO $$ BEGIN RAISE EXCEPTION 'as if' USING ERRCODE = '40001'; END $$";
    const OWN_END: &str = "SELECT pg_terminate_backend(pg_backend_pid())";
    for (spoil, expected) in [(SERIALISATION, "Contended"), (OWN_END, "Lost")] {
        let scratch = scratch();
        let db = open(&scratch);
        let (done, runs) = spoiled(&db, 3, spoil);
        assert_eq!((done.map_err(|e| name(&e)), runs), (Ok(()), 4), "{expected}");
        assert_eq!(db.read(|conn| settings::get(conn, "n")).unwrap(), Some(vec![1]), "once, however often it was run");
        let (done, runs) = spoiled(&db, 1000, spoil);
        assert_eq!((name(&done.unwrap_err()).as_str(), runs), (expected, 5));
        assert_eq!(db.read(|conn| settings::get(conn, "n")).unwrap(), Some(vec![1]), "nothing by half");
    }
}

#[test]
fn what_failed_for_its_own_reason_is_not_run_again() {
    let scratch = scratch();
    let db = open(&scratch);
    for spoil in ["SELECT 1/0", "INSERT INTO setting (name) VALUES ('x')", "SELECT * FROM nowhere"] {
        let (done, runs) = spoiled(&db, 1000, spoil);
        assert!(done.is_err(), "{spoil}");
        assert_eq!(runs, 1, "{spoil}");
        assert!(!kept(&db, "n"));
    }
}

#[test]
fn a_commit_whose_fate_nobody_knows_is_told_so_and_never_run_again() {
    let scratch = scratch();
    let proxy = Proxy::before(&scratch.url());
    let db = open_at(&proxy.url(&scratch.url()), "one").unwrap();
    count_up(&db, "n").unwrap();
    proxy.set(Rule::BreakAfterCommit);
    assert_eq!(name(&count_up(&db, "n").unwrap_err()), "Uncertain");
    assert!(proxy.is_spent());
    assert_eq!(counted(&db, "n"), 2, "it was kept, and only once");
    proxy.set(Rule::BreakBeforeCommit);
    assert_eq!(name(&count_up(&db, "n").unwrap_err()), "Uncertain", "from here both look alike");
    assert!(proxy.is_spent());
    assert_eq!(counted(&db, "n"), 2, "it was not kept");
    count_up(&db, "n").unwrap();
    assert_eq!(counted(&db, "n"), 3);
}

#[test]
fn a_migration_that_broke_leaves_nothing_or_the_whole_step() {
    let scratch = scratch();
    let proxy = Proxy::before(&scratch.url());
    let by_proxy = proxy.url(&scratch.url());
    let tables = || super::ask(&scratch.url(), "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").unwrap();
    proxy.set(Rule::BreakBeforeCommit);
    assert_eq!(super::refused(&by_proxy), "Uncertain");
    assert_eq!(tables(), "0", "no table and no row says that half was done");
    proxy.set(Rule::BreakAfterCommit);
    assert_eq!(super::refused(&by_proxy), "Uncertain");
    assert_eq!(super::ask(&scratch.url(), "SELECT string_agg(name, ',') FROM migration").unwrap(), "0001_initial");
    let db = open_at(&by_proxy, "one").unwrap();
    count_up(&db, "n").unwrap();
    assert_eq!(counted(&db, "n"), 1, "the next start does what is missing");
}
