//! What a form leaves to the phone: who fills it in, in which case, and the keys for personal data.

use crate::error::EngineError;
use daiban_core::agent::{Agent, AgentError, Draft};
use daiban_core::fact::field::{FieldValue, Filled, Reader};
use daiban_core::fact::form::{Known, known_kind};
use daiban_core::fact::{Body, Fact, FieldError, FieldErrors, Sealed};
use daiban_core::ids::{CaseId, FactId, PersonId, UnitId};
use daiban_core::people::Group;

/// When it happened, and when it is written down, Unix seconds.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    pub occurred_at: i64,
    pub now: i64,
}

/// A form in the hands of this phone's person.
pub(crate) struct Filling<'a> {
    agent: &'a mut Agent,
    person: PersonId,
    unit: UnitId,
    moment: Moment,
    title: Option<String>,
    enterprise: Option<String>,
}

impl<'a> Filling<'a> {
    /// A form of a kind; of its case only what the kind's fields take from it is read, if it is still here.
    pub fn new(agent: &'a mut Agent, case: Option<CaseId>, kind: &str, moment: Moment) -> Result<Filling<'a>, EngineError> {
        let who = agent.identity().ok_or(AgentError::NotEnrolled)?.person.clone();
        let kind = known_kind(kind).map_err(AgentError::from)?;
        let from_case = kind.fields.iter().any(|info| matches!(info.filled, Some(Filled::Title | Filled::Enterprise)));
        let case = case.filter(|_| from_case).and_then(|case| agent.case(case, moment.now).ok());
        let (title, enterprise) = case.map(|case| (case.title.clone(), case.enterprise.clone())).unwrap_or_default();
        Ok(Filling { agent, person: who.id, unit: who.unit, moment, title, enterprise })
    }

    /// The body of what was typed.
    pub fn body(&mut self, kind: &str, values: &[(String, FieldValue)]) -> Result<Body, EngineError> {
        Ok(Body::from_form(kind, values, self).map_err(AgentError::from)?)
    }

    /// Everything that is wrong with what was typed.
    pub fn problems(&mut self, kind: &str, values: &[(String, FieldValue)]) -> FieldErrors {
        let body = match Body::from_form(kind, values, self) {
            Ok(body) => body.with_plain_lines(),
            Err(errors) => return errors,
        };
        let (id, by, unit) = (FactId::default(), self.person.clone(), self.unit.clone());
        let Moment { occurred_at, now } = self.moment;
        let fact = Fact { id, by, unit, occurred_at, recorded_at: now, amends: None, body };
        fact.check()
            .and_then(|()| self.agent.unclear_people(&fact.body).done())
            .err()
            .unwrap_or_else(|| self.agent.unfit(&fact, now))
    }

    /// Dates that fit and are to be looked at again before they are saved; empty while something does not fit.
    pub fn questions(&mut self, kind: &str, values: &[(String, FieldValue)]) -> FieldErrors {
        let Ok(body) = Body::from_form(kind, values, self) else { return FieldErrors::default() };
        let Moment { occurred_at, now } = self.moment;
        let asked = self.agent.date_questions(&Draft { occurred_at, amends: None, body }, now);
        FieldErrors(asked.iter().map(FieldError::from).collect())
    }
}

impl Reader for Filling<'_> {
    fn seal(&mut self, text: &str) -> Result<Sealed, FieldError> {
        self.agent.seal(text).map_err(|error| {
            let first = if let AgentError::Fields(errors) = &error { errors.first().cloned() } else { None };
            first.unwrap_or_else(|| FieldError::of("sealed", error.message()))
        })
    }

    fn group(&self, typed: &str) -> Option<Group> {
        self.agent.names().organisation().group_called(typed)
    }

    fn unit(&self, typed: &str) -> UnitId {
        self.agent.names().organisation().unit_id(typed)
    }

    fn person(&self, typed: &str) -> PersonId {
        self.agent.names().person_id(typed)
    }

    fn filled(&self, from: Filled) -> Option<FieldValue> {
        let (title, enterprise) = (self.title.as_deref(), self.enterprise.as_deref());
        Known { person: &self.person, occurred_at: self.moment.occurred_at, title, enterprise }.filled(from)
    }
}
