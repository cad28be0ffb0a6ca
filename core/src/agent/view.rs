//! What screens show: cases, their timeline and duties, computed from rows and own records by the same functions as on the server.

use super::case::Case;
use super::history::History;
use super::judging::Judging;
use super::saved::{Intent, IntentState};
use super::{Agent, AgentError};
use crate::calendar::{Calendar, Date};
use crate::case::{Author, CaseEvent, CaseView, Closed, EventFact, Stage, fold};
use crate::ids::CaseId;
use crate::plan::Plan;
use crate::rules::{self, Duty, Lamp, NumbersInForce, ShownDuty};
use crate::sync::session::HistoryError;
use serde::Serialize;
use std::borrow::Cow;
use std::sync::Arc;

/// One line of the list of cases.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseSummary {
    /// The case.
    pub case: CaseId,
    /// What people call it, 普代〔2026〕17号; `None` before the server has seen it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// 项目名称.
    pub title: Option<String>,
    /// 建设单位.
    pub enterprise: Option<String>,
    /// How far it has come.
    pub stage: Stage,
    /// 登记有误, and why; absent of a case that goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closed>,
    /// The last row this phone holds; 0 = on this phone only.
    pub sequence: u64,
    /// The worst lamp of its duties.
    pub lamp: Lamp,
    /// The nearest due date that is still open.
    pub next_due: Option<Date>,
    /// Own records that are not uploaded yet.
    pub waiting: u64,
    /// Own records that the server refused.
    pub quarantined: u64,
    /// The server's history does not extend what this phone saw.
    pub alarm: Option<HistoryError>,
    /// A later version wrote something here: the server's duties are shown, update the app.
    pub update_needed: bool,
}

impl Agent {
    /// The list of cases, own unsent work included. `now` is Unix seconds.
    pub fn cases(&self, now: i64) -> Vec<CaseSummary> {
        let shown = self.state.cases.values().filter(|c| !c.note.withdrawn || c.has_rows());
        shown.map(|case| self.summarise(case, &self.outlook(case, now), now)).collect()
    }

    /// One line of that list.
    pub fn summary(&self, id: CaseId, now: i64) -> Result<CaseSummary, AgentError> {
        let case = self.state.cases.get(&id).ok_or(AgentError::NotFound("case"))?;
        Ok(self.summarise(case, &self.outlook(case, now), now))
    }

    /// One case as it would be if own unsent work were uploaded now.
    pub fn case(&self, id: CaseId, now: i64) -> Result<Arc<CaseView>, AgentError> {
        self.whole(self.state.cases.get(&id).ok_or(AgentError::NotFound("case"))?, now)
    }

    /// The duties of one case, or of all, as this version computes them.
    pub fn duties(&self, id: Option<CaseId>, now: i64) -> Result<Vec<Duty>, AgentError> {
        let duties = |case: &Case| self.case_duties(&self.outlook(case, now), now);
        Ok(self.one_or_all(id)?.into_iter().flat_map(duties).collect())
    }

    /// The duties of one case, or of all, as they are to be shown. Where a later version wrote something, those the server computed.
    pub fn shown_duties(&self, id: Option<CaseId>, now: i64) -> Result<Vec<ShownDuty>, AgentError> {
        let duties = |case: &Case| self.case_shown_duties(case, &self.outlook(case, now), now);
        Ok(self.one_or_all(id)?.into_iter().flat_map(duties).collect())
    }

    fn one_or_all(&self, id: Option<CaseId>) -> Result<Vec<&Case>, AgentError> {
        match id {
            Some(id) => Ok(vec![self.state.cases.get(&id).ok_or(AgentError::NotFound("case"))?]),
            None => Ok(self.state.cases.values().collect()),
        }
    }

    /// The plan of the district.
    pub fn plan(&self) -> &Plan {
        self.state.rules.plan()
    }

    /// The calendar in force on this phone.
    pub fn calendar(&self) -> &Calendar {
        &self.state.rules.calendar
    }

    /// The numbers that this phone counts by, each from its day on.
    pub fn numbers(&self) -> &NumbersInForce {
        &self.state.rules.in_force.numbers
    }

