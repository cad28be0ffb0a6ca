//! The store in one value: work goes to its writers, questions to a pool of readers.

use super::fault::Faults;
use super::job::{Job, Work};
use super::{Address, Connection, DbError, Node, Transaction, postgres, sqlite};
use crate::planted::{Bug, Planted};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;
use tokio::runtime::RuntimeFlavor;
use tokio::sync::oneshot;

/// The database. Clones share it; its writers stop when the last clone is gone.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    address: Address,
    jobs: Mutex<Option<mpsc::Sender<Box<dyn Job>>>>,
    readers: Mutex<Vec<Connection>>,
    writers: Mutex<Vec<JoinHandle<()>>>,
    #[cfg(feature = "test-support")]
    faults: Faults,
}

impl Db {
    /// Opens the database, brings its schema up to date and starts the writers of `node`.
    pub fn open(address: &Address, node: Node) -> Result<Db, DbError> {
        Db::open_planted(address, node, Planted::default())
    }

    pub(crate) fn open_planted(address: &Address, node: Node, planted: Planted) -> Result<Db, DbError> {
        let (jobs, queue) = mpsc::channel();
        let faults = Faults::default();
        let writers = start(address, node, !planted.has(Bug::NormalSync), queue, &faults)?;
        Ok(Db(Arc::new(Inner {
            address: address.clone(),
            jobs: Mutex::new(Some(jobs)),
            readers: Mutex::new(Vec::new()),
            writers: Mutex::new(writers),
            #[cfg(feature = "test-support")]
            faults,
        })))
    }

    /// Lets the next commit fail as a crash would, for the simulation.
    #[cfg(feature = "test-support")]
    pub fn crash_at(&self, point: super::CrashPoint) {
        self.0.faults.set(point);
    }

    /// Where it is.
    pub fn address(&self) -> &Address {
        &self.0.address
    }

    /// Whether many writers, and other nodes too, write to it at once: then every case has a transaction of its own.
    pub fn is_shared(&self) -> bool {
        matches!(self.0.address, Address::Postgres(_))
    }

    /// Runs `work` in a transaction of a writer's and answers after the commit is on the disk. An error undoes only this work.
    ///
    /// Where many write, `work` is run again, a bounded number of times, when its transaction met another one or lost its
    /// connection before anything was committed; what an earlier run did is undone by then. It must leave no traces outside its
    /// transaction. Once a commit was under way it is never run again: [`DbError::Uncertain`] tells that nobody knows. Dropped before
    /// it was begun, it never is.
    pub async fn write<T: Send + 'static, E: From<DbError> + Send + 'static>(
        &self,
        work: impl Fn(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        self.submit(work).await
    }

    /// [`Db::write`] that has its place in the queue before it is awaited: what is submitted together can be committed together.
    pub fn submit<T, E, W>(&self, work: W) -> impl Future<Output = Result<T, E>> + Send + use<T, E, W>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        W: Fn(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let queued = self.enqueue(Work::new(work, tell));
        async move {
            queued?;
            told.await.map_err(|_| E::from(DbError::Stopped))?
        }
    }

    /// [`Db::write`] that blocks this thread until the commit.
    pub fn write_blocking<T: Send + 'static, E: From<DbError> + Send + 'static>(
        &self,
        work: impl Fn(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let (tell, told) = mpsc::sync_channel(1);
        self.enqueue(Work::new(work, tell))?;
        told.recv().map_err(|_| E::from(DbError::Stopped))?
    }

    fn enqueue(&self, job: impl Job + 'static) -> Result<(), DbError> {
        let jobs = self.0.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.as_ref().ok_or(DbError::Stopped)?.send(Box::new(job)).map_err(|_| DbError::Stopped)
    }

    /// Runs `work` on a reader, which sees the last commit. Blocking: call it from a blocking thread or in short.
    ///
    /// Nobody waits for a reader: one that is idle is taken, else another is opened. So there are never more than work at once, and
    /// that is bounded by the places of all lanes and the serving threads ([`crate::app::App::run_blocking_in`]); nobody can use up another's.
    pub fn read<T, E: From<DbError>>(&self, work: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E> {
        match &self.0.address {
            Address::File(_) => self.0.read(work),
            Address::Postgres(_) => off_the_loop(|| self.0.read(work)),
        }
    }
}

impl Inner {
    fn read<T, E: From<DbError>>(&self, work: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E> {
        let conn = loop {
            let pooled = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
            match pooled {
                Some(conn) if conn.is_lost() => {}
                Some(conn) => break conn,
                None => break self.address.reader()?,
            }
        };
        let done = work(&conn);
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
        done
    }
}

/// Starts the writers on a database that is up to date.
fn start(
    address: &Address,
    node: Node,
    durable: bool,
    queue: mpsc::Receiver<Box<dyn Job>>,
    faults: &Faults,
) -> Result<Vec<JoinHandle<()>>, DbError> {
    let thread = |number: usize| std::thread::Builder::new().name(format!("daiban-writer-{number}"));
    match address {
        Address::File(path) => {
            let (conn, faults) = (sqlite::writer(path, durable)?, faults.clone());
            Ok(vec![thread(0).spawn(move || sqlite::write_groups(&conn, &queue, &faults))?])
        }
        Address::Postgres(url) => {
            off_the_loop(|| postgres::prepare(url))?;
            let queue = Arc::new(Mutex::new(queue));
            let writer = |number| {
                let (writer, queue) = (postgres::Writer::new(url, durable, &node, faults), queue.clone());
                Ok(thread(number).spawn(move || writer.work_off(&queue))?)
            };
            (0..postgres::WRITERS).map(writer).collect()
        }
    }
}

/// Runs what waits for another process. On a thread that serves connections the others go on meanwhile.
fn off_the_loop<T>(work: impl FnOnce() -> T) -> T {
    match tokio::runtime::Handle::try_current() {
        Ok(here) if here.runtime_flavor() == RuntimeFlavor::MultiThread => tokio::task::block_in_place(work),
        _ => work(),
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        drop(self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take());
        for writer in self.writers.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // A writer that panicked has already answered nobody; there is nothing left to save.
            let _ = writer.join();
        }
        let readers = std::mem::take(&mut *self.readers.lock().unwrap_or_else(PoisonError::into_inner));
        off_the_loop(|| drop(readers));
    }
}
