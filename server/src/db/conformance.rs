//! What every store must do, whatever database stands behind it: run against each implementation.

mod office;

use super::sql::{actors, cases, devices, directory, facts, keys, members, quarantine, rows, settings};
use super::{Db, DbError, Transaction, postgres};
use daiban_core::case::{Entry, Row, Verdict};
use daiban_core::doc::ChainTip;
use daiban_core::fact::SealKey;
use daiban_core::ids::{ActorId, CaseId, ChangeHash, DeviceId, FactId, KeyId, PersonId, UnitId};
use daiban_core::people::{Role, RosterEntry};
use std::sync::{Arc, Barrier};

const CASE: CaseId = CaseId([1; 16]);
const DEVICE: DeviceId = DeviceId([2; 16]);

/// Runs the whole suite. `open` opens the same, at first empty, store again and again. Panics at the first breach.
#[allow(clippy::unwrap_used, clippy::panic)]
pub fn run(open: impl Fn() -> Db) {
    let db = open();
    one_failed_job_undoes_only_itself(&db);
    a_job_that_breaks_takes_no_writer_with_it(&db);
    what_nobody_waits_for_is_not_begun(&db);
    rows_are_gapless_and_append_only(&db);
    counters_only_rise(&db);
    quarantine_knows_the_same_bytes_again(&db);
    what_is_still_is_not_swept(&db);
    membership_has_a_beginning_and_an_end(&db);
    keys_travel_with_their_rows(&db);
    facts_and_chains_come_back(&db);
    office::run(&db);
    drop(db);
    let again = open();
    let head = again.read(|conn| cases::find(conn, CASE)).unwrap();
    assert_eq!(head.map(|head| head.sequence), Some(1), "what was committed is there after opening again");
}

#[allow(clippy::unwrap_used)]
fn write<T: Send + 'static>(db: &Db, work: impl Fn(&Transaction<'_>) -> Result<T, DbError> + Send + 'static) -> T {
    db.write_blocking(work).unwrap()
}

fn person() -> PersonId {
    PersonId::from("zhang")
}

#[allow(clippy::unwrap_used)]
fn one_failed_job_undoes_only_itself(db: &Db) {
    let failed = db.write_blocking(|tx| -> Result<(), DbError> {
        quarantine_one(tx, b"half a job")?;
        Err(DbError::Corrupt("on purpose"))
    });
    assert!(failed.is_err());
    assert!(db.read(|conn| quarantine::list(conn, 10)).unwrap().is_empty(), "a failed job leaves nothing");
    write(db, |tx| {
        directory::put_person(
            tx,
            &directory::Person {
                id: person(),
                name: "张三".into(),
                unit: UnitId::from("commerce"),
                role: Role::UnitAgent,
                group: None,
                phone: None,
                joined_at: 1,
                left_at: None,
            },
        )
    });
}

#[allow(clippy::panic)]
fn a_job_that_breaks_takes_no_writer_with_it(db: &Db) {
    // More often than there are writers.
    for _ in 0..20 {
        let broke = db.write_blocking(|tx| -> Result<(), DbError> {
            settings::set(tx, "half", b"1")?;
            panic!("on purpose: a job that breaks")
        });
        assert!(matches!(broke, Err(DbError::Stopped)));
    }
    assert_eq!(write(db, |tx| settings::get(tx, "half")), None, "and leaves nothing");
}

fn what_nobody_waits_for_is_not_begun(db: &Db) {
    let writers = if db.is_shared() { postgres::WRITERS } else { 1 };
    let [busy, free] = [(); 2].map(|()| Arc::new(Barrier::new(writers + 1)));
    std::thread::scope(|scope| {
        for _ in 0..writers {
            let (busy, free) = (busy.clone(), free.clone());
            scope.spawn(move || {
                write(db, move |_| {
                    busy.wait();
                    free.wait();
                    Ok(())
                });
            });
        }
        busy.wait();
        drop(db.submit(|tx| settings::set(tx, "unawaited", b"1")));
        free.wait();
    });
    for _ in 0..writers {
        assert_eq!(write(db, |tx| settings::get(tx, "unawaited")), None);
    }
}

fn roster_row(sequence: u64) -> Row {
    let entry = RosterEntry {
        person: person(),
        role: Role::UnitAgent,
        unit: UnitId::from("commerce"),
        group: None,
        from: 5,
        until: None,
    };
    Row::next(CASE, sequence, Row::chain_start(CASE), Entry::Roster(entry), 5, Verdict::row(5))
}

