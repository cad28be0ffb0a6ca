//! What the server would say of own records that have no row yet: the same judge, fed from the digest.

use super::Agent;
use super::case::Case;
use super::case_digest::own_entry;
use super::kept_fact::KeptFact;
use super::saved::{Intent, IntentState};
use crate::calendar::local_date;
use crate::case::{Author, JudgingState, Verdict};
use crate::fact::{Body, Content, Fact, FactDigest};
use crate::ids::{CaseId, FactId};
use crate::people::RosterEntry;
use crate::permit::{Arrival, Prior, Referred, founder, judge, references};
use crate::report::closes_at;
use crate::sync::TimeToken;
use std::collections::HashMap;
use std::sync::Arc;

/// Judges own records one after the other, as the server would.
pub(super) struct Judging<'a> {
    agent: &'a Agent,
    standing: JudgingState,
    known: HashMap<FactId, (Known<'a>, Verdict)>,
    now: i64,
}

/// A fact that took its id.
pub(super) enum Known<'a> {
    /// It stands in a row.
    Row(&'a KeptFact),
    /// It is an own record, or was read from its row.
    Whole(Arc<Fact>),
}

/// An own record as the server would judge it.
pub(super) struct Judged {
    pub fact: Arc<Fact>,
    /// Its row, if it was acknowledged.
    pub sequence: Option<u64>,
    pub verdict: Verdict,
    /// The roster row a new case begins with.
    pub founder: Option<RosterEntry>,
}

impl Agent {
    /// A judge of what comes after the rows of a case.
    pub(super) fn judging<'a>(&'a self, case: &'a Case, now: i64) -> Judging<'a> {
        // Most cases have nothing to be judged.
        if self.state.outbox.of(case.id).next().is_none() {
            return Judging { agent: self, standing: JudgingState::new(case.id), known: HashMap::new(), now };
        }
        let rows = case.case_digest.briefs().map(|(brief, verdict)| (Known::Row(brief), verdict));
        Judging::new(self, case.standing().clone(), rows, now)
    }

    /// What the server would say of an own record that has no row yet; of a refused one, if it went out again.
    pub(super) fn forecast(&self, case: CaseId, fact: FactId, now: i64) -> Option<Verdict> {
        let case = self.state.cases.get(&case)?;
        let mut judging = self.judging(case, now);
        let mut found = None;
        for (id, intent) in self.state.outbox.unplaced(case.id) {
            let judged = judging.judge(id, intent);
            if id == fact {
                found = judged;
            }
        }
        let refused = || judging.judge(fact, self.state.outbox.get(fact).filter(|i| i.case == case.id)?);
        found.or_else(refused).map(|judged| judged.verdict)
    }
}

impl<'a> Judging<'a> {
    pub fn new(
        agent: &'a Agent,
        standing: JudgingState,
        rows: impl Iterator<Item = (Known<'a>, Verdict)>,
        now: i64,
    ) -> Judging<'a> {
        let mut judging = Judging { agent, standing, known: HashMap::new(), now };
        rows.for_each(|(fact, verdict)| judging.remember(fact, verdict));
        judging
    }

    /// Judges the next record.
    pub fn judge(&mut self, id: FactId, intent: &Intent) -> Option<Judged> {
        let identity = self.agent.state.identity.as_ref()?;
        let fact = self.agent.state.outbox.fact(id)?;
        let token_at = TimeToken::from_bytes(&intent.token).map(|t| t.issued_at);
        // The phone's clock is slow by at least as much as it lies before the newest token it holds.
        let now = self.agent.heard_at().map_or(self.now, |held| held.max(self.now));
        let mut arrival = Arrival::new(&identity.person.id, now, token_at, self.now.saturating_sub(now));
        arrival.numbers = self.agent.numbers().form_numbers(fact.recorded_at.min(now));
        arrival.organisation = self.agent.state.rules.plan().holding(local_date(now)).organisation.clone();
        let wanted = references(&fact);
        (arrival.amends, arrival.named) = (self.referred(wanted.amends), self.referred(wanted.named));
        arrival.week_closes_at = match &fact.body {
            Body::NoChange(body) => closes_at(self.agent.calendar(), self.agent.numbers(), body.week),
            _ => None,
        };
        let founder = founder(&self.standing, &fact, identity.person.role, None, &arrival);
        if let Some(entry) = &founder {
            self.standing.roster.set(entry.clone());
        }
        let (sequence, verdict) = match &intent.state {
            IntentState::Sent { sequence, verdict, .. } => (Some(*sequence), verdict.clone()),
            _ => (None, judge(&self.standing, Ok(&fact), &arrival, self.prior(&fact))),
        };
        let author = Author { device: identity.device, person: identity.person.id.clone() };
        self.standing.apply(&own_entry(author), Some(&FactDigest::from(&*fact)), &verdict, now);
        self.remember(Known::Whole(fact.clone()), verdict.clone());
        Some(Judged { fact, sequence, verdict, founder })
    }

    fn referred(&self, id: Option<FactId>) -> Option<Referred> {
        let (fact, _) = self.known.get(&id?)?;
        Some(fact.referred())
    }

    fn prior(&self, fact: &Arc<Fact>) -> Prior {
        match self.known.get(&fact.id) {
            None => Prior::None,
            Some((known, verdict)) if known.hash() == Content::Whole(fact.clone()).hash() => Prior::Same(verdict.clone()),
            Some(_) => Prior::Different,
        }
    }

    fn remember(&mut self, fact: Known<'a>, verdict: Verdict) {
        if verdict.takes_id() {
            self.known.entry(fact.id()).or_insert((fact, verdict));
        }
    }
}

impl Known<'_> {
    fn id(&self) -> FactId {
        match self {
            Known::Row(brief) => brief.fact.id,
            Known::Whole(fact) => fact.id,
        }
    }

    fn hash(&self) -> [u8; 16] {
        match self {
            Known::Row(brief) => brief.hash,
            Known::Whole(fact) => Content::Whole(fact.clone()).hash(),
        }
    }

    fn referred(&self) -> Referred {
        match self {
            Known::Row(brief) => Referred { person: brief.fact.by.clone(), kind: brief.fact.body.kind().to_owned() },
            Known::Whole(fact) => Referred { person: fact.by.clone(), kind: fact.body.kind().to_owned() },
        }
    }
}
