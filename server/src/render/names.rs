//! The directory's names in the language of a page.

use super::Lang;
use crate::app::{Directory, Reference};
use crate::db::{Connection, DbError};
use daiban_core::fact;
use daiban_core::ids::{PersonId, UnitId};
use daiban_core::people::Organisation;
use std::sync::Arc;

/// One reading of the directory.
pub struct Names(Directory);

impl Names {
    /// Reads everybody once.
    pub fn read(conn: &Connection, reference: Arc<Reference>) -> Result<Names, DbError> {
        Directory::read(conn, reference).map(Names)
    }

    /// A person's name; 未知人员 with the id where the directory does not know it.
    pub fn person(&self, id: &PersonId) -> String {
        fact::Names::person(&self.0, id)
    }

    /// A person's office line.
    pub fn phone(&self, id: &PersonId) -> Option<String> {
        self.0.phone(id)
    }

    /// A unit's name.
    pub fn unit(&self, id: &UnitId, lang: Lang) -> String {
        match lang {
            Lang::Zh => fact::Names::unit(&self.0, id),
            Lang::En => fact::Names::unit_en(&self.0, id),
        }
    }

    /// The units.
    pub fn organisation(&self) -> &Organisation {
        self.0.organisation()
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
