//! Decisions about the numbers, each kept with its document and first day.

use crate::db::{Address, Connection, DbError, Row, Transaction, params};
use daiban_core::rules::{NumbersInForce, Policy};

/// Stores the next policy; its number is given here.
pub fn insert(tx: &Transaction<'_>, policy: &Policy, at: i64, by: &str) -> Result<i64, DbError> {
    let body = serde_json::to_string(policy).map_err(|_| DbError::Corrupt("policy"))?;
    let sql = "INSERT INTO policy (body, decided_at, decided_by) VALUES (?1, ?2, ?3) RETURNING no";
    tx.insert(sql, params![body, at, by])?.ok_or(DbError::Corrupt("number"))
}

/// The numbers that hold, each from its day on; the plan's where none were decided.
pub fn numbers(conn: &Connection) -> Result<NumbersInForce, DbError> {
    Ok(NumbersInForce::of_plan(&*super::pack::current(conn)?, decisions(conn)?))
}

/// The same of a store, wherever it is; those of the pack where nothing was decided.
pub fn numbers_at(store: &Address) -> Result<NumbersInForce, DbError> {
    let decided = || {
        if matches!(store, Address::File(path) if !path.exists()) {
            return Ok(Vec::new());
        }
        let conn = store.read_only()?;
        if conn.has_table("policy")? { decisions(&conn) } else { Ok(Vec::new()) }
    };
    Ok(NumbersInForce::of_plan(&*super::pack::at(store)?, decided()?))
}

/// The number of the newest policy; 0 where none was decided.
pub fn newest_number(conn: &Connection) -> Result<i64, DbError> {
    conn.number("SELECT coalesce(max(no), 0) FROM policy", &[])
}

/// Every policy decided with its moment, in order.
pub fn decisions(conn: &Connection) -> Result<Vec<(i64, Policy)>, DbError> {
    conn.all("SELECT decided_at, body FROM policy ORDER BY no", &[], |row| Ok((row.get(0)?, read(row, 1)?)))
}

fn read(row: &Row<'_>, column: usize) -> Result<Policy, DbError> {
    serde_json::from_str(row.get(column)?).map_err(|_| DbError::Corrupt("policy"))
}
