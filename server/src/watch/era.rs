//! Eras, read from the store.

use crate::db::sql::{calendar, policy};
use crate::db::{Connection, DbError};
use daiban_core::rules::{self, Era};

/// All eras, in order; see [`rules::eras`].
pub fn eras(conn: &Connection) -> Result<Vec<Era>, DbError> {
    rules::eras(calendar::imports(conn)?, policy::decisions(conn)?).map_err(|_| DbError::Corrupt("edition"))
}
