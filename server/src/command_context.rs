//! An order under way: what commands and reports share, below both.

use crate::app::{App, CaseGiven, GroupGiven, Lane};
use crate::db::sql::audit;
use crate::db::sql::directory::Person;
use crate::db::{Connection, OFFICE_WORK, Transaction};
use crate::error::Problem;
use daiban_core::ids::{CaseId, PersonId};
use daiban_core::people::Group;
use daiban_messages::say::reporting::ForSomebody;
use daiban_messages::{Both, Say};
use serde_json::{Value, json};
use std::sync::Arc;

/// A command under way: the server, who ordered it and for whom, its name in the audit log.
pub(crate) struct CommandContext {
    /// The server.
    pub(crate) app: Arc<App>,
    /// Who ordered it.
    pub(crate) by: Person,
    /// 代录: for whom, where that is somebody else.
    pub(crate) behalf: Option<Person>,
    /// What.
    pub(crate) name: &'static str,
}

impl CommandContext {
    /// Who answers for what is done: whoever ordered it, or the person for whom it was ordered.
    pub(crate) fn person(&self) -> &Person {
        self.behalf.as_ref().unwrap_or(&self.by)
    }

    /// 代录: who ordered it for that person.
    pub(crate) fn recorded_by(&self) -> Option<&PersonId> {
        self.behalf.as_ref().map(|_| &self.by.id)
    }

    /// `（代录：孙立）` behind the name of whoever answers for it; nothing where nobody ordered it for somebody else.
    pub(crate) fn recorded(&self) -> Both {
        self.behalf.as_ref().map(|_| ForSomebody { by: &self.by.name }.say()).into()
    }

    /// The case that was given, by whatever name.
    pub(crate) async fn case(&self, given: CaseGiven) -> Result<CaseId, Problem> {
        match given {
            CaseGiven::Id(case) => Ok(case),
            CaseGiven::Number(_) => {
                self.app.run_blocking_in(Lane::Office, move |app| app.db.read(|conn| given.find(conn))).await?
            }
        }
    }

    /// The group that was given, by whatever name.
    pub(crate) fn group(&self, given: Option<&GroupGiven>) -> Result<Option<Group>, Problem> {
        let Some(given) = given else { return Ok(None) };
        let plan = self.app.db.read(|conn| self.app.reference(conn))?.plan.clone();
        given.find(&plan.organisation).map(Some)
    }

    /// Answers from what is kept.
    pub(crate) async fn answer(
        self,
        read: impl FnOnce(&App, &Connection) -> Result<Value, Problem> + Send + 'static,
    ) -> Result<Value, Problem> {
        self.app.run_blocking_in(Lane::Office, move |app| app.db.read(|conn| read(app, conn))).await?
    }

    /// Runs `work` and writes its audit row in one transaction. `object` names what is acted on; the row's result is the
    /// document's `result` or else `done`, with the name of whoever it was ordered for. As all writing, `work` may be run more than once ([`crate::db::Db::write`]).
    pub(crate) async fn perform(
        self,
        object: impl Into<String>,
        work: impl Fn(&Transaction<'_>, i64) -> Result<Value, Problem> + Send + 'static,
    ) -> Result<Value, Problem> {
        let now = self.app.now();
        let (object, by, name, behalf) = (object.into(), self.by.id, self.name, self.behalf.map(|person| person.id));
        let write = move |tx: &Transaction<'_>| {
            tx.alone(OFFICE_WORK)?;
            let mut document = work(tx, now)?;
            let mut result = document["result"].as_str().unwrap_or("done").to_owned();
            if let Some(person) = &behalf {
                result.push_str(&format!(" for {person}"));
                (document["for"], document["recorded_by"]) = (json!(person), json!(by));
            }
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
