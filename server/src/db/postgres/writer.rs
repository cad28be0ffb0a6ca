//! Writers: each takes one job at a time from the queue they share and gives it a transaction of its own.
//!
//! A job is run again only while it is certain that nothing of it was kept: it never began, its transaction met another one
//! (SQLSTATE 40001, 40P01), or its connection broke before COMMIT was sent. Once COMMIT was sent and no answer came, the database
//! may have kept it; whoever waits is told so ([`DbError::Uncertain`]). A phone then sends the same request again and finds its
//! changes `Known`; a person looks first.

use super::server::Use;
use super::session::{Session, Undone};
use super::{Url, pause};
use crate::db::connection::{Connection, Engine, Transaction};
use crate::db::fault::Faults;
use crate::db::job::Job;
use crate::db::{DbError, Node};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

/// Writers of one node. Jobs of different cases do not wait for each other, and commits that meet share one sync of the disk.
pub(in crate::db) const WRITERS: usize = 8;

/// A job that took longer is not run again: somebody waits for its answer.
const AGAIN_WITHIN: Duration = Duration::from_secs(2);

/// One of them.
pub(in crate::db) struct Writer {
    url: Url,
    durable: bool,
    node: Node,
    faults: Faults,
    held: Option<Connection>,
    /// Nobody answered the last time: then nobody is made to wait longer than one attempt takes.
    away: bool,
}

/// How one run of a job ended.
enum Ended {
    /// This is to be told: nothing, or why what the job says does not hold.
    Told(Option<DbError>),
    /// Nothing is kept, and run again it may go well.
    Undone(DbError),
}

impl Writer {
    /// One that has not connected yet.
    pub(in crate::db) fn new(url: &Url, durable: bool, node: &Node, faults: &Faults) -> Writer {
        Writer { url: url.clone(), durable, node: node.clone(), faults: faults.clone(), held: None, away: false }
    }

    /// Works the queue off until its senders are gone; connects again whenever the connection was lost.
    pub(in crate::db) fn work_off(mut self, queue: &Mutex<mpsc::Receiver<Box<dyn Job>>>) {
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(mut job) = next else { return };
            if !job.is_awaited() {
                continue;
            }
            let error = self.done(&mut *job);
            job.answer(error);
        }
    }

    /// Runs a job until it is known what came of it.
    fn done(&mut self, job: &mut dyn Job) -> Option<DbError> {
        let (began, mut pauses) = (Instant::now(), pause::pauses());
        loop {
            let error = match self.run(job) {
                Ended::Told(error) => return error,
                Ended::Undone(error) => error,
            };
            match pauses.next() {
                Some(pause) if !self.away && began.elapsed() < AGAIN_WITHIN => std::thread::sleep(pause),
                _ => {
                    self.away = matches!(error, DbError::Unreachable(_));
                    return Some(error);
                }
            }
        }
    }

    fn run(&mut self, job: &mut dyn Job) -> Ended {
        let conn = match self.begun() {
            Ok(conn) => conn,
            Err(error @ (DbError::Busy | DbError::Lost | DbError::Unreachable(_))) => return Ended::Undone(error),
            Err(error) => return Ended::Told(Some(error)),
        };
        self.away = false;
        let failed = job.run(&Transaction::of(&conn, &self.node));
        let ended = session(&conn).map_or_else(|error| Ended::Told(Some(error)), |session| end(session, failed, &self.faults));
        self.held = Some(conn);
        ended
    }

    /// A connection on which a transaction was begun: the one held, if it is not known to be lost. One that died a moment ago is
    /// found out by the first statement, and the job is run again.
    fn begun(&mut self) -> Result<Connection, DbError> {
        let held = self.held.take().filter(|conn| !conn.is_lost());
        let conn = match held {
            Some(conn) => conn,
            None => {
                let fresh = Session::open(&self.url, Use::Write { durable: self.durable })?;
                Connection(Engine::Postgres(Box::new(fresh)))
            }
        };
        session(&conn)?.begin();
        Ok(conn)
    }
}

fn end(session: &Session, failed: bool, faults: &Faults) -> Ended {
    if failed || session.undone().is_some() {
        // A rollback that fails as well means only that the connection is gone, and the transaction with it.
        let undone = session.undone();
        let _ = session.roll_back();
        return match undone {
            Some(Undone::Contended) => Ended::Undone(DbError::Contended),
            Some(Undone::Lost) => Ended::Undone(DbError::Lost),
            // A failed job tells its own error.
            _ if failed => Ended::Told(None),
            _ => Ended::Told(Some(DbError::Postgres("a statement failed and the work went on".into()))),
        };
    }
    if let Err(error) = faults.before_commit() {
        let _ = session.roll_back();
        return Ended::Told(Some(error));
    }
    match session.commit().and_then(|()| faults.after_commit()) {
        Ok(()) => Ended::Told(None),
        Err(DbError::Contended) => Ended::Undone(DbError::Contended),
        Err(error) => Ended::Told(Some(error)),
    }
}

fn session(conn: &Connection) -> Result<&Session, DbError> {
    match &conn.0 {
        Engine::Postgres(session) => Ok(session),
        Engine::Sqlite(_) => Err(DbError::Stopped),
    }
}
