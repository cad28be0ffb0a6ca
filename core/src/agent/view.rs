//! What screens show: cases, their timeline and duties, computed from rows and own records by the same functions as on the server.

use super::case::Case;
use super::saved::{Intent, IntentState};
use super::{Agent, AgentError, request::compose_all};
use crate::calendar::{Calendar, Date};
use crate::case::{Author, CaseView, Code, Entry, Reason, Stage, Standing, Told, ToldFact, Verdict, fold};
use crate::fact::Fact;
use crate::ids::{ActorId, CaseId, ChangeHash, FactId};
use crate::people::RosterEntry;
use crate::permit::{Arrival, Prior, Referred, content_digest, founder, judge, references};
use crate::rules::{self, Duty, Lamp, Policy, State as DutyState};
use crate::sync::TimeToken;
use crate::sync::session::HistoryError;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

/// One line of the list of cases.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseSummary {
    /// The case.
    pub case: CaseId,
    /// 项目名称.
    pub title: Option<String>,
    /// 建设单位.
    pub enterprise: Option<String>,
    /// How far it has come.
    pub stage: Stage,
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
        let shown = self.state.cases.values().filter(|c| !c.note.withdrawn || !c.rows.is_empty());
        shown.map(|case| self.summarise(case, now)).collect()
    }

    /// One line of that list.
    pub fn summary(&self, id: CaseId, now: i64) -> Result<CaseSummary, AgentError> {
        self.state.cases.get(&id).map(|case| self.summarise(case, now)).ok_or(AgentError::NotFound("case"))
    }

    /// One case as it would be if own unsent work were uploaded now.
    pub fn case(&self, id: CaseId, now: i64) -> Result<Arc<CaseView>, AgentError> {
        self.state.cases.get(&id).map(|case| self.view(case, now)).ok_or(AgentError::NotFound("case"))
    }

    /// The duties of one case, or of all. Where a later version wrote something, those the server computed.
    pub fn duties(&self, id: Option<CaseId>, now: i64) -> Result<Vec<Duty>, AgentError> {
        match id {
            Some(id) => {
                let case = self.state.cases.get(&id).ok_or(AgentError::NotFound("case"))?;
                Ok(self.case_duties(case, &self.view(case, now), now))
            }
            None => Ok(self.state.cases.values().flat_map(|c| self.case_duties(c, &self.view(c, now), now)).collect()),
        }
    }

    /// The calendar in force on this phone.
    pub fn calendar(&self) -> &Calendar {
        &self.state.rules.calendar
    }

    /// The policy in force on this phone.
    pub fn policy(&self) -> &Policy {
        &self.state.rules.policy
    }

    fn summarise(&self, case: &Case, now: i64) -> CaseSummary {
        let view = self.view(case, now);
        let duties = self.case_duties(case, &view, now);
        let done = |d: &&Duty| matches!(d.state, DutyState::Met { .. } | DutyState::MetLate { .. } | DutyState::Stopped);
        let own = self.state.intents.values().filter(|i| i.case == case.id);
        let refused = |i: &&Intent| matches!(i.state, IntentState::Quarantined { again: None, .. });
        CaseSummary {
            case: case.id,
            title: view.title.clone(),
            enterprise: view.enterprise.clone(),
            stage: view.stage,
            sequence: case.place().0,
            lamp: rules::lamp(&duties),
            next_due: duties.iter().filter(|d| !done(d)).map(|d| d.due_on).min(),
            waiting: own.clone().filter(|i| i.is_local()).count() as u64,
            quarantined: own.filter(refused).count() as u64,
            alarm: case.note.alarm,
            update_needed: view.update_needed,
        }
    }

    fn case_duties(&self, case: &Case, view: &CaseView, now: i64) -> Vec<Duty> {
        let from_server = case.note.server_duties.as_ref().filter(|_| view.update_needed);
        let in_force = &self.state.rules;
        from_server.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_else(|| match in_force.eras.as_slice() {
            [_] => rules::duties(view, &in_force.calendar, &in_force.policy, now),
            eras => {
                let told: Vec<Told> = case.told().chain(self.pending(case, now)).collect();
                rules::duties_through(view, &told, eras, now)
            }
        })
    }

    pub(super) fn view(&self, case: &Case, now: i64) -> Arc<CaseView> {
        let pending = self.pending(case, now);
        if pending.is_empty() {
            return case.view();
        }
        Arc::new(fold(case.id, case.told().chain(pending)))
    }

    /// What the server would say of an own record that has no row yet.
    pub(super) fn forecast(&self, case: CaseId, fact: FactId, now: i64) -> Option<Verdict> {
        let case = self.state.cases.get(&case)?;
        let mut judging = Judging::new(self, case, now);
        let own = self.unplaced(case.id).into_iter().filter_map(|(id, intent)| Some((id, judging.judge(intent)?.verdict)));
        own.filter(|(id, _)| *id == fact).last().map(|(_, verdict)| verdict)
    }

    /// Own records without a row, judged "as if they were uploaded now", in the order in which they will go.
    fn pending(&self, case: &Case, now: i64) -> Vec<Told> {
        let own = self.unplaced(case.id);
        let (Some(identity), false) = (&self.state.identity, own.is_empty()) else { return Vec::new() };
        let mut chain = case.own_chain(&self.signer.public_key(), self.state.intents.values());
        let composed = compose_all(&mut chain, own.iter().copied());
        let author = Author { device: identity.device, person: identity.person.id.clone() };
        let mut judging = Judging::new(self, case, now);
        let mut told = Vec::with_capacity(own.len());
        for ((_, intent), change) in own.into_iter().zip(composed) {
            let Some(judged) = judging.judge(intent) else { continue };
            told.extend(judged.founder.map(|entry| Told::Roster { sequence: 0, entry }));
            told.push(Told::Fact(ToldFact {
                sequence: judged.sequence,
                received_at: None,
                hash: change.tip.hash,
                actor: chain.actor,
                seq: change.tip.seq,
                author: author.clone(),
                verdict: judged.verdict,
                fact: Ok(judged.fact),
            }));
        }
        told
    }

    /// Own records without a row, acknowledged ones first.
    fn unplaced(&self, case: CaseId) -> Vec<(FactId, &Intent)> {
        let unplaced = |i: &Intent| i.case == case && !matches!(i.state, IntentState::Quarantined { .. });
        let mut own: Vec<_> = self.state.intents.iter().filter(|(_, i)| unplaced(i)).map(|(k, i)| (*k, i)).collect();
        own.sort_by_key(|(_, i)| (i.is_local(), i.order));
        own
    }
}

