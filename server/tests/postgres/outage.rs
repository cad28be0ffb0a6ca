//! Bad days: the database stops, falls silent, shuts its door, or is gone; the node names it, goes on and comes back.

use super::cluster::Cluster;
use super::proxy::{Proxy, Rule};
use super::{ask, count_up, counted, cut_off, name, name_of, open, open_at, order, scratch};
use daiban_server::db::sql::settings;
use daiban_server::db::{Db, DbError};
use daiban_server::jobs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Longer than a connection may rest unasked.
const RESTED: Duration = Duration::from_millis(1200);
/// How long a database that is back may be missed.
const MISSED: Duration = Duration::from_secs(10);

/// Waits until it works again and tells how often it did not.
fn until_well(db: &Db, key: &str) -> Vec<String> {
    let (began, mut failed) = (Instant::now(), Vec::new());
    while let Err(error) = count_up(db, key) {
        failed.push(name(&error));
        assert!(began.elapsed() < MISSED, "it does not come back: {failed:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
    failed
}

#[test]
fn a_network_that_swallows_everything_is_given_up_in_time() {
    let scratch = scratch();
    let proxy = Proxy::before(&scratch.url());
    let db = open_at(&format!("{}?answer_seconds=1", proxy.url(&scratch.url())), "one").unwrap();
    count_up(&db, "n").unwrap();
    assert_eq!(counted(&db, "n"), 1);
    proxy.set(Rule::Silent);
    let began = Instant::now();
    let failed = count_up(&db, "n").unwrap_err();
    assert!(["Lost", "Unreachable"].contains(&name(&failed).as_str()), "{failed:?}");
    let read = db.read(|conn| settings::get(conn, "n")).unwrap_err();
    assert!(["Lost", "Unreachable"].contains(&name(&read).as_str()), "{read:?}");
    assert!(began.elapsed() < Duration::from_secs(40), "{:?}", began.elapsed());
    println!("FIGURE silence: one write and one read were given up after {:.1} s", began.elapsed().as_secs_f64());
    proxy.set(Rule::Pass);
    until_well(&db, "n");
    assert_eq!(counted(&db, "n"), 2, "what was given up was not kept");
}

/// Counts on eight threads until told to stop; every key must end where the answers said.
fn under_load(cluster: &Cluster, url: &str, trouble: impl FnOnce() + Send) {
    let db = open_at(url, "one").unwrap();
    let stop = AtomicBool::new(false);
    let counts = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..8)
            .map(|no| {
                let (db, stop, key) = (&db, &stop, format!("key {no}"));
                scope.spawn(move || {
                    let (mut well, mut uncertain, mut failed) = (0, 0, 0);
                    while !stop.load(Ordering::SeqCst) {
                        match count_up(db, &key) {
                            Ok(()) => well += 1,
                            Err(DbError::Uncertain) => uncertain += 1,
                            Err(DbError::Lost | DbError::Unreachable(_) | DbError::Busy | DbError::Slow) => failed += 1,
                            Err(other) => panic!("{other:?}"),
                        }
                    }
                    (key, well, uncertain, failed)
                })
            })
            .collect();
        std::thread::sleep(Duration::from_millis(500));
        trouble();
        until_well(&db, "back");
        std::thread::sleep(Duration::from_millis(500));
        stop.store(true, Ordering::SeqCst);
        workers.into_iter().map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
    });
    let (mut told, mut unknown, mut failures) = (0, 0, 0);
    for (key, well, uncertain, failed) in counts {
        let there = counted(&db, &key);
        assert!((well..=well + uncertain).contains(&there), "{key}: {well} well, {uncertain} unknown, {there} kept");
        (told, unknown, failures) = (told + well, unknown + uncertain, failures + failed);
    }
    assert!(told > 0 && unknown + failures > 0, "{told} {unknown} {failures}: nothing happened");
    println!("FIGURE restart: {told} kept and told so, {unknown} of unknown fate, {failures} refused");
    let proved = db.read::<_, DbError>(|conn| jobs::verify(conn, false, |_| ())).unwrap();
    assert!(proved.is_ok(), "the audit chain has neither gap nor fork");
    drop(db);
    cluster.stop("stop");
    cluster.start().unwrap();
    open_at(url, "one").unwrap();
}

#[test]
fn a_server_stopped_or_crashed_under_load_loses_nothing_it_confirmed() {
    for how in ["stop", "crash"] {
        let cluster = Cluster::fresh();
        let url = cluster.database("day");
        under_load(&cluster, &url, || {
            cluster.stop(how);
            std::thread::sleep(Duration::from_secs(1));
            cluster.start().unwrap();
        });
    }
}

