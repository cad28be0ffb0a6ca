//! A row of a query.

use super::value::{Column, Value};
use super::{DbError, sqlite};

/// A row, in hand while a query is walked.
pub struct Row<'a>(pub(super) Source<'a>);

pub(super) enum Source<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

impl Row<'_> {
    /// The value of a column, counted from 0 in the order of the query.
    pub fn get<'r, T: Column<'r>>(&'r self, column: usize) -> Result<T, DbError> {
        let value: Value<'r> = match &self.0 {
            Source::Sqlite(row) => sqlite::value(row, column)?,
            Source::Postgres(row) => row.try_get(column).map_err(|_| DbError::Corrupt("column"))?,
        };
        T::read(value).ok_or(DbError::Corrupt("column"))
    }
}