/// Judges own records one after the other, as the server would.
struct Judging<'a> {
    agent: &'a Agent,
    standing: Standing,
    known: HashMap<FactId, (Arc<Fact>, Verdict)>,
    now: i64,
}

/// An own record as the server would judge it.
struct Judged {
    fact: Arc<Fact>,
    /// Its row, if it was acknowledged.
    sequence: Option<u64>,
    verdict: Verdict,
    /// The roster row a new case begins with.
    founder: Option<RosterEntry>,
}

impl<'a> Judging<'a> {
    fn new(agent: &'a Agent, case: &Case, now: i64) -> Judging<'a> {
        let standing = case.standing().clone();
        let mut judging = Judging { agent, standing, known: HashMap::with_capacity(case.rows.len()), now };
        for held in &case.rows {
            if let Some(Ok(fact)) = held.fact() {
                judging.remember(fact, &held.row.verdict);
            }
        }
        judging
    }

    fn judge(&mut self, intent: &Intent) -> Option<Judged> {
        let identity = self.agent.state.identity.as_ref()?;
        let fact = Fact::read(intent.node.clone()).map(Arc::new).ok()?;
        let token_at = TimeToken::from_bytes(&intent.token).map(|t| t.issued_at);
        let mut arrival = Arrival::new(&identity.person.id, self.now, token_at, 0);
        let wanted = references(&fact);
        (arrival.amends, arrival.inquiry) = (self.referred(wanted.amends), self.referred(wanted.inquiry));
        let founder = founder(&self.standing, &fact, identity.person.role, None, &arrival);
        if let Some(entry) = &founder {
            self.standing.roster.set(entry.clone());
        }
        let (sequence, verdict) = match &intent.state {
            IntentState::Sent { sequence, verdict, .. } => (Some(*sequence), verdict.clone()),
            _ => (None, judge(&self.standing, Ok(&fact), &arrival, self.prior(&fact))),
        };
        let author = Author { device: identity.device, person: identity.person.id.clone() };
        let entry = Entry::Own { hash: ChangeHash::default(), actor: ActorId::default(), seq: 0, author };
        self.standing.apply(&entry, Some(&fact), &verdict);
        self.remember(&fact, &verdict);
        Some(Judged { fact, sequence, verdict, founder })
    }

    fn referred(&self, id: Option<FactId>) -> Option<Referred> {
        let (fact, _) = self.known.get(&id?)?;
        Some(Referred { person: fact.by.clone(), kind: fact.body.kind().to_owned() })
    }

    fn prior(&self, fact: &Fact) -> Prior {
        match self.known.get(&fact.id) {
            None => Prior::None,
            Some((known, verdict)) if content_digest(known) == content_digest(fact) => Prior::Same(verdict.clone()),
            Some(_) => Prior::Different,
        }
    }

    fn remember(&mut self, fact: &Arc<Fact>, verdict: &Verdict) {
        if verdict.code != Code::DuplicateId && verdict.reason != Some(Reason::NotAuthor) {
            self.known.entry(fact.id).or_insert_with(|| (fact.clone(), verdict.clone()));
        }
    }
}