#[test]
fn a_database_closed_for_a_while_is_named_and_found_again() {
    let scratch = scratch();
    let db = open(&scratch);
    count_up(&db, "n").unwrap();
    let admit = |yes: bool| scratch.order(&format!("ALTER DATABASE {} ALLOW_CONNECTIONS {yes}", name_of(&scratch.url())));
    admit(false);
    cut_off(&scratch.url());
    std::thread::sleep(RESTED);
    assert_eq!(name(&count_up(&db, "n").unwrap_err()), "Unreachable");
    assert_eq!(name(&db.read(|conn| settings::get(conn, "n")).unwrap_err()), "Unreachable");
    admit(true);
    count_up(&db, "n").unwrap();
    assert_eq!(counted(&db, "n"), 2);
}

#[test]
fn a_server_that_is_not_there_is_named_and_found_again() {
    let cluster = Cluster::fresh();
    let url = cluster.database("day");
    let db = open_at(&url, "one").unwrap();
    count_up(&db, "n").unwrap();
    cluster.stop("stop");
    assert_eq!(super::refused(&url), "Unreachable", "a node that starts meanwhile");
    assert_eq!(name(&count_up(&db, "n").unwrap_err()), "Unreachable");
    let read = db.read(|conn| settings::get(conn, "n")).unwrap_err();
    assert!(["Lost", "Unreachable"].contains(&name(&read).as_str()), "{read:?}");
    cluster.start().unwrap();
    count_up(&db, "n").unwrap();
    assert_eq!(counted(&db, "n"), 2);
}

#[test]
fn more_connections_than_the_user_may_have_are_told_as_busy() {
    let scratch = scratch();
    let role = format!("few_{}", name_of(&scratch.url()));
    order(&scratch.url(), &format!("CREATE ROLE {role} LOGIN CONNECTION LIMIT 1; GRANT ALL ON SCHEMA public TO {role}"));
    let url = scratch.url().replace("daiban@", &format!("{role}@"));
    let db = open_at(&url, "one").unwrap();
    count_up(&db, "n").unwrap();
    // The only connection is a writer's; a reader gets none, nor does a second node.
    let read = db.read(|conn| settings::get(conn, "n")).unwrap_err();
    assert_eq!(name(&read), "Busy");
    assert_eq!(super::refused(&url), "Busy");
    order(&scratch.url(), &format!("ALTER ROLE {role} CONNECTION LIMIT -1"));
    assert_eq!(counted(&db, "n"), 1);
    drop(db);
    order(&scratch.url(), &format!("DROP OWNED BY {role} CASCADE; DROP ROLE {role}"));
}

#[test]
fn a_password_changed_while_running_is_refused_until_it_is_right_again() {
    let scratch = scratch();
    // Only the role of that name must give a password; see tests/postgres.
    let _one_at_a_time = super::start::locked_role();
    order(&scratch.url(), "DROP ROLE IF EXISTS locked");
    order(&scratch.url(), "CREATE ROLE locked LOGIN PASSWORD 'secret'; GRANT ALL ON SCHEMA public TO locked");
    let db = open_at(&scratch.url().replace("daiban@", "locked:secret@"), "one").unwrap();
    count_up(&db, "n").unwrap();
    order(&scratch.url(), "ALTER ROLE locked PASSWORD 'another'");
    cut_off(&scratch.url());
    assert_eq!(name(&count_up(&db, "n").unwrap_err()), "Denied");
    order(&scratch.url(), "ALTER ROLE locked PASSWORD 'secret'");
    count_up(&db, "n").unwrap();
    assert_eq!(counted(&db, "n"), 2);
    drop(db);
    order(&scratch.url(), "DROP OWNED BY locked CASCADE; DROP ROLE locked");
}

#[test]
fn a_database_dropped_while_running_is_named() {
    let (scratch, other) = (scratch(), scratch());
    let db = open(&scratch);
    count_up(&db, "n").unwrap();
    let gone = name_of(&scratch.url()).to_owned();
    order(&other.url(), &format!("DROP DATABASE {gone} WITH (FORCE)"));
    assert_eq!(name(&count_up(&db, "n").unwrap_err()), "Unreachable");
    order(&other.url(), &format!("CREATE DATABASE {gone}"));
    let empty = count_up(&db, "n").unwrap_err();
    assert!(empty.zh().contains("setting"), "an empty database in its place is not taken for ours: {}", empty.zh());
    assert_eq!(ask(&scratch.url(), "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").unwrap(), "0");
}
