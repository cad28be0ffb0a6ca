//! The network: enrolling, and syncing turn by turn.

mod round;
mod run;

use super::Engine;
use crate::error::EngineError;
use crate::event::EventKind;
use crate::host::LogLevel;
use crate::sync::{SyncEnd, SyncReport};
use crate::view::{IdentityView, identity};
use daiban_core::agent::AgentError;
use daiban_core::sync::Address;
use daiban_core::sync::enrol::Invitation;
use run::Run;
use std::time::Duration;
use tokio::time::Instant;

/// How long an enrolment may take.
const ENROL_SECONDS: u64 = 60;
/// The longest deadline: a day.
const DEADLINE_MS_MAX: i64 = 24 * 3600 * 1000;

#[uniffi::export(async_runtime = "tokio")]
impl Engine {
    /// Becomes a person's device with a one-time code of the office, as it was typed or scanned. `server` may be empty if a scanned
    /// code holds the address; `model` is what the office sees in its list of devices. Show [`IdentityView::confirmation`] and ask the
    /// person to compare it with the office's screen.
    pub async fn enrol(&self, server: String, code: String, model: String) -> Result<IdentityView, EngineError> {
        let invited = Invitation::parse(&code).map_err(AgentError::from)?.server;
        let address = Address::parse(&invited.filter(|_| server.trim().is_empty()).unwrap_or(server))?;
        let desk = self.desk.clone();
        let until = Instant::now() + Duration::from_secs(ENROL_SECONDS);
        let asked_at = address.clone();
        let (mut enrolling, request) = round::blocking(&desk, move |desk| {
            desk.with(|agent| {
                let begun = agent.enrol_request(&code, &model)?;
                // The address first: an identity without a server to go to could not be cured by enrolling again.
                agent.set_address(&asked_at)?;
                Ok(begun)
            })
        })
        .await?;
        let answer = round::send(&desk, &address, &request, false, until).await.map_err(|e| desk.failed("enrol", e))?;
        let proof = round::blocking(&desk, move |desk| {
            desk.with(|agent| Ok((agent.enrol_proof(&mut enrolling, answer.status, &answer.body)?, enrolling)))
        });
        let (proof, enrolling) = proof.await.map_err(|e| desk.failed("enrol", e))?;
        let answer = round::send(&desk, &address, &proof, false, until).await.map_err(|e| desk.failed("enrol", e))?;
        let enrolled = round::blocking(&desk, move |desk| {
            desk.with(|agent| {
                let enrolled = agent.enrolled(&enrolling, answer.status, &answer.body)?;
                Ok(identity(&enrolled, agent.names()))
            })
        });
        let enrolled = enrolled.await.map_err(|e| desk.failed("enrol", e))?;
        desk.log(LogLevel::Info, "enrol", || "enrolled".to_owned());
        desk.hub.tell(EventKind::Overview, None);
        Ok(enrolled)
    }

    /// Goes to the same server under another address from now on.
    pub async fn connect(&self, server: String) -> Result<(), EngineError> {
        let address = Address::parse(&server)?;
        round::blocking(&self.desk.clone(), move |desk| desk.with(|agent| Ok(agent.set_address(&address)?))).await?;
        self.desk.hub.tell(EventKind::Overview, None);
        Ok(())
    }

    /// Sends what waits and fetches what is new, until nothing is left or `deadline_ms` have passed. Idempotent, and resumable after
    /// a deadline, a cancel, a lost line or a kill at any moment. A second call waits for the first to end.
    pub async fn sync_now(&self, deadline_ms: i64) -> Result<SyncReport, EngineError> {
        let mut stop = self.desk.stop.subscribe();
        let until = Instant::now() + Duration::from_millis(deadline_ms.clamp(0, DEADLINE_MS_MAX).cast_unsigned());
        let run = Run::new(self.desk.clone());
        let work = async {
            let _turn = self.turn.lock().await;
            run.clone().turns(until).await
        };
        let worked = tokio::select! {
            biased;
            _ = stop.changed() => Ok(SyncEnd::Cancelled),
            done = tokio::time::timeout_at(until, work) => done.unwrap_or(Ok(SyncEnd::Deadline)),
        };
        run.report(worked).await
    }
}

#[uniffi::export]
impl Engine {
    /// Cancels the running sync and those that wait for their turn; each returns [`SyncEnd::Cancelled`]. To be called from iOS's
    /// `expirationHandler`: cancelling a Swift task alone does not reach the engine.
    pub fn cancel_sync(&self) -> Result<(), EngineError> {
        self.desk.stop.send_modify(|n| *n = n.wrapping_add(1));
        Ok(())
    }
}
