//! The names behind ids: people and units, as the directory has them now. Pages and reports read them here.

use super::{OFFICE, Reference};
use crate::db::sql::directory::{self, Person};
use crate::db::sql::pack;
use crate::db::{Connection, DbError};
use daiban_core::calendar::Date;
use daiban_core::fact::Names;
use daiban_core::ids::{PersonId, UnitId};
use daiban_core::people::{Group, Organisation, Role, Unit};
use daiban_core::plan::Plan;
use daiban_messages::Say;
use daiban_messages::say::agent as say;
use std::collections::HashMap;
use std::sync::Arc;

/// One reading of it.
pub struct Directory {
    people: HashMap<PersonId, Person>,
    plan: Arc<Plan>,
}

impl Directory {
    /// Reads everybody once; units are called as they are today.
    pub fn read(conn: &Connection, reference: Arc<Reference>) -> Result<Directory, DbError> {
        Directory::of_plan(conn, reference.plan.clone())
    }

    /// The same with units as they are called on a day (R199).
    pub fn on(conn: &Connection, day: Date) -> Result<Directory, DbError> {
        Directory::of_plan(conn, Arc::new(pack::with_units(conn)?.on(day)))
    }

    fn of_plan(conn: &Connection, plan: Arc<Plan>) -> Result<Directory, DbError> {
        let people = directory::people(conn)?.into_iter().map(|person| (person.id.clone(), person)).collect();
        Ok(Directory { people, plan })
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// A person's office line.
    pub fn phone(&self, id: &PersonId) -> Option<String> {
        self.people.get(id)?.phone.clone()
    }

    /// The units.
    pub fn organisation(&self) -> &Organisation {
        &self.plan.organisation
    }

    fn unit_by(&self, id: &UnitId, word: impl FnOnce(&Unit) -> &str) -> String {
        match (self.organisation().unit(id), id.as_str()) {
            (Some(unit), _) => word(unit).to_owned(),
            (None, OFFICE) => self.organisation().role_zh(Role::Office),
            (None, "server") => say::NameOfServer.say().zh,
            (None, id) => id.to_owned(),
        }
    }
}

impl Names for Directory {
    fn group(&self, group: Group) -> String {
        self.organisation().group_zh(group).to_owned()
    }

    fn group_en(&self, group: Group) -> String {
        self.organisation().group_en(group).to_owned()
    }

    fn person(&self, person: &PersonId) -> String {
        match (self.people.get(person), person.as_str()) {
            (Some(known), _) => known.name.clone(),
            (None, OFFICE) => self.organisation().role_zh(Role::Office),
            (None, "server") => say::NameOfServer.say().zh,
            (None, id) => say::NameUnknown { id }.say().zh,
        }
    }

    fn unit(&self, unit: &UnitId) -> String {
        self.unit_by(unit, |unit| &unit.name)
    }

    fn unit_en(&self, unit: &UnitId) -> String {
        self.unit_by(unit, Unit::english)
    }
}
