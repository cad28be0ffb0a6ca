//! Work for a writer: what is run inside a transaction, and who is told once it is known whether the commit held.

use super::{DbError, Transaction};

/// Told when it is known whether the commit held.
pub(super) type Answer = Box<dyn FnOnce(Option<DbError>) + Send>;

/// What came of running a job, before any commit.
pub(super) struct Done {
    /// Its own work failed and must be undone.
    pub(super) failed: bool,
    /// Tells the waiter.
    pub(super) answer: Answer,
}

/// A job in the queue.
pub(super) trait Job: Send {
    /// Runs it.
    fn run(self: Box<Self>, tx: &Transaction<'_>) -> Done;
    /// Tells the waiter that it was never run.
    fn refuse(self: Box<Self>, error: DbError);
}

/// Some work and where its result goes.
pub(super) struct Work<W, F> {
    pub(super) work: W,
    pub(super) tell: F,
}

impl<T, E, W, F> Job for Work<W, F>
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
    W: FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    F: FnOnce(Result<T, E>) + Send + 'static,
{
    fn run(self: Box<Self>, tx: &Transaction<'_>) -> Done {
        let Work { work, tell } = *self;
        let done = work(tx);
        let failed = done.is_err();
        let answer = move |error: Option<DbError>| {
            tell(match error {
                Some(error) => Err(E::from(error)),
                None => done,
            });
        };
        Done { failed, answer: Box::new(answer) }
    }

    fn refuse(self: Box<Self>, error: DbError) {
        (self.tell)(Err(E::from(error)));
    }
}
