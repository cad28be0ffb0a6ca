//! The rules in force, read from the store.

use crate::db::sql::{calendar, pack, policy};
use crate::db::{Connection, DbError};
use daiban_core::rules::RulesInForce;

/// The plan in force, all calendars and all decisions about the numbers, in order.
pub fn rules_in_force(conn: &Connection) -> Result<RulesInForce, DbError> {
    RulesInForce::of_plan(&pack::current(conn)?, calendar::imports(conn)?, policy::decisions(conn)?)
        .map_err(|_| DbError::Corrupt("edition"))
}
