//! Recording: the person's word is durable here before anything else happens.

use super::case::Case;
use super::saved::{self, CaseNote, Intent, IntentState};
use super::{Agent, AgentError};
use crate::admit;
use crate::case::Verdict;
use crate::fact::kinds::CaseOpened;
use crate::fact::{Body, Fact};
use crate::ids::{CaseId, FactId};
use crate::store::{Batch, Shelf};

/// What a person records.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// 发生: when it happened, Unix seconds.
    pub occurred_at: i64,
    /// The fact it corrects.
    pub amends: Option<FactId>,
    /// What was done.
    pub body: Body,
}

/// A record that is durable on this phone (本机).
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// The case.
    pub case: CaseId,
    /// The record's id.
    pub fact: FactId,
    /// What the server would say if it arrived now. Anything but 已生效 is a warning; the server's verdict alone counts.
    pub forecast: Verdict,
}

impl Recorded {
    /// The warning to show, if there is one.
    pub fn warning_zh(&self) -> Option<String> {
        if self.forecast.code != crate::case::Code::Effective {
            return Some(format!("已存本机；按目前资料，上传后将为：{}", self.forecast.zh()));
        }
        let doubtful = "已存本机；本机时间与服务器时间不符，请打开“自动设置时间”，否则记录会标为时间存疑。";
        self.forecast.clock_doubtful.then(|| doubtful.to_owned())
    }
}

impl Agent {
    /// Opens a new case (线索), with or without signal.
    pub fn open_case(&mut self, opened: CaseOpened, occurred_at: i64, now: i64) -> Result<Recorded, AgentError> {
        let case = CaseId(self.draw());
        let id = FactId(self.draw());
        self.keep(case, id, Draft { occurred_at, amends: None, body: Body::CaseOpened(opened) }, now)
    }

    /// Records a fact in a case this phone holds. `now` is the phone's clock. Wrong fields are refused before anything is saved;
    /// what only may turn out void is recorded with a warning.
    pub fn record(&mut self, case: CaseId, draft: Draft, now: i64) -> Result<Recorded, AgentError> {
        self.held(case)?;
        let id = FactId(self.draw());
        self.keep(case, id, draft, now)
    }

    /// A case that can be written in.
    pub(super) fn held(&self, case: CaseId) -> Result<(), AgentError> {
        self.state.cases.get(&case).filter(|c| !c.note.withdrawn).map(|_| ()).ok_or(AgentError::NotFound("case"))
    }

    /// Records a quarantined record again under a new id; the old one stays listed.
    pub fn record_again(&mut self, fact: FactId, now: i64) -> Result<Recorded, AgentError> {
        let intent = self.state.outbox.get(fact).filter(|i| matches!(i.state, IntentState::Quarantined { again: None, .. }));
        let old = intent.ok_or(AgentError::NotFound("record"))?.clone();
        let read = Fact::read(old.node.clone()).map_err(|_| AgentError::NotFound("record"))?;
        let draft = Draft { occurred_at: read.occurred_at, amends: read.amends, body: read.body };
        self.loose_keys.extend(old.keys.iter().cloned());
        let recorded = self.record(old.case, draft, now)?;
        let IntentState::Quarantined { code, quarantine, .. } = old.state.clone() else { return Ok(recorded) };
        let replaced = Intent { state: IntentState::Quarantined { code, quarantine, again: Some(recorded.fact) }, ..old };
        let mut batch = Batch::default();
        saved::put(&mut batch, Shelf::Intent, &fact.0, &replaced);
        self.save(&batch)?;
        self.state.outbox.insert(fact, replaced);
        Ok(recorded)
    }

    /// Saves a record under an id that is not used yet.
    pub(super) fn keep(&mut self, case: CaseId, id: FactId, draft: Draft, now: i64) -> Result<Recorded, AgentError> {
        self.refresh()?;
        draft.body.check()?;
        let person = &self.who()?.person;
        let Draft { occurred_at, amends, body } = draft;
        let (by, unit) = (person.id.clone(), person.unit.clone());
        let fact = Fact { id, by, unit, occurred_at, recorded_at: now, amends, body };
        let intent = Intent {
            order: self.state.outbox.next_order(),
            case,
            node: fact.node(),
            keys: self.keys_for(&fact.node()),
            token: self.state.server.token.clone(),
            state: IntentState::Local,
        };
        self.admissible(&intent)?;
        let mut batch = Batch::default();
        if !self.state.cases.contains_key(&case) {
            saved::put(&mut batch, Shelf::Case, &case.0, &CaseNote::default());
        }
        saved::put(&mut batch, Shelf::Intent, &id.0, &intent);
        self.save(&batch)?;
        self.loose_keys.retain(|k| !intent.keys.iter().any(|kept| kept.id == k.id));
        self.state.cases.entry(case).or_insert_with(|| Case::new(case, CaseNote::default()));
        self.state.outbox.insert(id, intent);
        let forecast = self.forecast(case, id, now).ok_or(AgentError::NotFound("record"))?;
        Ok(Recorded { case, fact: id, forecast })
    }

    /// Passes the record through the server's own admission, so that an honest phone never makes what a server refuses.
    fn admissible(&self, intent: &Intent) -> Result<(), AgentError> {
        let fresh = Case::new(intent.case, CaseNote::default());
        let case = self.state.cases.get(&intent.case).unwrap_or(&fresh);
        let mut chain = case.own_chain(&self.signer.public_key(), &self.state.outbox);
        let change = chain.push(FactId::default(), &intent.node, intent.recorded_at());
        admit::check(&change.bytes, chain.actor).map(|_| ()).map_err(AgentError::Unwritable)
    }
}