    /// The line of a case that looks like that.
    pub(super) fn summarise(&self, case: &Case, outlook: &Outlook, now: i64) -> CaseSummary {
        let view = &outlook.view;
        let duties = self.case_shown_duties(case, outlook, now);
        let own = || self.state.outbox.of(case.id).map(|(_, intent)| intent);
        let refused = |i: &&Intent| matches!(i.state, IntentState::Quarantined { again: None, .. });
        CaseSummary {
            case: case.id,
            number: self.state.names.number(case.id).map(str::to_owned),
            title: view.title.clone(),
            enterprise: view.enterprise.clone(),
            stage: self.plan().stage(view),
            closed: view.closed.clone(),
            sequence: case.place().0,
            lamp: duties.iter().map(|duty| duty.lamp).max().unwrap_or(Lamp::Grey),
            next_due: duties.iter().filter(|duty| duty.open).map(|duty| duty.due_on).min(),
            waiting: own().filter(|i| i.is_local()).count() as u64,
            quarantined: own().filter(refused).count() as u64,
            alarm: case.note.alarm,
            update_needed: self.needs_update(view),
        }
    }

    pub(super) fn case_duties(&self, outlook: &Outlook, now: i64) -> Vec<Duty> {
        rules::owed(&outlook.view, &self.state.rules.in_force, now, || Cow::Owned((outlook.told)()))
    }

    fn case_shown_duties(&self, case: &Case, outlook: &Outlook, now: i64) -> Vec<ShownDuty> {
        match self.shows_server_duties(case, &outlook.view) {
            Some(sent) => sent.iter().filter_map(|json| ShownDuty::read(json, now)).collect(),
            None => self.case_duties(outlook, now).iter().map(|duty| ShownDuty::of(duty, self.plan())).collect(),
        }
    }

    /// What a case looks like without texts, own unsent work included. Never for a screen that shows facts.
    pub(super) fn outlook<'a>(&'a self, case: &'a Case, now: i64) -> Outlook<'a> {
        let own = self.pending(case, self.judging(case, now), false);
        if own.is_empty() {
            return Outlook { view: case.outline(), told: Box::new(|| case.case_digest.told().collect()) };
        }
        let told: Vec<CaseEvent> = case.case_digest.told().chain(own).collect();
        Outlook { view: Arc::new(fold(case.id, told.iter().cloned())), told: Box::new(move || told.clone()) }
    }

    /// The same out of the rows themselves, texts and all.
    pub(super) fn whole(&self, case: &Case, now: i64) -> Result<Arc<CaseView>, AgentError> {
        let history = self.history(case)?;
        let own = self.pending(case, self.judging(case, now), true);
        if own.is_empty() {
            return Ok(history.view());
        }
        Ok(Arc::new(fold(case.id, history.told().chain(own))))
    }

    /// The rows of a case, read when they are needed. Fewer than known are shown as far as they are good; the next sync fetches the
    /// rest.
    pub(super) fn history(&self, case: &Case) -> Result<Arc<History>, AgentError> {
        Ok(self.state.recent.borrow_mut().of(&*self.store, case)?)
    }

    /// Own records without a row, judged "as if they were uploaded now", in the order in which they will go. Their places in the chain
    /// are told if they are `composed`.
    pub(super) fn pending(&self, case: &Case, mut judging: Judging<'_>, composed: bool) -> Vec<CaseEvent> {
        let own = self.state.outbox.unplaced(case.id);
        let (Some(identity), false) = (&self.state.identity, own.is_empty()) else { return Vec::new() };
        let mut chain = case.own_chain(&self.signer.public_key(), &self.state.outbox);
        let author = Author { device: identity.device, person: identity.person.id.clone() };
        let mut told = Vec::with_capacity(own.len());
        for (id, intent) in own {
            let tip = composed.then(|| chain.push(id, &intent.node, intent.recorded_at()).tip);
            let Some(judged) = judging.judge(id, intent) else { continue };
            told.extend(judged.founder.map(|entry| CaseEvent::Roster { sequence: 0, entry }));
            told.push(CaseEvent::Fact(EventFact {
                sequence: judged.sequence,
                received_at: None,
                hash: tip.map(|tip| tip.hash).unwrap_or_default(),
                actor: chain.actor,
                seq: tip.map_or(0, |tip| tip.seq),
                author: author.clone(),
                verdict: judged.verdict,
                fact: Ok(judged.fact.into()),
            }));
        }
        told
    }
}

/// A case as it would be if own unsent work were uploaded now, and what it was folded from.
pub(super) struct Outlook<'a> {
    /// The fold.
    pub view: Arc<CaseView>,
    /// What was folded.
    pub told: Box<dyn Fn() -> Vec<CaseEvent> + 'a>,
}
