//! Every failure has a name and a sentence; none leaves half of anything.

use super::{open, open_at, scratch};
use daiban_core::case::Row;
use daiban_core::ids::CaseId;
use daiban_server::db::sql::{cases, settings};
use daiban_server::db::{Db, DbError, params};
use daiban_server::error::Problem;
use std::sync::{Arc, Barrier};
use std::time::Duration;

/// Longer than a connection may rest unasked.
const RESTED: Duration = Duration::from_millis(1200);

fn name(error: &DbError) -> String {
    format!("{error:?}").chars().take_while(|c| c.is_alphanumeric()).collect()
}

fn refused(url: &str) -> String {
    let Err(error) = open_at(url, "one") else { panic!("{url} opens") };
    assert!(!error.zh().is_empty() && !error.zh().contains("secret"), "{}", error.zh());
    name(&error)
}

fn kept(db: &Db, key: &str) -> bool {
    db.read(|conn| settings::get(conn, key)).unwrap().is_some()
}

#[test]
fn a_wrong_address_is_told_by_name() {
    let scratch = scratch();
    let right = scratch.url();
    for unreadable in ["mysql://a/b", "postgres://", "postgres://127.0.0.1", "postgres://127.0.0.1:port/d", "data/daiban.sqlite"]
    {
        assert_eq!(refused(unreadable), "Address", "{unreadable}");
    }
    let with_tls = format!("{right}?sslmode=require");
    assert_eq!(refused(&with_tls), "Address");
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(refused(&format!("postgres://daiban@{closed}/x")), "Unreachable");
    let other = right.rsplit_once('/').unwrap().0;
    assert_eq!(refused(&format!("{other}/no_such_database")), "Unreachable");
    assert_eq!(refused(&right.replace("daiban@", "nobody_of_that_name@")), "Denied");
    scratch.order("DROP ROLE IF EXISTS locked");
    scratch.order("CREATE ROLE locked LOGIN PASSWORD 'right'");
    assert_eq!(refused(&right.replace("daiban@", "locked:secret@")), "Denied", "a wrong password");
    assert_eq!(refused(&right.replace("daiban@", "locked@")), "Denied", "no password");
    let no_rights = refused(&right.replace("daiban@", "locked:right@"));
    scratch.order("DROP ROLE locked");
    assert_eq!(no_rights, "Denied", "let in, but may not make tables");
}

#[test]
fn a_newer_schema_and_a_read_only_database_are_left_alone() {
    let scratch = scratch();
    let db = open(&scratch);
    let newer = |tx: &daiban_server::db::Transaction<'_>| {
        tx.run("INSERT INTO migration (number, name) VALUES (?1, ?2)", params![99i64, "of tomorrow"])
    };
    db.write_blocking::<_, DbError>(newer).unwrap();
    drop(db);
    assert_eq!(refused(&scratch.url()), "Newer");
    let scratch = super::scratch();
    let db = open(&scratch);
    let name_only = scratch.url().rsplit('/').next().unwrap().to_owned();
    scratch.order(&format!("ALTER DATABASE {name_only} SET default_transaction_read_only = on"));
    assert_eq!(refused(&scratch.url()), "ReadOnly");
    cut_off(&scratch);
    let written = db.write_blocking(|tx| settings::set(tx, "a", b"1"));
    assert!(matches!(written, Err(DbError::ReadOnly)), "{written:?}");
    assert_eq!(Problem::from(DbError::ReadOnly).status.as_u16(), 503);
}

/// Ends every connection to the database.
fn cut_off(scratch: &daiban_server::db::scratch::Scratch) {
    let name = scratch.url().rsplit('/').next().unwrap().to_owned();
    scratch.order(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"));
}

#[test]
fn connections_that_died_at_rest_are_replaced_unnoticed() {
    let scratch = scratch();
    let db = open(&scratch);
    for round in 0..3 {
        // A reader that died a moment ago is found out by the one who asks; one that rested is not.
        std::thread::sleep(RESTED);
        for no in 0..20 {
            db.write_blocking(move |tx| settings::set(tx, &format!("{round}-{no}"), b"1")).unwrap();
        }
        assert!(kept(&db, &format!("{round}-19")));
        cut_off(&scratch);
    }
    std::thread::sleep(RESTED);
    assert!(kept(&db, "2-0"), "a reader is replaced as well");
}

#[test]
fn a_connection_lost_in_the_middle_keeps_nothing() {
    let scratch = scratch();
    let db = open(&scratch);
    let done = db.write_blocking(|tx| {
        settings::set(tx, "half", b"1")?;
        tx.number::<i64>("SELECT pg_terminate_backend(pg_backend_pid())::int::bigint", &[])?;
        settings::set(tx, "other half", b"1")
    });
    assert!(matches!(done, Err(DbError::Lost)), "{done:?}");
    assert!(!kept(&db, "half"));
    db.write_blocking(|tx| settings::set(tx, "after", b"1")).unwrap();
    assert!(kept(&db, "after"));
}

#[test]
fn work_that_goes_on_after_a_failed_statement_is_not_called_kept() {
    let scratch = scratch();
    let db = open(&scratch);
    let done = db.write_blocking(|tx| {
        settings::set(tx, "before", b"1")?;
        assert!(tx.run("INSERT INTO nowhere VALUES (1)", &[]).is_err());
        Ok::<_, DbError>(())
    });
    assert!(done.is_err(), "PostgreSQL answers such a COMMIT with a silent ROLLBACK");
    assert!(!kept(&db, "before"));
}

#[test]
fn two_that_wait_for_each_other_are_told_apart_and_one_goes_on() {
    let scratch = scratch();
    let db = open(&scratch);
    let ids = [CaseId([1; 16]), CaseId([2; 16])];
    for id in ids {
        db.write_blocking(move |tx| cases::insert(tx, id, Row::chain_start(id), b"", 1, &id.0)).unwrap();
    }
    let both_hold_one = Arc::new(Barrier::new(2));
    let jobs = [[ids[0], ids[1]], [ids[1], ids[0]]].map(|[first, second]| {
        let (db, meet) = (db.clone(), both_hold_one.clone());
        std::thread::spawn(move || {
            db.write_blocking(move |tx| {
                cases::hold(tx, first)?;
                meet.wait();
                cases::hold(tx, second).map(drop)
            })
        })
    });
    let done = jobs.map(|job| job.join().unwrap());
    assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1, "{done:?}");
    assert_eq!(done.iter().filter(|one| matches!(one, Err(DbError::Contended))).count(), 1, "{done:?}");
    assert_eq!(Problem::from(DbError::Contended).code, "contended");
}

#[test]
fn what_the_server_says_gets_our_names() {
    let scratch = scratch();
    let db = open(&scratch);
    for (state, expected) in [
        ("53100", "Full"),
        ("40001", "Contended"),
        ("40P01", "Contended"),
        ("55P03", "Contended"),
        ("53300", "Busy"),
        ("25006", "ReadOnly"),
        ("57P01", "Lost"),
        ("08006", "Lost"),
        ("42501", "Denied"),
        ("22012", "Postgres"),
    ] {
        let raise = format!("DO $$ BEGIN RAISE EXCEPTION 'as if' USING ERRCODE = '{state}'; END $$");
        let done = db.write_blocking(move |tx| {
            settings::set(tx, state, b"1")?;
            tx.batch(&raise)
        });
        assert_eq!(name(&done.unwrap_err()), expected, "{state}");
        assert!(!kept(&db, state), "{state} keeps nothing");
    }
}
