//! The names behind ids: people and units, as the directory has them now. Pages and reports read them here.

use super::Reference;
use crate::db::sql::directory::{self, Person};
use crate::db::{Connection, DbError};
use daiban_core::fact::Names;
use daiban_core::ids::{PersonId, UnitId};
use daiban_core::people::{Organisation, Unit};
use daiban_messages::Say;
use daiban_messages::say::agent as say;
use std::collections::HashMap;
use std::sync::Arc;

/// One reading of it.
pub struct Directory {
    people: HashMap<PersonId, Person>,
    reference: Arc<Reference>,
}

impl Directory {
    /// Reads everybody once.
    pub fn read(conn: &Connection, reference: Arc<Reference>) -> Result<Directory, DbError> {
        let people = directory::people(conn)?.into_iter().map(|person| (person.id.clone(), person)).collect();
        Ok(Directory { people, reference })
    }

    /// A person's office line.
    pub fn phone(&self, id: &PersonId) -> Option<String> {
        self.people.get(id)?.phone.clone()
    }

    /// The units.
    pub fn organisation(&self) -> &Organisation {
        &self.reference.organisation
    }

    fn unit_by(&self, id: &UnitId, word: impl FnOnce(&Unit) -> &str) -> String {
        match (self.organisation().unit(id), id.as_str()) {
            (Some(unit), _) => word(unit).to_owned(),
            (None, "office") => say::NameOfOffice.say().zh,
            (None, "server") => say::NameOfServer.say().zh,
            (None, id) => id.to_owned(),
        }
    }
}

impl Names for Directory {
    fn person(&self, person: &PersonId) -> String {
        match (self.people.get(person), person.as_str()) {
            (Some(known), _) => known.name.clone(),
            (None, "office") => say::NameOfOffice.say().zh,
            (None, "server") => say::NameOfServer.say().zh,
            (None, id) => say::NameUnknown { id }.say().zh,
        }
    }

    fn unit(&self, unit: &UnitId) -> String {
        self.unit_by(unit, |unit| &unit.name)
    }

    fn unit_en(&self, unit: &UnitId) -> String {
        self.unit_by(unit, |unit| if unit.en.is_empty() { &unit.name } else { &unit.en })
    }
}
