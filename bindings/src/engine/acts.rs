//! Recording: durable on this phone when a call returns.

use super::Engine;
use crate::draft::{NewCase, NewRecord, RecordDraft, Sealing, body, case_opened, draft_of};
use crate::error::EngineError;
use crate::ids::RecordId;
use crate::view::{Notice, Saved, VerdictView};
use daiban_core::agent::{Agent, AgentError, Draft, RecordState, Recorded};
use daiban_core::case::{Code, Verdict};
use daiban_core::fact::{Body, Sealed};
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
        let case_id = new_case.case_id.map_or_else(|| self.new_case_id(), Ok)?;
        let record_id = new_case.record_id.map_or_else(|| self.new_record_id(), Ok)?;
        let occurred_at = new_case.occurred_at.map_or(now, |time| time.0);
        self.save(case_id, now, |agent| {
            let mut sealing = Sealing { person: me(agent)?, agent, occurred_at };
            let opened = case_opened(new_case.draft, &mut sealing)?;
            let form = Form { case_id, record_id, occurred_at, amends: None, body: Body::CaseOpened(opened.clone()) };
            match form.saved_before(agent, now)? {
                Some(recorded) => Ok((recorded, true)),
                None => Ok((agent.open_case_once(case_id, record_id, opened, occurred_at, now)?, false)),
            }
        })
    }

    /// Records something in a case. Wrong fields are refused before anything is saved; what only may turn out void is saved, and
    /// [`Saved::notices`] warns.
    pub fn record(&self, case_id: CaseId, record: NewRecord) -> Result<Saved, EngineError> {
        let now = self.desk.now()?;
        let record_id = record.record_id.map_or_else(|| self.new_record_id(), Ok)?;
        let occurred_at = record.occurred_at.map_or(now, |time| time.0);
        let NewRecord { draft, amends, .. } = record;
        self.save(case_id, now, |agent| {
            let mut sealing = Sealing { person: me(agent)?, agent, occurred_at };
            let form = Form { case_id, record_id, occurred_at, amends, body: body(draft, &mut sealing)? };
            match form.saved_before(agent, now)? {
                Some(recorded) => Ok((recorded, true)),
                None => {
                    let draft = Draft { occurred_at, amends, body: form.body };
                    Ok((agent.record_once(record_id, case_id, draft, now)?, false))
                }
            }
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

/// What is about to be saved, to be compared with what was.
struct Form {
    case_id: CaseId,
    record_id: FactId,
    occurred_at: i64,
    amends: Option<FactId>,
    body: Body,
}

impl Form {
    /// What stands, if this very record was saved by an earlier call; an error if another one has its id. Personal data is compared by
    /// what it says: sealed twice, it never looks the same.
    fn saved_before(&self, agent: &Agent, now: i64) -> Result<Option<Recorded>, EngineError> {
        let records = agent.records(Some(self.case_id), now);
        let Some(known) = records.into_iter().find(|r| r.fact == self.record_id) else { return Ok(None) };
        let fact = agent.fact(self.case_id, self.record_id, now)?;
        let open = |sealed: &Sealed| agent.unseal(sealed);
        let form = |body: &Body| -> Option<RecordDraft> { draft_of(body, &open) };
        let times = self.occurred_at == fact.occurred_at || known.recorded_at == fact.occurred_at;
        if times && self.amends == fact.amends && form(&self.body) == form(&fact.body) {
            return Ok(Some(Recorded { case: self.case_id, fact: self.record_id, forecast: verdict(&known.state, now) }));
        }
        Err(AgentError::AlreadyRecorded.into())
    }
}

fn verdict(state: &RecordState, now: i64) -> Verdict {
    match state {
        RecordState::Local { forecast: verdict }
        | RecordState::Uploaded { verdict, .. }
        | RecordState::Judged { verdict, .. } => verdict.clone(),
        // Refused for the form of its bytes, not for what it says.
        RecordState::Quarantined { .. } => Verdict { code: Code::Void, reason: None, effective_at: now, clock_doubtful: false },
    }
}

fn saved(recorded: &Recorded, already: bool, clock: Option<Notice>) -> Saved {
    let warning = recorded.warning_zh().map(|zh| Notice {
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
