//! Recording: the person's word is durable here before anything else happens.

use super::case::Case;
use super::saved::{self, CaseNote, Intent, IntentState};
use super::{Agent, AgentError};
use crate::admit;
use crate::case::{Code, Reason, Verdict};
use crate::fact::kinds::CaseOpened;
use crate::fact::{Body, Fact, FieldError, FieldErrors};
use crate::ids::{CaseId, FactId};
use crate::limits::CLOCK_SKEW_SECONDS_MAX;
use crate::permit::ineligible;
use crate::permit::plausible::{Doubt, Held, MADE_AT, OCCURRED_AT, Why, doubts};
use crate::store::{Batch, Namespace};
use daiban_messages::say::agent as say;
use daiban_messages::{Message, Say};

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
    /// What looks like a typing error; nothing was refused for it.
    pub notes: Vec<FieldError>,
}

/// What the server says of a record whose envelope cannot be read.
pub(super) fn unreadable(now: i64) -> Verdict {
    Verdict { code: Code::Void, reason: Some(Reason::Unreadable), effective_at: now, clock_doubtful: false }
}

impl Recorded {
    /// The warning to show, if there is one.
    pub fn warning(&self) -> Option<Message> {
        if self.forecast.code != Code::Effective {
            return Some(say::SavedForecast { forecast: self.forecast.message() }.say());
        }
        self.forecast.clock_doubtful.then(|| say::SavedDoubtful.say())
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
        self.refresh()?;
        let intent = self.state.outbox.get(fact).filter(|i| matches!(i.state, IntentState::Quarantined { again: None, .. }));
        let old = intent.ok_or(AgentError::NotFound("record"))?.clone();
        let read = Fact::read(old.node.clone()).map_err(|why| why.field_error())?;
        self.held(old.case)?;
        let draft = Draft { occurred_at: read.occurred_at, amends: read.amends, body: read.body };
        let id = FactId(self.draw());
        let new = Intent { keys: old.keys.clone(), ..self.composed(old.case, id, draft, now)? };
        let replaced = match old.state.clone() {
            IntentState::Quarantined { code, quarantine, .. } => IntentState::Quarantined { code, quarantine, again: Some(id) },
            other => other,
        };
        let case = old.case;
        self.put(vec![(id, new), (fact, Intent { state: replaced, ..old })])?;
        Ok(self.recorded(case, id, now))
    }

    /// Saves a record under an id that is not used yet.
    pub(super) fn keep(&mut self, case: CaseId, id: FactId, draft: Draft, now: i64) -> Result<Recorded, AgentError> {
        self.refresh()?;
        let intent = self.composed(case, id, draft, now)?;
        self.put(vec![(id, intent)])?;
        Ok(self.recorded(case, id, now))
    }

    /// What a draft is kept as. A draft that would not read back as what it says, or that admission would not take, is refused here,
    /// before anything is saved.
    fn composed(&self, case: CaseId, id: FactId, draft: Draft, now: i64) -> Result<Intent, AgentError> {
        let person = &self.who()?.person;
        let Draft { occurred_at, amends, body } = draft;
        let (by, unit, body) = (person.id.clone(), person.unit.clone(), body.with_plain_lines());
        let fact = Fact { id, by, unit, occurred_at, recorded_at: now, amends, body };
        fact.check()?;
        self.unclear_people(&fact.body).done()?;
        self.unfit(&fact, now).done()?;
        let node = fact.node();
        let (order, keys, token) = (self.state.outbox.next_order(), self.keys_for(&node), self.state.server.token.clone());
        let intent = Intent { order, case, node, keys, token, state: IntentState::Local };
        self.admissible(&intent)?;
        Ok(intent)
    }

    /// What of a draft's dates a form asks about before it records: none of these is refused. Empty for a draft that cannot be recorded
    /// for other reasons.
    pub fn date_questions(&self, draft: &Draft, now: i64) -> Vec<Doubt> {
        let Ok(person) = self.who().map(|identity| &identity.person) else { return Vec::new() };
        let Draft { occurred_at, amends, body } = draft.clone();
        let (id, by, unit) = (FactId::default(), person.id.clone(), person.unit.clone());
        let fact = Fact { id, by, unit, occurred_at, recorded_at: now, amends, body };
        self.date_doubts(&fact, now).into_iter().filter(|doubt| !doubt.is_refused()).collect()
    }

    /// What by the numbers of the day keeps a fact from being recorded: dates that cannot be, a project that is too small.
    pub fn unfit(&self, fact: &Fact, now: i64) -> FieldErrors {
        let doubts = self.date_doubts(fact, now);
        let least = self.numbers().form_numbers(self.heard_at().map_or(now, |heard| heard.max(now))).investment_min;
        let dates = doubts.iter().filter(|doubt| doubt.is_refused()).map(FieldError::from);
        FieldErrors(dates.chain(ineligible(&fact.body, least)).collect())
    }

    /// By a clock that cannot be right, while no server has told the time, nothing is doubted but a date before there was a plan.
    fn date_doubts(&self, fact: &Fact, now: i64) -> Vec<Doubt> {
        let heard = self.heard_at();
        let is_blind = heard.is_none() && now < MADE_AT;
        let now = heard.map_or(now, |heard| heard.max(now));
        let mut found = doubts(fact, Held { recorded_at: now, received_at: now, numbers: self.numbers().form_numbers(now) });
        // Nobody typed what is the clock's own word: a phone with a dead clock goes on recording.
        let is_clocks = fact.occurred_at.abs_diff(fact.recorded_at) <= CLOCK_SKEW_SECONDS_MAX.unsigned_abs();
        found.retain(|doubt| !(is_clocks && doubt.field == OCCURRED_AT) && (!is_blind || doubt.why == Why::BeforePlan));
        found
    }

    /// Saves records, all or none.
    pub(super) fn put(&mut self, intents: Vec<(FactId, Intent)>) -> Result<(), AgentError> {
        let mut batch = Batch::default();
        for (id, intent) in &intents {
            if !self.state.cases.contains_key(&intent.case) {
                saved::put(&mut batch, Namespace::Case, &intent.case.0, &CaseNote::default());
            }
            saved::put(&mut batch, Namespace::Intent, &id.0, intent);
        }
        self.save(&batch)?;
        for (id, intent) in intents {
            self.loose_keys.retain(|k| !intent.keys.iter().any(|kept| kept.id == k.id));
            self.state.cases.entry(intent.case).or_insert_with(|| Case::new(intent.case, CaseNote::default()));
            self.state.outbox.insert(id, intent);
        }
        Ok(())
    }

    /// What is answered once a record is durable; never an error, for it is kept.
    fn recorded(&self, case: CaseId, fact: FactId, now: i64) -> Recorded {
        let forecast = self.forecast(case, fact, now).unwrap_or_else(|| unreadable(now));
        let body = self.state.outbox.fact(fact).map(|fact| fact.body.clone());
        let notes = body.map(|body| self.notes(case, &body, now)).unwrap_or_default();
        Recorded { case, fact, forecast, notes }
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