#[allow(clippy::unwrap_used)]
fn rows_are_gapless_and_append_only(db: &Db) {
    let row = roster_row(1);
    let (kept, again) = (row.clone(), row.clone());
    write(db, move |tx| {
        let no = cases::insert(tx, CASE, Row::chain_start(CASE), b"standing", 5, &[7; 16])?.unwrap();
        rows::insert(tx, no, &kept, None, None)?;
        cases::advance(tx, no, 1, kept.chain, None)
    });
    let head = db.read(|conn| cases::find(conn, CASE)).unwrap().unwrap();
    assert_eq!((head.sequence, head.chain, head.standing.as_slice()), (1, row.chain, &b"standing"[..]));
    assert_eq!(db.read(|conn| rows::of_case(conn, head.no)).unwrap(), vec![row], "a row comes back as it went in");
    let no = head.no;
    let twice = db.write_blocking(move |tx| rows::insert(tx, no, &again, None, None));
    assert!(twice.is_err(), "a place in the sequence is taken once");
    let dirty = db.read(|conn| cases::dirty(conn, 0, 10)).unwrap();
    assert_eq!(dirty.len(), 1);
    write(db, move |tx| cases::set_computed(tx, no, 1, 6, None));
    assert!(db.read(|conn| cases::dirty(conn, 0, 10)).unwrap().is_empty());
    for forbidden in ["UPDATE case_row SET received_at = 0", "DELETE FROM case_row"] {
        let done = db.write_blocking(move |tx| tx.run(forbidden, &[]));
        assert!(done.is_err(), "{forbidden} must be refused");
    }
}

/// The case was computed at 6.
#[allow(clippy::unwrap_used)]
fn what_is_still_is_not_swept(db: &Db) {
    let (by, other) = ([3; 16], [4; 16]);
    let swept = |at, now, by| db.read(|conn| cases::to_sweep(conn, at, now, by)).unwrap() == [CASE];
    assert!(swept(6, 6, &by), "not everything was told");
    let still = cases::Still { until: 9, told_by: by };
    let no = db.read(|conn| cases::find(conn, CASE)).unwrap().unwrap().no;
    write(db, move |tx| cases::set_computed(tx, no, 1, 6, Some(still)));
    let head = db.read(|conn| cases::find(conn, CASE)).unwrap().unwrap();
    assert_eq!((head.computed_at, head.still), (Some(6), Some(still)));
    assert!(!swept(6, 8, &by) && swept(6, 9, &by), "until just before time moves it");
    assert!(swept(5, 8, &by) && swept(6, 8, &other), "of a moment before, or told by others");
    assert_eq!(db.read(cases::newest_computed).unwrap(), 6);
    write(db, cases::forget_still);
    assert!(swept(6, 8, &by));
    write(db, cases::forget_computed);
    let head = db.read(|conn| cases::find(conn, CASE)).unwrap().unwrap();
    assert_eq!((head.computed, head.computed_at, head.still), (1, None, None));
}

#[allow(clippy::unwrap_used)]
fn counters_only_rise(db: &Db) {
    write(db, |tx| {
        let device = devices::Device {
            id: DEVICE,
            person: person(),
            public_key: [9; 32],
            model: "纸上的手机".into(),
            state: devices::DeviceState::Active,
            confirmation: "123456".into(),
            enrolled_at: 1,
            counter: 0,
            seen_at: None,
            unsent: None,
            floor: None,
        };
        devices::insert(tx, &device)
    });
    assert!(write(db, |tx| devices::advance(tx, DEVICE, 5, &[1; 32], b"answer", 10)));
    for counter in [4, 5] {
        assert!(!write(db, move |tx| devices::advance(tx, DEVICE, counter, &[2; 32], b"other", 11)), "counter {counter}");
    }
    let last = db.read(|conn| devices::last_request(conn, DEVICE)).unwrap().unwrap();
    assert_eq!((last.counter, last.body_hash, last.answer.as_deref()), (5, Some([1; 32]), Some(&b"answer"[..])));
    let revoke =
        |tx: &Transaction<'_>| devices::change_state(tx, DEVICE, devices::DeviceState::Active, devices::DeviceState::Revoked);
    assert!(write(db, revoke));
    assert!(!write(db, |tx| devices::advance(tx, DEVICE, 6, &[2; 32], b"other", 11)), "a revoked device goes no further");
}

fn quarantine_one(tx: &Transaction<'_>, bytes: &[u8]) -> Result<i64, DbError> {
    quarantine_in(tx, CASE, bytes)
}

fn quarantine_in(tx: &Transaction<'_>, case: CaseId, bytes: &[u8]) -> Result<i64, DbError> {
    let refused = quarantine::Refused {
        case,
        device: DEVICE,
        person: &person(),
        code: "checksum",
        bytes,
        statement: None,
        signature: &[],
        received_at: 3,
    };
    quarantine::insert(tx, &refused)
}

