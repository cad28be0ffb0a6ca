//! What somebody should look at again in a record that is saved all the same: 请核对.

use super::{Agent, Called, KnownNames};
use crate::fact::{Body, FieldError, FieldErrors, Named, Names};
use crate::ids::{CaseId, PersonId, UnitId};
use crate::people::{RosterEntry, near};
use crate::sync::names::PersonName;

/// Characters that a unit's name must share with what was typed to be offered.
const NEAR: usize = 2;

impl Agent {
    /// Everything about a record of a case that looks like a typing error, as far as this phone knows: codes that do not fit,
    /// people of none of its teams, units neither of the plan nor of a team, more given back than was received.
    pub(super) fn notes(&self, case: CaseId, body: &Body, now: i64) -> Vec<FieldError> {
        let mut notes = body.notes();
        let named = Named::of(body);
        notes.extend(named.people.iter().filter(|person| !self.knows_person(person)).map(unknown_person));
        notes.extend(named.units.iter().filter(|unit| !self.knows_unit(unit)).map(|unit| self.unknown_unit(unit)));
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
        let offered = if offered.is_empty() { String::new() } else { format!("，相近的有：{}", offered.join("、")) };
        let zh = format!("“{unit}”不在单位名录{offered}，请核对；不在名录的，上传后待专班办公室认定。");
        FieldError::new("unit", format!("{unit} is no known unit"), zh)
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
        let zh = format!("{titles}移交多于收到，请核对份数；同事的收件记录尚未上传的，上传后自动相符。");
        (!surplus.is_empty()).then(|| FieldError::new("items", format!("more returned than received: {titles}"), zh))
    }
}

fn unclear(names: &KnownNames, typed: &PersonId, people: &[PersonName]) -> FieldError {
    let choice = |person: &PersonName| format!("{typed}@{}", Names::unit(names, &person.unit));
    let mut choices: Vec<String> = people.iter().map(choice).collect();
    choices.dedup();
    if choices.len() < people.len() {
        choices = people.iter().map(|person| format!("{}（{}）", person.id, Names::unit(names, &person.unit))).collect();
    }
    let zh = format!("有{}人叫“{typed}”，请改填：{}。", people.len(), choices.join("、"));
    FieldError::new("person", format!("several people are called {typed}"), zh)
}

fn unknown_person(person: &PersonId) -> FieldError {
    let zh = format!("“{person}”不是本人任何项目的团队成员，请核对姓名或人员编号；不在名录的，上传后待专班办公室认定。");
    FieldError::new("person", format!("{person} is of none of your teams"), zh)
}
