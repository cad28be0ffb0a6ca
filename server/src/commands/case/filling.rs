//! A form filled in at the console: people and units by whatever they go by, personal data sealed.

use crate::commands::directory::{goes_by, organisation};
use crate::commands::words::name;
use crate::db::Connection;
use crate::db::sql::directory::{self, Person};
use crate::error::Problem;
use crate::random;
use axum::http::StatusCode;
use daiban_core::fact::field::{FieldValue, Filled, Reader};
use daiban_core::fact::{Body, FieldError, FieldErrors, Named, SealKey, Sealed, fact_kind, fact_kinds};
use daiban_core::ids::{KeyId, PersonId, UnitId};
use daiban_core::people::{Group, Organisation, near};
use daiban_messages::say::command_case as say;
use daiban_messages::say::command_people::UnitUnknown;
use daiban_messages::{Both, Message, Say};
use serde_json::Value;

/// Characters that a person's name must share with what was typed to be offered.
const NEAR_PERSON: usize = 1;
/// The same of a unit.
const NEAR_UNIT: usize = 2;

/// See the module.
pub(super) struct Filling {
    /// Keys of what was sealed.
    pub(super) keys: Vec<SealKey>,
    /// The units of the directory.
    pub(super) units: Organisation,
    people: Vec<Person>,
}

impl Filling {
    /// With the directory as it stands.
    pub(super) fn new(conn: &Connection) -> Result<Filling, Problem> {
        Ok(Filling { keys: Vec::new(), units: organisation(conn)?, people: directory::people(conn)? })
    }

    /// The body of a record, from JSON. Whom and what it names is in the directory; where a project lies is the district's own data.
    pub(super) fn body(&mut self, kind: &str, fields: Value) -> Result<Body, Problem> {
        if fact_kind(kind).is_none() {
            return Err(unknown_kind(kind));
        }
        let FieldValue::Fields(values) = FieldValue::from(fields) else {
            return Err(Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "fields", say::FieldsUnfit));
        };
        let body = Body::from_form(kind, &values, self).map_err(refused)?;
        let named = Named::of(&body);
        for person in &named.people {
            goes_by(person, &self.people, &self.units)?.ok_or_else(|| self.unknown_person(person))?;
        }
        match named.units.iter().find(|unit| self.units.unit(unit).is_none()) {
            Some(unit) => Err(self.unknown_unit(unit)),
            None => Ok(body),
        }
    }

    fn unknown_person(&self, typed: &PersonId) -> Problem {
        let serving = self.people.iter().filter(|person| person.left_at.is_none());
        let names = serving.map(|person| (person.name.as_str(), format!("{}（{}）", person.name, person.id)));
        let near = offered(near(typed.as_str(), NEAR_PERSON, names));
        Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "person_unknown", say::PersonUnknown { person: typed, near })
    }

    fn unknown_unit(&self, typed: &UnitId) -> Problem {
        let units = self.units.units().map(|unit| (unit.name.as_str(), unit.name.clone()));
        let near = offered(near(typed.as_str(), NEAR_UNIT, units));
        Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "unit_unknown", UnitUnknown { unit: typed, near })
    }
}

impl Reader for Filling {
    fn seal(&mut self, text: &str) -> Result<Sealed, FieldError> {
        let key = SealKey { id: KeyId(random::bytes()), key: random::bytes::<32>().to_vec() };
        let sealed = Sealed::seal(text, &key, random::bytes()).map_err(|_| {
            let Message { zh, en, .. } = say::TooLongToSeal.say();
            FieldError::new("sealed", en, zh)
        })?;
        self.keys.push(key);
        Ok(sealed)
    }

    fn group(&self, typed: &str) -> Option<Group> {
        self.units.group_called(typed)
    }

    fn unit(&self, typed: &str) -> UnitId {
        self.units.unit_id(typed)
    }

    /// What nobody or more than one goes by stays as it was typed, and is refused afterwards with its place in the directory.
    fn person(&self, typed: &str) -> PersonId {
        let typed = PersonId::from(typed);
        goes_by(&typed, &self.people, &self.units).ok().flatten().map_or(typed, |person| person.id.clone())
    }

    /// A program fills in what it means.
    fn filled(&self, _: Filled) -> Option<FieldValue> {
        None
    }
}

/// Near names as part of a sentence.
fn offered(names: Vec<String>) -> Both {
    let names: Vec<Both> = names.into_iter().map(name).collect();
    Both::from((!names.is_empty()).then(|| say::Near { names: Both::listed(&names) }.say()))
}

/// A record whose fields do not fit.
pub(super) fn refused(errors: FieldErrors) -> Problem {
    let problem = Problem::unprocessable("fields", errors.zh(), errors.to_string());
    match errors.0.into_iter().next() {
        Some(first) => problem.with("field", first.field),
        None => problem,
    }
}

fn unknown_kind(kind: &str) -> Problem {
    let known: Vec<Both> = fact_kinds().iter().map(|info| name(info.name)).collect();
    let said = say::KindUnknown { kind, kinds: Both::listed(&known) };
    Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "kind_unknown", said)
}
