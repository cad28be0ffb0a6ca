//! What somebody should look at again in a record that is saved all the same: 请核对.

use super::{Agent, Called, KnownNames};
use crate::fact::{Body, FieldError, FieldErrors, Named, Names};
use crate::ids::{CaseId, PersonId, UnitId};
use crate::people::{RosterEntry, Unit, near};
use crate::permit::unplaced;
use crate::sync::names::PersonName;
use daiban_messages::say::agent as say;
use daiban_messages::{Both, Say};

/// Characters that a unit's name must share with what was typed to be offered.
const NEAR: usize = 2;

impl Agent {
    /// Everything about a record of a case that looks like a typing error, as far as this phone knows: codes that do not fit,
    /// people of none of its teams, units neither of the plan nor of a team, a project that lies nowhere, more given back than was received.
    pub(super) fn notes(&self, case: CaseId, body: &Body, now: i64) -> Vec<FieldError> {
        let mut notes = body.notes();
        let named = Named::of(body);
        notes.extend(named.people.iter().filter(|person| !self.knows_person(person)).map(unknown_person));
        notes.extend(named.units.iter().filter(|unit| !self.knows_unit(unit)).map(|unit| self.unknown_unit(unit)));
        // A phone that was told of no place yet knows nothing of places.
        let knows_places = self.names().organisation().units().any(Unit::is_place);
        notes.extend(unplaced(body, self.names().organisation()).filter(|_| knows_places));
        if matches!(body, Body::MaterialReturned(_)) {
            notes.extend(self.surplus(case, body, now));
        }
        notes
    }

    fn seats(&self) -> impl Iterator<Item = &RosterEntry> {
        self.state.cases.values().flat_map(|case| case.standing().roster.entries())
    }

    fn knows_person(&self, person: &PersonId) -> bool {
        self.names().find(person).is_some() || self.seats().any(|seat| seat.person == *person)
    }

    fn knows_unit(&self, unit: &UnitId) -> bool {
        let own = self.state.identity.as_ref().is_some_and(|identity| identity.person.unit == *unit);
        own || self.names().organisation().unit(unit).is_some() || self.seats().any(|seat| seat.unit == *unit)
    }

    fn unknown_unit(&self, unit: &UnitId) -> FieldError {
        let units = self.names().organisation().units().map(|unit| (unit.name.as_str(), unit.name.as_str()));
        let offered = near(unit.as_str(), NEAR, units);
        let near = (!offered.is_empty()).then(|| say::UnitNear { units: offered.join("、") }.say());
        note("unit", say::UnitUnknown { unit, near: Both::from(near) })
    }

    /// Names in a record that several people have: which of them is meant only whoever typed it knows.
    pub fn unclear_people(&self, body: &Body) -> FieldErrors {
        let several = |person: &PersonId| match self.names().called(person.as_str()) {
            Called::Several(people) => Some(unclear(self.names(), person, &people)),
            Called::One(_) => None,
        };
        FieldErrors(Named::of(body).people.iter().filter_map(several).collect())
    }

    /// The case has the record already, so what it gives back is in the ledger.
    fn surplus(&self, case: CaseId, body: &Body, now: i64) -> Option<FieldError> {
        let view = self.case(case, now).ok()?;
        let Body::MaterialReturned(back) = body else { return None };
        let mine = |title: &str| back.items.iter().any(|item| item.title.trim() == title);
        let surplus: Vec<&str> = view.surplus().map(|line| line.title.as_str()).filter(|title| mine(title)).collect();
        let titles = surplus.join("、");
        (!surplus.is_empty()).then(|| note("items", say::Surplus { titles }))
    }
}

fn note(field: &str, said: impl Say) -> FieldError {
    let said = said.say();
    FieldError::of(field, said)
}

fn unclear(names: &KnownNames, typed: &PersonId, people: &[PersonName]) -> FieldError {
    let choice = |person: &PersonName| format!("{typed}@{}", Names::unit(names, &person.unit));
    let mut choices: Vec<String> = people.iter().map(choice).collect();
    choices.dedup();
    if choices.len() < people.len() {
        choices = people.iter().map(|person| format!("{}（{}）", person.id, Names::unit(names, &person.unit))).collect();
    }
    note("person", say::PersonUnclear { count: people.len(), typed, choices: choices.join("、") })
}

fn unknown_person(person: &PersonId) -> FieldError {
    note("person", say::PersonUnknown { person })
}
