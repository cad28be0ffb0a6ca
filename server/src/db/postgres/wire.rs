//! One connection's wire: everything that waits for the server waits here, and never for ever.

use super::Url;
use super::error::at_connecting;
use crate::db::DbError;
use std::cell::Cell;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use tokio_postgres::{Client, Error};

/// How long a server has to let us in, over all its addresses.
const ENTER: Duration = Duration::from_secs(10);

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
        if self.silent.get() {
            return Err(DbError::Lost);
        }
        match self.runtime.block_on(async { timeout(within, ask).await }) {
            Ok(answer) => answer.map_err(|error| DbError::from_postgres(&error)),
            Err(_) => {
                self.silent.set(true);
                Err(DbError::Lost)
            }
        }
    }

    /// Whether it is known to be of no use any more.
    pub(super) fn is_closed(&self) -> bool {
        self.silent.get() || self.client.is_closed()
    }
}
