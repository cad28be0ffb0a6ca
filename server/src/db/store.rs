//! The store in one value: work goes to its writer, questions to a pool of readers.

use super::fault::Faults;
use super::job::{Job, Work};
use super::{Connection, DbError, Transaction, sqlite};
use crate::app::{Bug, planted::Planted};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// The database. Clones share it; the writer stops when the last clone is gone.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    path: PathBuf,
    jobs: Mutex<Option<mpsc::Sender<Box<dyn Job>>>>,
    readers: Mutex<Vec<Connection>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    #[cfg(feature = "test-support")]
    faults: Faults,
}

impl Db {
    /// Opens or creates the database, migrates it and starts the writer.
    pub fn open(path: &Path) -> Result<Db, DbError> {
        Db::open_planted(path, Planted::default())
    }

    pub(crate) fn open_planted(path: &Path, planted: Planted) -> Result<Db, DbError> {
        let conn = sqlite::writer(path, !planted.has(Bug::NormalSync))?;
        let (jobs, queue) = mpsc::channel();
        let faults = Faults::default();
        let heard = faults.clone();
        let thread = std::thread::Builder::new().name("daiban-writer".into());
        let writer = thread.spawn(move || sqlite::write_groups(&conn, &queue, &heard))?;
        Ok(Db(Arc::new(Inner {
            path: path.to_owned(),
            jobs: Mutex::new(Some(jobs)),
            readers: Mutex::new(Vec::new()),
            writer: Mutex::new(Some(writer)),
            #[cfg(feature = "test-support")]
            faults,
        })))
    }

    /// Lets the next commit fail as a crash would, for the simulation.
    #[cfg(feature = "test-support")]
    pub fn crash_at(&self, point: super::CrashPoint) {
        self.0.faults.set(point);
    }

    /// Where the database file lies.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Runs `work` in a transaction of the writer's and answers after the commit is on the disk. An error undoes only this work.
    pub async fn write<T: Send + 'static, E: From<DbError> + Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let (tell, told) = oneshot::channel();
        // A waiter that has gone away no longer wants the answer; the work stands all the same.
        self.enqueue(work, move |done| drop(tell.send(done)))?;
        told.await.map_err(|_| E::from(DbError::Stopped))?
    }

    /// [`Db::write`] that blocks this thread until the commit.
    pub fn write_blocking<T: Send + 'static, E: From<DbError> + Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let (tell, told) = mpsc::sync_channel(1);
        self.enqueue(work, move |done| drop(tell.send(done)))?;
        told.recv().map_err(|_| E::from(DbError::Stopped))?
    }

    fn enqueue<T: Send + 'static, E: From<DbError> + Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
        tell: impl FnOnce(Result<T, E>) + Send + 'static,
    ) -> Result<(), E> {
        let jobs = self.0.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let job = Box::new(Work { work, tell });
        jobs.as_ref().ok_or(DbError::Stopped)?.send(job).map_err(|_| DbError::Stopped)?;
        Ok(())
    }

    /// Runs `work` on a reader, which sees the last commit. Blocking: call it from a blocking thread or in short.
    pub fn read<T, E: From<DbError>>(&self, work: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E> {
        let pooled = self.0.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let conn = match pooled {
            Some(conn) => conn,
            None => sqlite::reader(&self.0.path)?,
        };
        let done = work(&conn);
        self.0.readers.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
        done
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        drop(self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take());
        if let Some(writer) = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take() {
            // A writer that panicked has already answered nobody; there is nothing left to save.
            let _ = writer.join();
        }
    }
}
