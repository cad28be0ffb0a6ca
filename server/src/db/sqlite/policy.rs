//! Policies by number: the settings the plan leaves open, each version kept.

use crate::db::DbError;
use daiban_core::rules::Policy;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

/// Stores the next policy; its number is given here.
pub fn insert(tx: &Transaction<'_>, policy: &Policy, at: i64, by: &str) -> Result<i64, DbError> {
    let body = serde_json::to_string(policy).map_err(|_| DbError::Corrupt("policy"))?;
    tx.prepare_cached("INSERT INTO policy (body, decided_at, decided_by) VALUES (?1, ?2, ?3)")?.execute(params![body, at, by])?;
    Ok(tx.last_insert_rowid())
}

/// The policy in force; the plan's defaults where none was decided.
pub fn current(conn: &Connection) -> Result<Policy, DbError> {
    let body: Option<String> =
        conn.prepare_cached("SELECT body FROM policy ORDER BY no DESC LIMIT 1")?.query_row([], |row| row.get(0)).optional()?;
    match body {
        Some(body) => serde_json::from_str(&body).map_err(|_| DbError::Corrupt("policy")),
        None => Ok(Policy::default()),
    }
}

/// The number of the newest policy; 0 where none was decided.
pub fn newest_number(conn: &Connection) -> Result<i64, DbError> {
    Ok(conn.prepare_cached("SELECT coalesce(max(no), 0) FROM policy")?.query_row([], |row| row.get(0))?)
}

/// Every policy decided with its moment, in order.
pub fn decisions(conn: &Connection) -> Result<Vec<(i64, Policy)>, DbError> {
    let mut all = conn.prepare_cached("SELECT decided_at, body FROM policy ORDER BY no")?;
    let rows: Vec<(i64, String)> = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let read = |(at, body): (i64, String)| Ok((at, serde_json::from_str(&body).map_err(|_| DbError::Corrupt("policy"))?));
    rows.into_iter().map(read).collect()
}
