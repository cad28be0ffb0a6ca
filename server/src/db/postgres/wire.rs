//! One connection's wire: everything that waits for the server waits here, and never for ever.

use super::Url;
use super::error::at_connecting;
use crate::db::DbError;
use std::cell::Cell;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use tokio_postgres::error::Severity;
use tokio_postgres::{Client, Error};

/// How long a server has to let us in, over all its addresses.
const ENTER: Duration = Duration::from_secs(10);

/// Of severity ERROR, not FATAL or PANIC.
fn is_plain_refusal(error: &Error) -> bool {
    error.as_db_error().and_then(|said| said.parsed_severity()) == Some(Severity::Error)
}

/// A connection with the small runtime that drives it. A server that falls silent, be it behind a network that swallows everything,
/// is given up after [`Url::patience`]: what it may still answer is never read.
pub(super) struct Wire {
    client: Client,
    runtime: Runtime,
    silent: Cell<bool>,
}

impl Wire {
    /// Connects.
    pub(super) fn open(url: &Url) -> Result<Wire, DbError> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let client = runtime.block_on(async {
            let entered = timeout(ENTER, url.connect()).await;
            let entered = entered.map_err(|_| DbError::Unreachable(format!("no answer within {} s", ENTER.as_secs())))?;
            entered.map_err(|error| at_connecting(&error))
        })?;
        Ok(Wire { client, runtime, silent: Cell::new(false) })
    }

    /// What is asked with.
    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// Waits for an answer, so long and no longer. After a silence every question fails at once with [`DbError::Lost`].
    pub(super) fn wait<T>(&self, within: Duration, ask: impl Future<Output = Result<T, Error>>) -> Result<T, DbError> {
        self.answer(within, ask).map_err(|error| error.map_or(DbError::Lost, |error| DbError::from_postgres(&error)))
    }

    /// Waits for a COMMIT. Only a server that says no and goes on says for certain that nothing was kept: one that falls silent or
    /// goes down over it may have kept everything ([`DbError::Uncertain`]).
    pub(super) fn commit(&self, within: Duration, ask: impl Future<Output = Result<(), Error>>) -> Result<(), DbError> {
        self.answer(within, ask).map_err(|error| match error {
            Some(error) if is_plain_refusal(&error) => DbError::from_postgres(&error),
            _ => DbError::Uncertain,
        })
    }

    /// The answer, or the failure; `None` for silence.
    fn answer<T>(&self, within: Duration, ask: impl Future<Output = Result<T, Error>>) -> Result<T, Option<Error>> {
        if self.silent.get() {
            return Err(None);
        }
        match self.runtime.block_on(async { timeout(within, ask).await }) {
            Ok(answer) => answer.map_err(Some),
            Err(_) => {
                self.silent.set(true);
                Err(None)
            }
        }
    }

    /// Whether it is known to be of no use any more.
    pub(super) fn is_closed(&self) -> bool {
        self.silent.get() || self.client.is_closed()
    }
}
