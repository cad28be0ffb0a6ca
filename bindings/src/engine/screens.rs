//! Reading: one call per screen.

use super::{Engine, EngineInner};
use crate::error::EngineError;
use crate::event::{Observer, Subscription};
use crate::form::{Filling, Moment, RecordForm};
use crate::ids::{RecordId, UtcTime};
use crate::sync::SyncStatus;
use crate::term::{self, Term};
use crate::view::{CaseView, DutyView, Notice, Overview, OwnRecord, Screen, case_rows, identity};
use daiban_core::agent::{Agent, AgentError};
use daiban_core::fact::Sealed;
use daiban_core::fact::form::Form;
use daiban_core::ids::CaseId;
use daiban_messages::Say;
use daiban_messages::say::bindings as say;
use std::sync::Arc;

impl EngineInner {
    /// Reads a screen.
    fn read<T>(&self, look: impl FnOnce(&Screen<'_>) -> Result<T, EngineError>) -> Result<T, EngineError> {
        let now = self.now()?;
        self.with(|agent| look(&Screen { agent, now, revision: self.hub.revision() }))
    }

    /// What should stand on top of every screen.
    pub fn notices(&self, agent: &Agent, now: i64) -> Vec<Notice> {
        let salvaged = self.salvage.as_ref().map(|salvage| Notice::new("salvaged", salvage.message()));
        salvaged.into_iter().chain(self.clock_notice(agent, now)).collect()
    }

    /// The clock is certainly behind if the server's last word is later; otherwise the last sync tells.
    pub fn clock_notice(&self, agent: &Agent, now: i64) -> Option<Notice> {
        match agent.clock_behind(now) {
            true => Some(Notice::new("clock_off", say::ClockBehind.say())),
            false => self.status().clock_off.clone(),
        }
    }
}

/// An own record as a form of its kind.
fn recorded(agent: &Agent, case: CaseId, kind: &str, record: RecordId, now: i64) -> Result<Form, EngineError> {
    let fact = agent.fact(case, record, now)?;
    let form = Form::of(&fact, &|sealed: &Sealed| agent.unseal(sealed)).ok_or_else(later_kind)?;
    if form.kind.name != kind {
        let zh = say::FormOfAnotherKind.say().zh;
        return Err(EngineError::invalid("kind", Some("kind"), zh, format!("the record is of kind {}", form.kind.name)));
    }
    Ok(form)
}

fn later_kind() -> EngineError {
    EngineError::UpdateApp {
        code: "kind_unknown".to_owned(),
        zh: say::KindOfLaterVersion.say().zh,
        en: "a kind this version does not know".to_owned(),
    }
}

#[uniffi::export]
impl Engine {
    /// The first screen: whose phone, what waits, every case with its lamp.
    pub fn overview(&self) -> Result<Overview, EngineError> {
        let desk = &self.desk;
        let sync = self.sync_status()?;
        desk.read(|screen| {
            let (agent, now) = (screen.agent, screen.now);
            let cases = case_rows(agent.cases(now));
            Ok(Overview {
                identity: agent.identity().map(|who| identity(who, &screen.names())),
                server: agent.address()?.map(|a| a.to_string()),
                unsent: cases.iter().map(|c| c.unsent).sum(),
                quarantined: cases.iter().map(|c| c.quarantined).sum(),
                carried: agent.carried().iter().filter(|c| c.refused.is_none()).count() as i64,
                heard_at: agent.heard_at().map(UtcTime),
                notices: desk.notices(agent, now),
                cases,
                sync,
                revision: screen.revision,
            })
        })
    }

    /// The screen of one case: team, duties, timeline, contests, materials, and what may be recorded.
    pub fn case_view(&self, case_id: CaseId) -> Result<CaseView, EngineError> {
        self.desk.read(|screen| screen.case(case_id))
    }

    /// Duties of one case or of all, the most urgent first; `open_only` leaves out what is done.
    pub fn duties(&self, case_id: Option<CaseId>, open_only: bool) -> Result<Vec<DutyView>, EngineError> {
        self.desk.read(|screen| screen.duties(case_id, open_only))
    }

    /// 我的记录: every record made on this phone, of one case or of all, by time of recording, each with where it is.
    pub fn my_records(&self, case_id: Option<CaseId>) -> Result<Vec<OwnRecord>, EngineError> {
        self.desk.read(|screen| {
            let names = screen.names();
            Ok(screen.agent.records(case_id, screen.now).into_iter().map(|record| OwnRecord::of(record, &names)).collect())
        })
    }

    /// A form of a kind with what the phone knows filled in; with `record_id`, an own record as a form again, to correct it: record its
    /// values with `amends`.
    #[uniffi::method(default(record_id = None))]
    pub fn form(&self, case_id: Option<CaseId>, kind: String, record_id: Option<RecordId>) -> Result<RecordForm, EngineError> {
        let now = self.desk.now()?;
        self.desk.with(|agent| {
            let filled = match (case_id, record_id) {
                (Some(case), Some(record)) => Some(recorded(agent, case, &kind, record, now)?),
                (None, Some(_)) => return Err(AgentError::NotFound("case").into()),
                (Some(case), None) => agent.summary(case, now).map(|_| None)?,
                (None, None) => None,
            };
            let filling = Filling::new(agent, case_id, &kind, Moment { occurred_at: now, now })?;
            let form = filled.or_else(|| Form::empty(&kind, &filling)).ok_or_else(later_kind)?;
            Ok(RecordForm::of(form, &filling))
        })
    }

    /// The units, for fields that hold one: those of the plan and those the office added, as far as this phone was told. Others may be
    /// typed.
    pub fn units(&self) -> Result<Vec<Term>, EngineError> {
        self.desk.read(|screen| Ok(term::units(&screen.names())))
    }

    /// People to choose from, for fields that hold one: those of the case first, then the seats that cases are handed to and the
    /// colleagues of the own unit. A [`Term`] has the id and the name, with the unit where two share a name. A name, a name with its
    /// unit (`张伟@丰荣街道办事处`) or an id may be typed, too.
    #[uniffi::method(default(case_id = None))]
    pub fn people(&self, case_id: Option<CaseId>) -> Result<Vec<Term>, EngineError> {
        self.desk.read(|screen| Ok(term::people(&screen.names(), case_id)))
    }

    /// How the sync stands.
    pub fn sync_status(&self) -> Result<SyncStatus, EngineError> {
        Ok(self.desk.status().clone())
    }

    /// Hears what changes; the first event comes at once. Keep the subscription: dropping it ends it.
    pub fn observe(&self, observer: Arc<dyn Observer>) -> Result<Arc<Subscription>, EngineError> {
        let id = self.desk.hub.observe(observer);
        Ok(Arc::new(Subscription { hub: self.desk.hub.clone(), id }))
    }
}
