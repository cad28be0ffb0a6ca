//! A real streaming replica: refused as a place to write, good once it was promoted.

use super::cluster::Cluster;
use super::{ask, count_up, counted, name, open_at, order, refused};
use daiban_server::db::{Address, DbError};
use std::time::{Duration, Instant};

fn wait_for(what: &str, mut until: impl FnMut() -> bool) {
    let began = Instant::now();
    while !until() {
        assert!(began.elapsed() < Duration::from_secs(30), "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_replica_is_refused_by_name_may_be_read_and_serves_when_promoted() {
    let first = Cluster::fresh();
    let url = first.database("day");
    let db = open_at(&url, "one").unwrap();
    for _ in 0..10 {
        count_up(&db, "n").unwrap();
    }
    let second = first.replica();
    let theirs = second.url("day");
    assert_eq!(ask(&theirs, "SELECT pg_is_in_recovery()").as_deref(), Some("t"));
    assert_eq!(refused(&theirs), "ReadOnly");
    let both = url.replace("/day", &format!(",{}/day?target_session_attrs=read-write", place(&theirs)));
    let follows = open_at(&both, "two").unwrap();
    count_up(&db, "n").unwrap();
    let rows = |url: &str| ask(url, "SELECT count(*) FROM audit");
    wait_for("the replica catches up", || rows(&theirs) == rows(&url));
    let reader = Address::read(Some(&theirs), "unused".into()).unwrap().read_only().unwrap();
    assert_eq!(reader.number::<i64>("SELECT count(*) FROM audit", &[]).unwrap(), 11, "it may be read");
    drop(reader);
    first.stop("crash");
    let gone = count_up(&follows, "n").unwrap_err();
    assert!(["Unreachable", "Uncertain", "ReadOnly"].contains(&name(&gone).as_str()), "{gone:?}");
    order(second.admin(), "SELECT pg_promote()");
    wait_for("the second server is found", || count_up(&follows, "n").is_ok());
    assert_eq!(counted(&follows, "n"), 12, "nothing that was kept is lost, nothing is there twice");
    assert!(matches!(count_up(&db, "n"), Err(DbError::Unreachable(_))), "who knows only the first server says so");
}

/// `host:port` of an address.
fn place(url: &str) -> &str {
    url.split('@').nth(1).unwrap().split('/').next().unwrap()
}
