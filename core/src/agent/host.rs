//! What a host asks besides the screens: where the server is, what may be recorded, what a record said.

use super::saved::{self, meta};
use super::{Agent, AgentError};
use crate::calendar::local_date;
use crate::case::Reason;
use crate::fact::{Fact, KindInfo, fact_kinds};
use crate::ids::{CaseId, FactId};
use crate::permit::may;
use crate::store::{Batch, Namespace};
use crate::sync::Address;
use std::sync::Arc;

impl Agent {
    /// Where the server is, as the host last said; `None` before enrolment. It lies sealed in the store like everything else.
    pub fn address(&self) -> Result<Option<Address>, AgentError> {
        let stored = self.store.load(Namespace::Meta)?.into_iter().find(|(name, _)| name == meta::ADDRESS);
        let text: Option<String> = stored.map(|(_, value)| saved::read(&value)).transpose()?;
        Ok(text.and_then(|text| Address::parse(&text).ok()))
    }

    /// Goes to the server at this address from now on.
    pub fn set_address(&mut self, address: &Address) -> Result<(), AgentError> {
        let mut batch = Batch::default();
        saved::put(&mut batch, Namespace::Meta, meta::ADDRESS, &address.to_string());
        Ok(self.save(&batch)?)
    }

    /// Every kind a phone records, and why this person should not begin one in this case now. It may be recorded all the same: only
    /// the server's verdict counts.
    pub fn actions(&self, case: CaseId, now: i64) -> Result<Vec<(&'static KindInfo, Option<Reason>)>, AgentError> {
        let person = &self.who()?.person.id;
        let case = self.state.cases.get(&case).ok_or(AgentError::NotFound("case"))?;
        let view = self.outlook(case, now).view;
        let mut standing = case.standing().clone();
        // Own work that is not uploaded counts as if it were: a letter recorded this morning opens the way offline, too.
        standing.roster = view.roster.clone();
        let letter_here = view.letter.is_some();
        let district = self.plan().holding(local_date(now)).organisation.clone();
        let judged = fact_kinds().iter().map(|kind| {
            let refused = may(&standing, person, kind.name, &district, now).err();
            (kind, refused.filter(|reason| !(letter_here && *reason == Reason::BeforeLetter)))
        });
        Ok(judged.collect())
    }

    /// A fact of a case as it was recorded: of the case's rows, or an own record that has none, quarantined ones included.
    pub fn fact(&self, case: CaseId, fact: FactId, now: i64) -> Result<Arc<Fact>, AgentError> {
        if self.state.outbox.get(fact).is_some_and(|intent| intent.case == case) {
            return self.state.outbox.fact(fact).ok_or(AgentError::NotFound("record"));
        }
        let view = self.case(case, now)?;
        view.fact(fact).and_then(|f| f.content.whole().cloned()).ok_or(AgentError::NotFound("record"))
    }
}
