//! The names behind ids: people and units, as the directory has them now.

use super::Lang;
use crate::app::Reference;
use crate::db::sql::directory::{self, Person};
use crate::db::{Connection, DbError};
use daiban_core::fact;
use daiban_core::ids::{PersonId, UnitId};
use daiban_core::people::Organisation;
use std::collections::HashMap;
use std::sync::Arc;

/// One reading of the directory.
pub struct Names {
    people: HashMap<PersonId, Person>,
    reference: Arc<Reference>,
}

impl Names {
    /// Reads everybody once.
    pub fn read(conn: &Connection, reference: Arc<Reference>) -> Result<Names, DbError> {
        let people = directory::people(conn)?.into_iter().map(|person| (person.id.clone(), person)).collect();
        Ok(Names { people, reference })
    }

    /// A person's name; the id itself where the directory does not know it.
    pub fn person(&self, id: &PersonId) -> String {
        match self.people.get(id) {
            Some(person) => person.name.clone(),
            None if id.as_str() == "office" => "专班办公室".to_owned(),
            None if id.as_str() == "server" => "服务器".to_owned(),
            None => id.to_string(),
        }
    }

    /// A person's office line.
    pub fn phone(&self, id: &PersonId) -> Option<String> {
        self.people.get(id)?.phone.clone()
    }

    /// A unit's name.
    pub fn unit(&self, id: &UnitId, lang: Lang) -> String {
        match self.organisation().unit(id) {
            Some(unit) if lang == Lang::En && !unit.en.is_empty() => unit.en.clone(),
            Some(unit) => unit.name.clone(),
            None if id.as_str() == "office" => "专班办公室".to_owned(),
            None if id.as_str() == "server" => "服务器".to_owned(),
            None => id.to_string(),
        }
    }

    /// The units.
    pub fn organisation(&self) -> &Organisation {
        &self.reference.organisation
    }
}

impl fact::Names for Names {
    fn person(&self, person: &PersonId) -> String {
        Names::person(self, person)
    }

    fn unit(&self, unit: &UnitId) -> String {
        Names::unit(self, unit, Lang::Zh)
    }

    fn unit_en(&self, unit: &UnitId) -> String {
        Names::unit(self, unit, Lang::En)
    }
}
