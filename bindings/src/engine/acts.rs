//! Recording: durable on this phone when a call returns.

use super::Engine;
use crate::error::EngineError;
use crate::form::{FieldProblem, Filling, FormValue, Moment, typed};
use crate::ids::{RecordId, UtcTime};
use crate::view::{Notice, Saved, VerdictView};
use daiban_core::agent::{Agent, Draft, Recorded};
use daiban_core::case::Code;
use daiban_core::fact::{Body, FieldErrors};
use daiban_core::ids::{CaseId, FactId};
use daiban_messages::say::bindings::LookAgain;
use daiban_messages::{Both, Say};
use std::collections::HashMap;

/// The kind that opens a case.
const OPENING: &str = "case_opened";

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

    /// What is wrong with what was typed so far, every field at once; empty if nothing is. Nothing is saved.
    #[uniffi::method(default(occurred_at = None))]
    pub fn check(
        &self,
        case_id: Option<CaseId>,
        kind: String,
        values: HashMap<String, FormValue>,
        occurred_at: Option<UtcTime>,
    ) -> Result<Vec<FieldProblem>, EngineError> {
        self.read_form(case_id, &kind, occurred_at, |filling| filling.problems(&kind, &typed(values)))
    }

    /// What fits and is to be looked at again before it is saved, such as a date long ago (补录): ask, and save if it is right. Empty while
    /// something does not fit. Nothing is saved.
    #[uniffi::method(default(occurred_at = None))]
    pub fn questions(
        &self,
        case_id: Option<CaseId>,
        kind: String,
        values: HashMap<String, FormValue>,
        occurred_at: Option<UtcTime>,
    ) -> Result<Vec<FieldProblem>, EngineError> {
        self.read_form(case_id, &kind, occurred_at, |filling| filling.questions(&kind, &typed(values)))
    }

    /// Opens a new case (线索), with or without signal, by the values of a form of kind `case_opened`. Ids that the form drew
    /// with [`Engine::new_case_id`] and [`Engine::new_record_id`] and keeps over a kill make saving twice one record; without `occurred_at` (发生)
    /// it happens now.
    #[uniffi::method(default(case_id = None, record_id = None, occurred_at = None))]
    pub fn open_case(
        &self,
        values: HashMap<String, FormValue>,
        case_id: Option<CaseId>,
        record_id: Option<RecordId>,
        occurred_at: Option<UtcTime>,
    ) -> Result<Saved, EngineError> {
        let now = self.desk.now()?;
        let case_id = case_id.map_or_else(|| self.new_case_id(), Ok)?;
        self.save(case_id, now, |agent| {
            let once = Once::new(agent, case_id, record_id, occurred_at, now)?;
            let moment = Moment { occurred_at: once.occurred_at, now };
            let Body::CaseOpened(opened) = Filling::new(agent, None, OPENING, moment)?.body(OPENING, &typed(values))? else {
                return Err(EngineError::internal("kind", "a form of another kind"));
            };
            Ok((agent.open_case_once(case_id, once.id, opened, once.occurred_at, now)?, once.already))
        })
    }

    /// Records something in a case: the values of a form of its kind. Fields that do not fit are refused, all at once, before anything
    /// is saved; what only may turn out void is saved, and [`Saved::notices`] warns.
    ///
    /// With a `record_id` that the form drew with [`Engine::new_record_id`] and keeps over a kill, saving twice is one record. Without
    /// `occurred_at` (发生) it happens now. `amends` (更正) is the own record that it corrects.
    #[uniffi::method(default(record_id = None, occurred_at = None, amends = None))]
    pub fn record(
        &self,
        case_id: CaseId,
        kind: String,
        values: HashMap<String, FormValue>,
        record_id: Option<RecordId>,
        occurred_at: Option<UtcTime>,
        amends: Option<RecordId>,
    ) -> Result<Saved, EngineError> {
        let now = self.desk.now()?;
        self.save(case_id, now, |agent| {
            let once = Once::new(agent, case_id, record_id, occurred_at, now)?;
            let moment = Moment { occurred_at: once.occurred_at, now };
            let body = Filling::new(agent, Some(case_id), &kind, moment)?.body(&kind, &typed(values))?;
            let draft = Draft { occurred_at: once.occurred_at, amends, body };
            Ok((agent.record_once(once.id, case_id, draft, now)?, once.already))
        })
    }

    /// Records a quarantined record once more under a new id; the old one stays listed.
    pub fn record_again(&self, case_id: CaseId, record_id: RecordId) -> Result<Saved, EngineError> {
        let now = self.desk.now()?;
        self.save(case_id, now, |agent| Ok((agent.record_again(record_id, now)?, false)))
    }
}

impl Engine {
    fn read_form(
        &self,
        case_id: Option<CaseId>,
        kind: &str,
        occurred_at: Option<UtcTime>,
        read: impl FnOnce(&mut Filling<'_>) -> FieldErrors,
    ) -> Result<Vec<FieldProblem>, EngineError> {
        let now = self.desk.now()?;
        let moment = Moment { occurred_at: occurred_at.map_or(now, |time| time.0), now };
        self.desk.with(|agent| {
            agent.forgetting_keys(|agent| {
                let found = read(&mut Filling::new(agent, case_id, kind, moment)?);
                Ok(found.0.into_iter().map(FieldProblem::from).collect())
            })
        })
    }

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
struct Once {
    id: FactId,
    occurred_at: i64,
    already: bool,
}

impl Once {
    fn new(agent: &Agent, case: CaseId, id: Option<FactId>, occurred_at: Option<UtcTime>, now: i64) -> Result<Once, EngineError> {
        let known = id.and_then(|id| agent.records(Some(case), now).into_iter().find(|record| record.fact == id));
        let first = known.as_ref().map_or(now, |record| record.occurred_at);
        Ok(Once {
            id: id.map_or_else(|| random().map(FactId), Ok)?,
            occurred_at: occurred_at.map_or(first, |time| time.0),
            already: known.is_some(),
        })
    }
}

fn saved(recorded: &Recorded, already: bool, clock: Option<Notice>) -> Saved {
    // What is wrong with the clock alone is told by its own notice.
    let counts = recorded.forecast.code == Code::Effective;
    let warning = recorded.warning().filter(|_| !counts).map(|said| Notice {
        case_id: Some(recorded.case),
        record_id: Some(recorded.fact),
        ..Notice::new("forecast", said)
    });
    let notes = recorded.notes.iter().map(|note| Notice {
        case_id: Some(recorded.case),
        record_id: Some(recorded.fact),
        ..Notice::new("look_again", LookAgain { note: Both::new(&note.zh, &note.en) }.say())
    });
    Saved {
        case_id: recorded.case,
        record_id: recorded.fact,
        already,
        forecast: VerdictView::of(&recorded.forecast),
        notices: warning.into_iter().chain(notes).chain(clock).collect(),
    }
}

fn random() -> Result<[u8; 16], EngineError> {
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|e| EngineError::internal("no_randomness", e.to_string()))?;
    Ok(id)
}
