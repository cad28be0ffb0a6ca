//! Recording: durable on this phone when a call returns.

use super::Engine;
use crate::draft::{NewCase, NewRecord, Sealing, body, case_opened};
use crate::error::EngineError;
use crate::ids::{RecordId, UtcTime};
use crate::view::{Notice, Saved, VerdictView};
use daiban_core::agent::{Agent, AgentError, Draft, Recorded};
use daiban_core::case::Code;
use daiban_core::ids::{CaseId, FactId};

#[uniffi::export]
impl Engine {
    /// A fresh id for a form's record: keep it with the form, and saving twice, or again after a kill, is one record.
    pub fn new_record_id(&self) -> Result<RecordId, EngineError> {
        Ok(FactId(random()?))
    }

    /// A fresh id for a form's case.
    pub fn new_case_id(&self) -> Result<CaseId, EngineError> {
        Ok(CaseId(random()?))
    }

    /// Opens a new case (线索), with or without signal.
    pub fn open_case(&self, new_case: NewCase) -> Result<Saved, EngineError> {
        let now = self.desk.now()?;
        let NewCase { draft, case_id, record_id, occurred_at } = new_case;
        let case_id = case_id.map_or_else(|| self.new_case_id(), Ok)?;
        self.save(case_id, now, |agent| {
            let form = Form::new(agent, case_id, record_id, occurred_at, now)?;
            let mut sealing = Sealing { person: me(agent)?, agent, occurred_at: form.occurred_at };
            let opened = case_opened(draft, &mut sealing)?;
            Ok((agent.open_case_once(case_id, form.id, opened, form.occurred_at, now)?, form.already))
        })
    }

    /// Records something in a case. Wrong fields are refused before anything is saved; what only may turn out void is saved, and
    /// [`Saved::notices`] warns.
    pub fn record(&self, case_id: CaseId, record: NewRecord) -> Result<Saved, EngineError> {
        let now = self.desk.now()?;
        let NewRecord { draft, record_id, occurred_at, amends } = record;
        self.save(case_id, now, |agent| {
            let form = Form::new(agent, case_id, record_id, occurred_at, now)?;
            let mut sealing = Sealing { person: me(agent)?, agent, occurred_at: form.occurred_at };
            let draft = Draft { occurred_at: form.occurred_at, amends, body: body(draft, &mut sealing)? };
            Ok((agent.record_once(form.id, case_id, draft, now)?, form.already))
        })
    }

    /// Records a quarantined record once more under a new id; the old one stays listed.
    pub fn record_again(&self, case_id: CaseId, record_id: RecordId) -> Result<Saved, EngineError> {
        let now = self.desk.now()?;
        self.save(case_id, now, |agent| Ok((agent.record_again(record_id, now)?, false)))
    }
}

impl Engine {
    fn save(
        &self,
        case_id: CaseId,
        now: i64,
        work: impl FnOnce(&mut Agent) -> Result<(Recorded, bool), EngineError>,
    ) -> Result<Saved, EngineError> {
        let done = self.desk.with(|agent| {
            let (recorded, already) = work(agent)?;
            let clock = self.desk.clock_notice(agent, now);
            Ok((recorded, already, clock))
        });
        let (recorded, already, clock) = done.map_err(|error| self.desk.failed("record", error))?;
        if !already {
            self.desk.tell_case(case_id);
        }
        Ok(saved(&recorded, already, clock))
    }
}

/// A form's id and time. One that was saved before without a time keeps the moment of its first save.
struct Form {
    id: FactId,
    occurred_at: i64,
    already: bool,
}

impl Form {
    fn new(agent: &Agent, case: CaseId, id: Option<FactId>, occurred_at: Option<UtcTime>, now: i64) -> Result<Form, EngineError> {
        let known = id.and_then(|id| agent.records(Some(case), now).into_iter().find(|record| record.fact == id));
        let first = known.as_ref().map_or(now, |record| record.occurred_at);
        Ok(Form {
            id: id.map_or_else(|| random().map(FactId), Ok)?,
            occurred_at: occurred_at.map_or(first, |time| time.0),
            already: known.is_some(),
        })
    }
}

fn saved(recorded: &Recorded, already: bool, clock: Option<Notice>) -> Saved {
    // What is wrong with the clock alone is told by its own notice.
    let counts = recorded.forecast.code == Code::Effective;
    let warning = recorded.warning_zh().filter(|_| !counts).map(|zh| Notice {
        case_id: Some(recorded.case),
        record_id: Some(recorded.fact),
        ..Notice::new("forecast", zh)
    });
    Saved {
        case_id: recorded.case,
        record_id: recorded.fact,
        already,
        forecast: VerdictView::of(&recorded.forecast),
        notices: warning.into_iter().chain(clock).collect(),
    }
}

fn me(agent: &Agent) -> Result<daiban_core::ids::PersonId, EngineError> {
    Ok(agent.identity().ok_or(AgentError::NotEnrolled)?.person.id.clone())
}

fn random() -> Result<[u8; 16], EngineError> {
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|e| EngineError::internal("no_randomness", e.to_string()))?;
    Ok(id)
}
