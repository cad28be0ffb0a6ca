//! Work for a writer: what is run inside a transaction, and who is told once it is known whether the commit held.

use super::{DbError, Transaction};

/// A job in the queue.
pub(super) trait Job: Send {
    /// Runs it and keeps what it says; tells whether its work failed and must be undone. Run again, the run before is forgotten: its
    /// transaction was undone.
    fn run(&mut self, tx: &Transaction<'_>) -> bool;
    /// Tells the waiter what the last run said, or why nothing came of it.
    fn answer(self: Box<Self>, error: Option<DbError>);
}

/// Some work, what it said, and who waits for it.
pub(super) struct Work<T, E, W, F> {
    work: W,
    said: Option<Result<T, E>>,
    tell: F,
}

impl<T, E, W, F> Work<T, E, W, F> {
    /// Work that was not run yet.
    pub(super) fn new(work: W, tell: F) -> Work<T, E, W, F> {
        Work { work, said: None, tell }
    }
}

impl<T, E, W, F> Job for Work<T, E, W, F>
where
    T: Send,
    E: From<DbError> + Send,
    W: Fn(&Transaction<'_>) -> Result<T, E> + Send,
    F: FnOnce(Result<T, E>) + Send,
{
    fn run(&mut self, tx: &Transaction<'_>) -> bool {
        self.said.insert((self.work)(tx)).is_err()
    }

    fn answer(self: Box<Self>, error: Option<DbError>) {
        (self.tell)(match (error, self.said) {
            (None, Some(said)) => said,
            (error, _) => Err(E::from(error.unwrap_or(DbError::Stopped))),
        });
    }
}
