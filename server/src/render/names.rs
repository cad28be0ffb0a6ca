//! The directory's names in the language of a page.

use super::Lang;
use crate::app::{Directory, Reference};
use crate::db::{Connection, DbError};
use daiban_core::fact;
use daiban_core::ids::{PersonId, UnitId};
use daiban_core::people::{Group, Organisation, Role};
use daiban_core::plan::Plan;
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

    /// Whether a project is said to lie where the district has no subdistrict, town or park.
    pub fn is_unplaced(&self, location: Option<&UnitId>) -> bool {
        location.is_some_and(|location| self.organisation().place(location).is_none())
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

    /// The plan.
    pub fn plan(&self) -> &Plan {
        self.0.plan()
    }

    /// What a group is called.
    pub fn group(&self, group: Group, lang: Lang) -> String {
        let organisation = self.organisation();
        lang.t(organisation.group_zh(group), organisation.group_en(group)).to_owned()
    }

    /// What a role is called.
    pub fn role(&self, role: Role, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.organisation().role_zh(role),
            Lang::En => self.organisation().role_en(role),
        }
    }
}

impl fact::Names for Names {
    fn group(&self, group: Group) -> String {
        Names::group(self, group, Lang::Zh)
    }

    fn group_en(&self, group: Group) -> String {
        Names::group(self, group, Lang::En)
    }

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
