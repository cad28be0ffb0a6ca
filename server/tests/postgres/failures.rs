//! Every failure in operation has a name and a sentence; none leaves half of anything.

use super::{count_up, counted, cut_off, kept, name, name_of, open, open_at, refused, scratch};
use daiban_server::db::sql::settings;
use daiban_server::db::{DbError, params};
use daiban_server::error::Problem;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Longer than a connection may rest unasked.
const RESTED: Duration = Duration::from_millis(1200);

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
    let url = scratch.url();
    scratch.order(&format!("ALTER DATABASE {} SET default_transaction_read_only = on", name_of(&url)));
    assert_eq!(refused(&url), "ReadOnly");
    cut_off(&url);
    let written = db.write_blocking(|tx| settings::set(tx, "a", b"1"));
    assert!(matches!(written, Err(DbError::ReadOnly)), "{written:?}");
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
        cut_off(&scratch.url());
    }
    std::thread::sleep(RESTED);
    assert!(kept(&db, "2-0"), "a reader is replaced as well");
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
fn what_the_server_says_gets_our_names() {
    let scratch = scratch();
    let db = open(&scratch);
    for (state, expected) in [
        ("53100", "Full"),
        ("40001", "Contended"),
        ("40P01", "Contended"),
        ("55P03", "Slow"),
        ("57014", "Slow"),
        ("53200", "Busy"),
        ("53300", "Busy"),
        ("25006", "ReadOnly"),
        ("57P01", "Lost"),
        ("08006", "Lost"),
        ("42501", "Denied"),
        ("XX001", "Corrupt"),
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

#[test]
fn a_statement_that_takes_too_long_is_ended_by_its_name() {
    let scratch = scratch();
    let db = open_at(&format!("{}?answer_seconds=1", scratch.url()), "one").unwrap();
    let began = Instant::now();
    let done = db.write_blocking(|tx| {
        settings::set(tx, "half", b"1")?;
        tx.number::<i64>("SELECT 1::bigint FROM pg_sleep(30)", &[])
    });
    assert_eq!(name(&done.unwrap_err()), "Slow");
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert!(!kept(&db, "half"));
    count_up(&db, "after").unwrap();
    assert_eq!(counted(&db, "after"), 1);
}

#[test]
fn a_row_that_somebody_else_keeps_is_not_waited_for_for_ever() {
    let scratch = scratch();
    let db = open_at(&format!("{}?answer_seconds=1", scratch.url()), "one").unwrap();
    let patient = open_at(&scratch.url(), "two").unwrap();
    count_up(&db, "row").unwrap();
    let (holds, held) = mpsc::channel();
    let (release, released) = mpsc::channel();
    let holder = std::thread::spawn(move || {
        let released = std::sync::Mutex::new(released);
        patient.write_blocking(move |tx| {
            settings::set(tx, "row", &10i64.to_be_bytes())?;
            holds.send(()).unwrap();
            released.lock().unwrap().recv().unwrap();
            Err::<(), _>(DbError::Corrupt("on purpose"))
        })
    });
    held.recv().unwrap();
    let waited = db.write_blocking(|tx| settings::set(tx, "row", b"2")).unwrap_err();
    assert_eq!(name(&waited), "Slow");
    assert_eq!(Problem::from(waited).status.as_u16(), 503);
    release.send(()).unwrap();
    assert!(holder.join().unwrap().is_err());
    count_up(&db, "row").unwrap();
    assert_eq!(counted(&db, "row"), 2);
}

#[test]
fn what_a_client_hears_says_whether_to_come_again() {
    let heard = |error: DbError| {
        let problem = Problem::from(error);
        let response = axum::response::IntoResponse::into_response(problem.clone());
        let later = response.headers().contains_key("retry-after");
        (problem.status.as_u16(), problem.code, later)
    };
    for error in [DbError::Lost, DbError::Unreachable("x".into()), DbError::ReadOnly, DbError::Denied("x".into())] {
        assert_eq!(heard(error), (503, "database_unavailable", true));
    }
    for error in [DbError::Contended, DbError::Slow] {
        assert_eq!(heard(error), (503, "contended", true));
    }
    assert_eq!(heard(DbError::Busy), (503, "busy", true));
    assert_eq!(heard(DbError::Full), (507, "disk_full", true));
    // Nobody is invited to repeat by itself what may be done already.
    assert_eq!(heard(DbError::Uncertain), (504, "outcome_unknown", false));
    assert!(Problem::from(DbError::Uncertain).detail.contains("请先查看是否已办理"));
    assert!(!DbError::Uncertain.is_passing());
}
