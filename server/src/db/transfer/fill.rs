//! Writing rows in the form in which they travel into a store's tables.

use super::table::{CASE, CHAIN, Number, Table, is_number};
use super::walk::told;
use super::{TransferError, TransferSide};
use crate::db::connection::Engine;
use crate::db::postgres::Session;
use crate::db::{Connection, DbError, Transaction, Value};

/// Takes one row.
type Put<'a> = dyn FnMut(&[Value<'_>]) -> Result<(), TransferError> + 'a;

/// Fills a table with the rows that `rows` puts.
pub(super) fn fill(
    tx: &Transaction<'_>,
    table: &Table,
    rows: impl FnOnce(&mut Put<'_>) -> Result<(), TransferError>,
) -> Result<(), TransferError> {
    match &tx.0.0 {
        Engine::Sqlite(_) => {
            let sql = insert(table);
            rows(&mut |values| tx.run(&sql, values).map(drop).map_err(wrong(table)))
        }
        Engine::Postgres(session) => copy(session, tx, table, rows),
    }
}

fn wrong(table: &Table) -> impl Fn(DbError) -> TransferError {
    let table = table.name;
    move |why| TransferError::Table { side: TransferSide::Target, table, why }
}

/// The statement that adds a row to a file's table: numbers are looked up by the ids that came in their place.
fn insert(table: &Table) -> String {
    let value = |(name, at): (&&str, usize)| match *name {
        CASE => format!("coalesce((SELECT no FROM case_head WHERE id = ?{at}), 0)"),
        CHAIN => format!("(SELECT no FROM actor WHERE id = ?{at})"),
        _ => format!("?{at}"),
    };
    let values: Vec<String> = table.columns.iter().zip(1..).map(value).collect();
    format!("INSERT INTO {} ({}) VALUES ({})", table.name, table.columns.join(", "), values.join(", "))
}

/// Streams rows to a server: numbers follow from the ids that came in their place.
fn copy(
    session: &Session,
    conn: &Connection,
    table: &Table,
    rows: impl FnOnce(&mut Put<'_>) -> Result<(), TransferError>,
) -> Result<(), TransferError> {
    let of_id = table.number == Number::OfId;
    let columns: Vec<&str> = of_id.then_some("no").into_iter().chain(table.columns.iter().copied()).collect();
    let id_at = table.columns.iter().position(|name| *name == "id");
    session.fill(table.name, &columns.join(", "), wrong(table), |put| {
        rows(&mut |values| {
            without_nul(table, values)?;
            let mut out = Vec::with_capacity(columns.len());
            if of_id {
                out.push(number(conn, id_at.and_then(|at| values.get(at)).copied()).map_err(wrong(table))?);
            }
            for (name, value) in table.columns.iter().zip(values) {
                out.push(match (is_number(name), *value) {
                    (true, Value::Null) if *name == CASE => Value::Int(0),
                    (true, Value::Bytes(_)) => number(conn, Some(*value)).map_err(wrong(table))?,
                    (_, plain) => plain,
                });
            }
            put(&out).map_err(wrong(table))
        })
    })
}

/// The number that follows from an id.
fn number(conn: &Connection, id: Option<Value<'_>>) -> Result<Value<'static>, DbError> {
    let Some(Value::Bytes(bytes)) = id else { return Err(DbError::Corrupt("id")) };
    let id = bytes.try_into().map_err(|_| DbError::Corrupt("id"))?;
    conn.number_for(id).map(Value::Int).ok_or(DbError::Corrupt("number"))
}

/// A file's text may hold U+0000; a server's may not.
fn without_nul(table: &Table, values: &[Value<'_>]) -> Result<(), TransferError> {
    let bad = table.columns.iter().zip(values).find(|(_, value)| matches!(value, Value::Text(text) if text.contains('\0')));
    match bad {
        Some((column, _)) => Err(TransferError::Nul { table: table.name, column, row: told(table, values) }),
        None => Ok(()),
    }
}
