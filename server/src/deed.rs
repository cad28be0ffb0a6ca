//! An order under way: what commands and reports share, below both.

use crate::app::{App, Lane};
use crate::db::sql::audit;
use crate::db::sql::directory::Person;
use crate::db::{Connection, OFFICE_WORK, Transaction};
use crate::error::Problem;
use serde_json::Value;
use std::sync::Arc;

/// A command under way: the server, who ordered it, its name in the audit log.
pub(crate) struct Deed {
    /// The server.
    pub(crate) app: Arc<App>,
    /// Who ordered it.
    pub(crate) by: Person,
    /// What.
    pub(crate) name: &'static str,
}

impl Deed {
    /// Answers from what is kept.
    pub(crate) async fn answer(
        self,
        read: impl FnOnce(&App, &Connection) -> Result<Value, Problem> + Send + 'static,
    ) -> Result<Value, Problem> {
        self.app.aside_in(Lane::Office, move |app| app.db.read(|conn| read(app, conn))).await?
    }

    /// Runs `work` and writes its audit row in one transaction. `object` names what is acted on; the row's result is the
    /// document's `result` or else `done`. As all writing, `work` may be run more than once ([`crate::db::Db::write`]).
    pub(crate) async fn perform(
        self,
        object: impl Into<String>,
        work: impl Fn(&Transaction<'_>, i64) -> Result<Value, Problem> + Send + 'static,
    ) -> Result<Value, Problem> {
        let now = self.app.now();
        let (object, by, name) = (object.into(), self.by.id, self.name);
        let write = move |tx: &Transaction<'_>| {
            tx.alone(OFFICE_WORK)?;
            let document = work(tx, now)?;
            let result = document["result"].as_str().unwrap_or("done").to_owned();
            audit::append(tx, now, by.as_str(), name, &object, &result)?;
            Ok::<_, Problem>(document)
        };
        let document = self.app.db.write(write).await?;
        // Whoever ordered it must not be told that it was not done.
        if let Err(error) = self.app.keep_time().await {
            tracing::warn!(%error, "the time of an order was not kept with the store yet");
        }
        Ok(document)
    }
}
