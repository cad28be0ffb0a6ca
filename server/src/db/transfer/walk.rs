//! Reading a table's rows in the form in which they travel.

use super::table::{CASE, Table, is_number};
use super::{TransferError, TransferSide};
use crate::db::connection::Engine;
use crate::db::postgres::Session;
use crate::db::{Connection, DbError, Row, Value};

/// Rows fetched from a server at once.
const BATCH: usize = 128;

/// Walks all rows of a table, a few in memory at a time; on a server inside a transaction.
pub(super) fn walk(
    conn: &Connection,
    side: TransferSide,
    table: &Table,
    mut each: impl FnMut(&[Value<'_>]) -> Result<(), TransferError>,
) -> Result<(), TransferError> {
    let mut failed = None;
    let mut look = |row: &Row<'_>| {
        failed = read(table, side, row).and_then(|values| each(&values)).err();
        Ok(failed.is_none())
    };
    let sql = table.select();
    let walked = match &conn.0 {
        Engine::Sqlite(_) => conn.walk(&sql, &[], look),
        Engine::Postgres(session) => by_cursor(session, table.name, &sql, &mut look),
    };
    match failed {
        Some(error) => Err(error),
        None => walked.map_err(|why| TransferError::Table { side, table: table.name, why }),
    }
}

/// The server is asked for a few rows after another: a query would bring all of them into memory.
fn by_cursor(
    session: &Session,
    name: &str,
    sql: &str,
    look: &mut impl FnMut(&Row<'_>) -> Result<bool, DbError>,
) -> Result<(), DbError> {
    session.script(&format!("DECLARE walk_{name} NO SCROLL CURSOR FOR {sql}"))?;
    let fetch = format!("FETCH {BATCH} FROM walk_{name}");
    let (mut seen, mut more) = (BATCH, true);
    while more && seen == BATCH {
        seen = 0;
        session.walk(&fetch, &[], |row| {
            seen += 1;
            more = look(row)?;
            Ok(more)
        })?;
    }
    session.script(&format!("CLOSE walk_{name}"))
}

/// A row's values; the store's own numbers are looked at and left behind.
fn read<'r>(table: &Table, side: TransferSide, row: &'r Row<'_>) -> Result<Vec<Value<'r>>, TransferError> {
    let column = |at| row.get::<Value<'r>>(at).map_err(|why| TransferError::Table { side, table: table.name, why });
    let width = table.columns.len();
    let values = (0..width).map(column).collect::<Result<Vec<_>, _>>()?;
    let numbers = table.columns.iter().zip(&values).filter(|(name, _)| is_number(name));
    for ((name, id), at) in numbers.zip(width..) {
        let of_nothing = match column(at)? {
            Value::Null => true,
            Value::Int(0) => *name == CASE,
            _ => false,
        };
        if *id == Value::Null && !of_nothing {
            return Err(TransferError::Stray { table: table.name, row: told(table, &values) });
        }
    }
    Ok(values)
}

/// A row, for people to find it: its first few values.
pub(super) fn told(table: &Table, values: &[Value<'_>]) -> String {
    const SHOWN: usize = 3;
    let short = |value: &Value<'_>| match value {
        Value::Null => "-".to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Text(text) => text.chars().take(40).flat_map(char::escape_debug).collect(),
        Value::Bytes(bytes) => data_encoding::HEXLOWER.encode(&bytes[..bytes.len().min(16)]),
    };
    let told = table.columns.iter().zip(values).take(SHOWN).map(|(name, value)| format!("{name}={}", short(value)));
    told.collect::<Vec<_>>().join(" ")
}
