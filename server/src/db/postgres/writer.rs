//! Writers: each takes one job at a time from the queue they share and gives it a transaction of its own.

use super::{Session, Url};
use crate::db::connection::{Connection, Engine, Transaction};
use crate::db::fault::Faults;
use crate::db::job::{Done, Job};
use crate::db::{DbError, Node};
use std::sync::{Arc, Mutex, PoisonError, mpsc};

/// Writers of one node. Jobs of different cases do not wait for each other, and commits that meet share one sync of the disk.
pub(in crate::db) const WRITERS: usize = 8;

/// A transaction asks something every few milliseconds. One whose node froze in the middle holds its locks no longer than this, and
/// for less than [`crate::db::sql::jobs::LEASE_SECONDS`].
const IDLE_MAX: &str = "SET idle_in_transaction_session_timeout = '10s'";

/// Works the queue off until its senders are gone; connects again whenever the connection was lost.
pub(in crate::db) fn write_each(
    url: &Url,
    durable: bool,
    node: &Node,
    queue: &Arc<Mutex<mpsc::Receiver<Box<dyn Job>>>>,
    faults: &Faults,
) {
    let mut held: Option<Connection> = None;
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        match begun(held.take(), url, durable) {
            Ok(conn) => {
                work(&conn, node, job, faults);
                held = Some(conn);
            }
            Err(error) => job.refuse(error),
        }
    }
}

/// A connection on which a transaction was begun. One that was lost while nobody used it is replaced: nothing was run yet.
fn begun(held: Option<Connection>, url: &Url, durable: bool) -> Result<Connection, DbError> {
    if let Some(conn) = held
        && !conn.is_lost()
    {
        match session(&conn)?.begin() {
            Ok(()) => return Ok(conn),
            Err(DbError::Lost) => {}
            Err(error) => return Err(error),
        }
    }
    let fresh = Session::open(url, durable)?;
    fresh.script(IDLE_MAX)?;
    fresh.begin()?;
    Ok(Connection(Engine::Postgres(Box::new(fresh))))
}

fn work(conn: &Connection, node: &Node, job: Box<dyn Job>, faults: &Faults) {
    let Done { failed, answer } = job.run(&Transaction::of(conn, node));
    let ended = session(conn).and_then(|session| {
        if failed {
            return session.script("ROLLBACK");
        }
        if let Err(error) = faults.before_commit() {
            session.script("ROLLBACK")?;
            return Err(error);
        }
        session.commit()?;
        faults.after_commit()
    });
    match ended {
        // A failed job tells its own error; a rollback that fails as well means only that the connection is gone.
        _ if failed => answer(None),
        Ok(()) => answer(None),
        Err(error) => answer(Some(error)),
    }
}

fn session(conn: &Connection) -> Result<&Session, DbError> {
    match &conn.0 {
        Engine::Postgres(session) => Ok(session),
        Engine::Sqlite(_) => Err(DbError::Stopped),
    }
}
