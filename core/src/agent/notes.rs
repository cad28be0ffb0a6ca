//! What somebody should look at again in a record that is saved all the same: 请核对.

use super::Agent;
use crate::fact::{Body, FieldError, Named};
use crate::ids::{CaseId, PersonId, UnitId};
use crate::people::{Organisation, RosterEntry, UnitKind, near};

/// Characters that a unit's name must share with what was typed to be offered.
const NEAR: usize = 2;

impl Agent {
    /// Everything about a record of a case that looks like a typing error, as far as this phone knows: codes that do not fit,
    /// people of none of its teams, units neither of the plan nor of a team, more given back than was received.
    pub(super) fn notes(&self, case: CaseId, body: &Body, now: i64) -> Vec<FieldError> {
        let mut notes = body.notes();
        let named = Named::of(body);
        notes.extend(named.people.iter().filter(|person| !self.knows_person(person)).map(unknown_person));
        notes.extend(named.units.iter().filter(|unit| !self.knows_unit(unit)).map(unknown_unit));
        if matches!(body, Body::MaterialReturned(_)) {
            notes.extend(self.surplus(case, body, now));
        }
        notes
    }

    fn seats(&self) -> impl Iterator<Item = &RosterEntry> {
        self.state.cases.values().flat_map(|case| case.standing().roster.entries())
    }

    fn knows_person(&self, person: &PersonId) -> bool {
        let own = self.state.identity.as_ref().is_some_and(|identity| identity.person.id == *person);
        own || self.seats().any(|seat| seat.person == *person)
    }

    fn knows_unit(&self, unit: &UnitId) -> bool {
        let own = self.state.identity.as_ref().is_some_and(|identity| identity.person.unit == *unit);
        own || Organisation::of_plan().unit(unit).is_some() || self.seats().any(|seat| seat.unit == *unit)
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

fn unknown_person(person: &PersonId) -> FieldError {
    let zh = format!("“{person}”不是本人任何项目的团队成员，请核对人员编号；不在名录的，上传后待专班办公室认定。");
    FieldError::new("person", format!("{person} is of none of your teams"), zh)
}

fn unknown_unit(unit: &UnitId) -> FieldError {
    let plan = Organisation::of_plan().units().filter(|unit| unit.kind != UnitKind::OfProject);
    let offered = near(unit.as_str(), NEAR, plan.map(|unit| (unit.name.as_str(), unit.name.as_str())));
    let offered = if offered.is_empty() { String::new() } else { format!("，相近的有：{}", offered.join("、")) };
    let zh = format!("“{unit}”不是方案所列单位{offered}，请核对；不在名录的，上传后待专班办公室认定。");
    FieldError::new("unit", format!("{unit} is no unit of the plan"), zh)
}
