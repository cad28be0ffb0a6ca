//! One writer thread with group commit, and a pool of readers.

use super::fault::Faults;
use super::{DbError, migrate::migrate};
use crate::app::{Bug, planted::Planted};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

/// Jobs taken into one commit at most.
const GROUP_JOBS_MAX: usize = 64;

/// Pages of 4 KiB in the write-ahead log before they are copied into the database: 8 MB, so that a page changed often is copied
/// once (performance.md §3.1).
const WAL_PAGES: i64 = 2_000;
/// The writer's page cache.
const WRITER_CACHE_KB: i64 = 16_000;

/// Runs inside the group's transaction; gives back what to do once it is known whether the commit held.
type Job = Box<dyn FnOnce(&Transaction<'_>) -> Answer + Send>;
type Answer = Box<dyn FnOnce(Option<DbError>) + Send>;

/// The database. Clones share it; the writer stops when the last clone is gone.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    path: PathBuf,
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
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
        let mut conn = Connection::open(path)?;
        settle(&conn, if planted.has(Bug::NormalSync) { "NORMAL" } else { "FULL" })?;
        migrate(&mut conn)?;
        let (jobs, queue) = mpsc::channel();
        let faults = Faults::default();
        let heard = faults.clone();
        let thread = std::thread::Builder::new().name("daiban-writer".into());
        let writer = thread.spawn(move || write_groups(conn, &queue, &heard))?;
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

    /// Runs `work` in the writer's next group and answers after the commit is on the disk. An error undoes only this work.
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
        let job: Job = Box::new(move |tx| {
            let done = in_savepoint(tx, work);
            Box::new(move |failed| {
                tell(match failed {
                    Some(error) => Err(E::from(error)),
                    None => done,
                });
            })
        });
        let jobs = self.0.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.as_ref().ok_or(DbError::Stopped)?.send(job).map_err(|_| DbError::Stopped)?;
        Ok(())
    }

    /// Runs `work` on a reader, which sees the last commit. Blocking: call it from a blocking thread or in short.
    pub fn read<T, E: From<DbError>>(&self, work: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E> {
        let pooled = self.0.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let conn = match pooled {
            Some(conn) => conn,
            None => reader(&self.0.path)?,
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

fn settle(conn: &Connection, synchronous: &str) -> Result<(), DbError> {
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", synchronous)?;
    conn.pragma_update(None, "foreign_keys", "ON")?;
    conn.pragma_update(None, "trusted_schema", "OFF")?;
    conn.pragma_update(None, "cell_size_check", "ON")?;
    conn.pragma_update(None, "wal_autocheckpoint", WAL_PAGES)?;
    conn.pragma_update(None, "cache_size", -WRITER_CACHE_KB)?;
    // Undoing one job of a group is kept in memory, never in a file.
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    steady(conn)?;
    conn.set_prepared_statement_cache_capacity(128);
    Ok(())
}

fn reader(path: &Path) -> Result<Connection, DbError> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.pragma_update(None, "query_only", "ON")?;
    steady(&conn)?;
    conn.pragma_update(None, "trusted_schema", "OFF")?;
    conn.set_prepared_statement_cache_capacity(128);
    Ok(conn)
}

/// Plans do not depend on the values bound: without this SQLite prepares statements near a partial index anew at every call.
fn steady(conn: &Connection) -> Result<(), DbError> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn in_savepoint<T, E: From<DbError>>(tx: &Transaction<'_>, work: impl FnOnce(&Transaction<'_>) -> Result<T, E>) -> Result<T, E> {
    let sql = |text: &str| tx.prepare_cached(text).and_then(|mut s| s.execute([])).map_err(|e| E::from(e.into()));
    sql("SAVEPOINT job")?;
    let done = work(tx);
    if done.is_err() {
        sql("ROLLBACK TO job")?;
    }
    sql("RELEASE job")?;
    done
}

fn write_groups(mut conn: Connection, queue: &mpsc::Receiver<Job>, faults: &Faults) {
    while let Ok(first) = queue.recv() {
        let mut group = vec![first];
        while group.len() < GROUP_JOBS_MAX {
            match queue.try_recv() {
                Ok(job) => group.push(job),
                Err(_) => break,
            }
        }
        let mut answers = Vec::with_capacity(group.len());
        let committed = commit(&mut conn, group, &mut answers, faults);
        for answer in answers {
            answer(committed.as_ref().err().map(retold));
        }
    }
}

fn commit(conn: &mut Connection, group: Vec<Job>, answers: &mut Vec<Answer>, faults: &Faults) -> Result<(), DbError> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for job in group {
        answers.push(job(&tx));
    }
    faults.before_commit()?;
    tx.commit()?;
    faults.after_commit()
}

/// One failed commit is told to everybody in its group.
fn retold(error: &DbError) -> DbError {
    match error {
        DbError::Full => DbError::Full,
        DbError::Busy => DbError::Busy,
        DbError::Sqlite(e) => DbError::Io(std::io::Error::other(e.to_string())),
        DbError::Stopped => DbError::Stopped,
        other => DbError::Io(std::io::Error::other(other.to_string())),
    }
}