#[allow(clippy::unwrap_used)]
fn quarantine_knows_the_same_bytes_again(db: &Db) {
    let first = write(db, |tx| quarantine_one(tx, b"bad bytes"));
    assert_eq!(write(db, |tx| quarantine_one(tx, b"bad bytes")), first);
    assert_ne!(write(db, |tx| quarantine_one(tx, b"other bytes")), first);
    assert!(write(db, move |tx| quarantine::adopt(tx, first, FactId([4; 16]))));
    assert!(!write(db, move |tx| quarantine::adopt(tx, first, FactId([5; 16]))), "adopted once");
    let found = db.read(|conn| quarantine::find(conn, first)).unwrap().unwrap();
    assert_eq!((found.case, found.adopted), (CASE, Some(FactId([4; 16]))));
    assert_eq!(db.read(|conn| quarantine::bytes(conn, first)).unwrap().as_deref(), Some(&b"bad bytes"[..]));
    let elsewhere = write(db, |tx| quarantine_in(tx, CaseId([9; 16]), b"bad bytes"));
    assert_ne!(elsewhere, first, "sent to another case it is kept there too");
}

#[allow(clippy::unwrap_used)]
fn membership_has_a_beginning_and_an_end(db: &Db) {
    let no = db.read(|conn| cases::find(conn, CASE)).unwrap().unwrap().no;
    write(db, move |tx| members::set(tx, no, &person(), 10, Some(20)));
    let held = |at| db.read(|conn| members::held(conn, &person(), at)).unwrap().len();
    assert_eq!([held(9), held(10), held(19), held(20)], [0, 1, 1, 0]);
    write(db, move |tx| members::set(tx, no, &person(), 10, None));
    assert_eq!(held(20), 1);
}

#[allow(clippy::unwrap_used)]
fn keys_travel_with_their_rows(db: &Db) {
    let no = db.read(|conn| cases::find(conn, CASE)).unwrap().unwrap().no;
    let key = |key: u8| SealKey { id: KeyId([8; 16]), key: vec![key; 32] };
    write(db, move |tx| keys::insert(tx, no, 3, &key(1)));
    write(db, move |tx| keys::insert(tx, no, 4, &key(2)));
    let between = |after, to| db.read(|conn| keys::between(conn, no, after, to)).unwrap();
    assert_eq!(between(2, 3), vec![key(1)], "the first key of an id stays");
    assert!(between(3, 9).is_empty() && between(0, 2).is_empty());
}

#[allow(clippy::unwrap_used)]
fn facts_and_chains_come_back(db: &Db) {
    let no = db.read(|conn| cases::find(conn, CASE)).unwrap().unwrap().no;
    let fact = facts::FactIndex { id: FactId([6; 16]), sequence: 9, kind: "work_log".into(), person: person(), digest: [1; 32] };
    let kept = fact.clone();
    write(db, move |tx| facts::insert(tx, no, &kept));
    assert_eq!(db.read(|conn| facts::find(conn, no, fact.id)).unwrap(), Some(fact.clone()));
    assert!(db.write_blocking(move |tx| facts::insert(tx, no, &fact)).is_err(), "an id stands for one fact");
    let id = ActorId([3; 16]);
    let ChainTip { seq, hash, max_op } = ChainTip::start(CASE);
    write(db, move |tx| {
        let new = actors::Actor { no: 0, id, case_no: no, device: DEVICE, person: person(), epoch: 2, seq, hash, max_op };
        let no = actors::insert(tx, &new)?;
        let grown = actors::Actor { no, seq: 4, hash: ChangeHash([4; 32]), max_op: 44, ..new };
        actors::advance(tx, &grown)?;
        actors::keep_statement(tx, &grown, b"first", b"signature")?;
        actors::keep_statement(tx, &grown, b"second", b"signature")
    });
    let actor = db.read(|conn| actors::find(conn, no, id)).unwrap().unwrap();
    assert_eq!(actor.tip(), ChainTip { seq: 4, hash: ChangeHash([4; 32]), max_op: 44 });
    let statements = db.read(|conn| actors::statements(conn, &actor)).unwrap();
    assert_eq!(statements.iter().map(|s| s.body.as_slice()).collect::<Vec<_>>(), [b"first"], "the first statement stays");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Node, scratch};

    #[test]
    fn the_store_conforms() {
        let folder = crate::files::TempFolder::new("conformance");
        let scratch = scratch::Scratch::new();
        let address = scratch::address(scratch.as_ref(), &folder.path().join("daiban.sqlite"));
        run(|| Db::open(&address, Node::ONLY).unwrap());
    }
}
