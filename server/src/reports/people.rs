//! How a report calls people and units: by the names they have when it is drafted.

use crate::app::Reference;
use crate::db::sql::directory;
use crate::db::{Connection, DbError};
use daiban_core::fact::Names;
use daiban_core::ids::{PersonId, UnitId};
use daiban_core::people::Organisation;
use std::collections::HashMap;
use std::sync::Arc;

/// One reading of the directory.
pub(super) struct People {
    names: HashMap<PersonId, String>,
    reference: Arc<Reference>,
}

impl People {
    /// Reads everybody once.
    pub(super) fn read(conn: &Connection, reference: Arc<Reference>) -> Result<People, DbError> {
        let names = directory::people(conn)?.into_iter().map(|person| (person.id, person.name)).collect();
        Ok(People { names, reference })
    }

    /// The units.
    pub(super) fn organisation(&self) -> &Organisation {
        &self.reference.organisation
    }
}

impl Names for People {
    fn person(&self, person: &PersonId) -> String {
        self.names.get(person).cloned().unwrap_or_else(|| person.to_string())
    }

    fn unit(&self, unit: &UnitId) -> String {
        self.organisation().unit(unit).map_or_else(|| unit.to_string(), |unit| unit.name.clone())
    }
}
