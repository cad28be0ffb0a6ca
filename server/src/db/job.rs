//! Work for a writer: what is run inside a transaction, and who is told once it is known whether the commit held.

use super::{DbError, Transaction};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use tokio::sync::oneshot;

/// A job in the queue.
pub(super) trait Job: Send {
    /// Whether somebody still waits for it. What nobody waits for is not begun: whoever went away was told that nobody knows, and
    /// may order the same again.
    fn is_awaited(&self) -> bool;
    /// Runs it and keeps what it says; tells whether its work failed and must be undone. Run again, the run before is forgotten: its
    /// transaction was undone.
    fn run(&mut self, tx: &Transaction<'_>) -> bool;
    /// Tells the waiter what the last run said, or why nothing came of it.
    fn answer(self: Box<Self>, error: Option<DbError>);
}

/// Who waits for a job.
pub(super) trait Waiter<T>: Send {
    /// Whether it still waits.
    fn waits(&self) -> bool;
    /// Tells it.
    fn tell(self, said: T);
}

impl<T: Send> Waiter<T> for oneshot::Sender<T> {
    fn waits(&self) -> bool {
        !self.is_closed()
    }

    fn tell(self, said: T) {
        // It may have gone away while the job ran; the work stands all the same.
        drop(self.send(said));
    }
}

/// A thread that stands still until it is told.
impl<T: Send> Waiter<T> for mpsc::SyncSender<T> {
    fn waits(&self) -> bool {
        true
    }

    fn tell(self, said: T) {
        drop(self.send(said));
    }
}

/// Some work, what it said, and who waits for it.
pub(super) struct Work<T, E, W, A> {
    work: W,
    said: Option<Result<T, E>>,
    awaited_by: A,
}

impl<T, E, W, A> Work<T, E, W, A> {
    /// Work that was not run yet.
    pub(super) fn new(work: W, awaited_by: A) -> Work<T, E, W, A> {
        Work { work, said: None, awaited_by }
    }
}

impl<T, E, W, A> Job for Work<T, E, W, A>
where
    T: Send,
    E: From<DbError> + Send,
    W: Fn(&Transaction<'_>) -> Result<T, E> + Send,
    A: Waiter<Result<T, E>>,
{
    fn is_awaited(&self) -> bool {
        self.awaited_by.waits()
    }

    fn run(&mut self, tx: &Transaction<'_>) -> bool {
        // A job that breaks must not take the writer with it: on a file there is no other one.
        let said = catch_unwind(AssertUnwindSafe(|| (self.work)(tx))).unwrap_or_else(|_| {
            tracing::error!("a job broke off; what it wrote is undone");
            Err(E::from(DbError::Stopped))
        });
        self.said.insert(said).is_err()
    }

    fn answer(self: Box<Self>, error: Option<DbError>) {
        self.awaited_by.tell(match (error, self.said) {
            (None, Some(said)) => said,
            (error, _) => Err(E::from(error.unwrap_or(DbError::Stopped))),
        });
    }
}
