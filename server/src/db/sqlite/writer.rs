//! One writer thread with group commit: many jobs, one sync of the disk.

use crate::db::fault::Faults;
use crate::db::job::Job;
use crate::db::{Connection, DbError, Node, Transaction};
use std::sync::mpsc;

/// Jobs taken into one commit at most.
const GROUP_JOBS_MAX: usize = 64;

/// Works the queue off until its senders are gone.
pub(in crate::db) fn write_groups(conn: &Connection, queue: &mpsc::Receiver<Box<dyn Job>>, faults: &Faults) {
    while let Ok(first) = queue.recv() {
        let mut group = vec![first];
        while group.len() < GROUP_JOBS_MAX {
            match queue.try_recv() {
                Ok(job) => group.push(job),
                Err(_) => break,
            }
        }
        group.retain(|job| job.is_awaited());
        let committed = commit(conn, &mut group, faults);
        for job in group {
            job.answer(committed.as_ref().err().map(DbError::retold));
        }
    }
}

fn commit(conn: &Connection, group: &mut [Box<dyn Job>], faults: &Faults) -> Result<(), DbError> {
    say(conn, "BEGIN IMMEDIATE")?;
    let tx = Transaction::of(conn, &Node::ONLY);
    let kept = group.iter_mut().try_for_each(|job| in_savepoint(&tx, &mut **job));
    let kept = kept.and_then(|()| faults.before_commit()).and_then(|()| say(conn, "COMMIT"));
    if let Err(error) = kept {
        // After some errors SQLite has ended the transaction by itself; then there is nothing to roll back.
        let _ = say(conn, "ROLLBACK");
        return Err(error);
    }
    faults.after_commit()
}

/// Runs one job of a group; a job that fails undoes only itself.
fn in_savepoint(tx: &Transaction<'_>, job: &mut dyn Job) -> Result<(), DbError> {
    say(tx, "SAVEPOINT job")?;
    if job.run(tx) {
        say(tx, "ROLLBACK TO job")?;
    }
    say(tx, "RELEASE job")
}

fn say(conn: &Connection, sql: &str) -> Result<(), DbError> {
    Transaction::of(conn, &Node::ONLY).run(sql, &[]).map(|_| ())
}
