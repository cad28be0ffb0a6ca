//! The rules in force, read from the store.

use crate::db::sql::{calendar, policy};
use crate::db::{Connection, DbError};
use daiban_core::rules::RulesInForce;

/// All calendars and all decisions about the numbers, in order.
pub fn rules_in_force(conn: &Connection) -> Result<RulesInForce, DbError> {
    RulesInForce::new(calendar::imports(conn)?, policy::numbers(conn)?).map_err(|_| DbError::Corrupt("edition"))
}
