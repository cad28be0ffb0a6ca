//! The two seats that are there from the first start.

use crate::db::sql::directory::{self, Person};
use crate::db::sql::pack;
use crate::db::{DbError, OFFICE_WORK, Transaction};
use daiban_core::ids::{PersonId, UnitId};
use daiban_core::people::{BodyKind, Role};

/// The seat of the task force's office, which gives commands when nobody else is named.
pub const OFFICE: &str = "office";
/// The seat that keeps accounts and devices.
pub const ADMINISTRATOR: &str = "administrator";

/// Makes the two seats at the first start; later starts change nothing.
pub(super) fn seed(tx: &Transaction<'_>, now: i64) -> Result<(), DbError> {
    tx.alone(OFFICE_WORK)?;
    let plan = pack::current(tx)?;
    let office = plan.organisation.body(BodyKind::Office);
    let host = office.and_then(|office| office.host.clone()).unwrap_or_else(|| UnitId::from(OFFICE));
    for (id, role) in [(OFFICE, Role::Office), (ADMINISTRATOR, Role::Administrator)] {
        let id = PersonId::from(id);
        if directory::person(tx, &id)?.is_none() {
            let (unit, name) = (host.clone(), plan.organisation.role_zh(role));
            let seat = Person { id, name, unit, role, group: None, phone: None, joined_at: now, left_at: None };
            directory::put_person(tx, &seat)?;
        }
    }
    Ok(())
}
