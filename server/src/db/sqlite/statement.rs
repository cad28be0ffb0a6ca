//! Statements and values as rusqlite takes them.

use crate::db::row::{Row, Source};
use crate::db::{DbError, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// See [`crate::db::Connection::walk`].
pub(in crate::db) fn walk(
    conn: &Connection,
    sql: &str,
    params: &[Value<'_>],
    mut each: impl FnMut(&Row<'_>) -> Result<bool, DbError>,
) -> Result<(), DbError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params_from_iter(params))?;
    while let Some(row) = rows.next()? {
        if !each(&Row(Source::Sqlite(row)))? {
            break;
        }
    }
    Ok(())
}

/// See [`crate::db::Transaction::run`].
pub(in crate::db) fn run(conn: &Connection, sql: &str, params: &[Value<'_>]) -> Result<usize, DbError> {
    Ok(conn.prepare_cached(sql)?.execute(params_from_iter(params))?)
}

/// A row's value in a column.
pub(in crate::db) fn value<'a>(row: &'a rusqlite::Row<'_>, column: usize) -> Result<Value<'a>, DbError> {
    Ok(match row.get_ref(column)? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Text(text) => Value::Text(std::str::from_utf8(text).map_err(|_| DbError::Corrupt("text"))?),
        ValueRef::Blob(bytes) => Value::Bytes(bytes),
        ValueRef::Real(_) => return Err(DbError::Corrupt("column")),
    })
}
