//! Recording under an id that the host chose: a form that was killed in the middle may be handed in again.

use super::case::Case;
use super::kept_fact::KeptFact;
use super::record::{Draft, Recorded};
use super::{Agent, AgentError};
use crate::case::Verdict;
use crate::fact::kinds::CaseOpened;
use crate::fact::{Body, Content, Fact, Node, Sealed, sealed_keys};
use crate::ids::{CaseId, FactId, UnitId};
use std::sync::Arc;

impl Agent {
    /// [`Agent::record`] under an id that the host drew and keeps with its form. If this record is on the phone already, whatever
    /// became of it, nothing is written and what stands now is answered; sealed values are compared by what they say. An id that holds
    /// another record is [`AgentError::AlreadyRecorded`].
    pub fn record_once(&mut self, fact: FactId, case: CaseId, draft: Draft, now: i64) -> Result<Recorded, AgentError> {
        self.refresh()?;
        let draft = Draft { body: draft.body.with_plain_lines(), ..draft };
        if let Some(known) = self.known(fact, case, &draft, now)? {
            return Ok(known);
        }
        self.held(case)?;
        self.keep(case, fact, draft, now)
    }

    /// [`Agent::open_case`] under ids that the host drew, like [`Agent::record_once`].
    pub fn open_case_once(
        &mut self,
        case: CaseId,
        fact: FactId,
        opened: CaseOpened,
        occurred_at: i64,
        now: i64,
    ) -> Result<Recorded, AgentError> {
        self.refresh()?;
        let draft = Draft { occurred_at, amends: None, body: Body::CaseOpened(opened).with_plain_lines() };
        if let Some(known) = self.known(fact, case, &draft, now)? {
            return Ok(known);
        }
        if self.state.cases.contains_key(&case) {
            return Err(AgentError::AlreadyRecorded);
        }
        self.keep(case, fact, draft, now)
    }

    /// What stands of a record that is here already.
    fn known(&mut self, id: FactId, case: CaseId, draft: &Draft, now: i64) -> Result<Option<Recorded>, AgentError> {
        self.who()?;
        let stands = match self.in_outbox(id, case, draft, now) {
            Some(stands) => Some(stands),
            None => match self.in_rows(id, case, draft)? {
                Some(stands) => Some(stands),
                None => self.in_traces(id, case, draft),
            },
        };
        let forecast = match stands {
            None => return Ok(None),
            Some(None) => return Err(AgentError::AlreadyRecorded),
            Some(Some(verdict)) => verdict,
        };
        self.drop_keys(id, draft);
        let notes = self.notes(case, &draft.body, now);
        Ok(Some(Recorded { case, fact: id, forecast, notes }))
    }

    /// Values sealed for a draft that is not kept are not kept either.
    fn drop_keys(&mut self, id: FactId, draft: &Draft) {
        let fact = self.as_if(draft, id, &UnitId(String::new()), 0);
        let sealed = fact.map(|fact| sealed_keys(&fact.node())).unwrap_or_default();
        self.loose_keys.retain(|key| !sealed.contains(&key.id));
    }

    /// `None`: not there. `Some(None)`: there with other content.
    fn in_outbox(&self, id: FactId, case: CaseId, draft: &Draft, now: i64) -> Option<Option<Verdict>> {
        let intent = self.state.outbox.get(id)?;
        let same = intent.case == case && self.state.outbox.fact(id).is_some_and(|stored| self.same(&stored, draft));
        Some(same.then(|| self.forecast(case, id, now)).flatten())
    }

    fn in_rows(&self, id: FactId, case: CaseId, draft: &Draft) -> Result<Option<Option<Verdict>>, AgentError> {
        let holds = |c: &&Case| c.case_digest.briefs().any(|(brief, _)| brief.fact.id == id);
        let Some(found) = self.state.cases.values().find(holds) else {
            let unreadable = |c: &Case| self.unreadable_rows(c).iter().any(|row| row.glimpse.id == Some(id));
            return Ok(self.state.cases.values().any(unreadable).then_some(None));
        };
        let briefs = || found.case_digest.briefs().map(|(brief, _)| brief).filter(|brief| brief.fact.id == id);
        let here = found.id == case;
        let same = here
            && (briefs().any(|brief| self.said(brief, draft))
                || self.history(found)?.facts(id).any(|stored| self.same(stored, draft)));
        if !same {
            return Ok(Some(None));
        }
        let outline = found.outline();
        let fact = outline.fact(id).or_else(|| outline.facts.iter().find(|f| f.fact.id == id));
        Ok(Some(fact.map(|fact| fact.verdict.clone())))
    }

    /// Of a case that is gone only kind and time are left to compare.
    fn in_traces(&self, id: FactId, case: CaseId, draft: &Draft) -> Option<Option<Verdict>> {
        let trace = self.state.traces.get(&id)?;
        let same = trace.case == case && trace.kind == draft.body.kind() && trace.occurred_at == draft.occurred_at;
        Some(same.then(|| trace.verdict.clone()))
    }

    /// The draft as the fact it would be in the place of `stored`: its moment of recording and unit are not the form's.
    fn as_if(&self, draft: &Draft, id: FactId, unit: &UnitId, recorded_at: i64) -> Option<Fact> {
        let by = self.state.identity.as_ref()?.person.id.clone();
        let Draft { occurred_at, amends, body } = draft.clone();
        Some(Fact { id, by, unit: unit.clone(), occurred_at, recorded_at, amends, body })
    }

    fn said(&self, stored: &KeptFact, draft: &Draft) -> bool {
        let fresh = self.as_if(draft, stored.fact.id, &stored.fact.unit, stored.fact.recorded_at);
        fresh.is_some_and(|fresh| Content::Whole(Arc::new(fresh)).hash() == stored.hash)
    }

    fn same(&self, stored: &Fact, draft: &Draft) -> bool {
        let fresh = self.as_if(draft, stored.id, &stored.unit, stored.recorded_at);
        fresh.is_some_and(|fresh| self.opened(fresh.node()) == self.opened(stored.node()))
    }

    /// A tree with the texts of sealed values in their places, where this phone holds the keys.
    fn opened(&self, node: Node) -> Node {
        match node {
            Node::Map(fields) => {
                let sealed: Option<Sealed> = Node::Map(fields.clone()).read().ok();
                match sealed.and_then(|sealed| self.unseal(&sealed)) {
                    Some(text) => Node::List(vec![Node::text("sealed"), Node::Str(text)]),
                    None => Node::Map(fields.into_iter().map(|(name, value)| (name, self.opened(value))).collect()),
                }
            }
            Node::List(items) => Node::List(items.into_iter().map(|item| self.opened(item)).collect()),
            plain => plain,
        }
    }
}
