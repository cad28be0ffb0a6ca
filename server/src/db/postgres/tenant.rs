//! Whose database it is: empty or ours, and whether we may work in it.

use super::Url;
use super::server::Use;
use super::session::Session;
use crate::db::migration::MIGRATIONS;
use crate::db::{DbError, params};

/// Tables, views and sequences where ours would be made, but for what an extension brought.
const THERE: &str = "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace \
                     AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT EXISTS (SELECT 1 FROM pg_depend d \
                     WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') ORDER BY c.relname";
/// Of those, what this user may not read, or not add to.
const CLOSED: &str = "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace \
                      AND c.relkind IN ('r', 'p') AND NOT (has_table_privilege(c.oid, 'SELECT') \
                      AND has_table_privilege(c.oid, 'INSERT')) ORDER BY c.relname";
const COLUMNS: &str = "SELECT string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute \
                       WHERE attrelid = to_regclass('migration') AND attnum > 0 AND NOT attisdropped";

/// Names told of at most.
const TOLD: usize = 3;

/// Whether it is ours, `false` if it is empty. Refuses one in which another program has its tables, before anything is made there.
pub(super) fn is_ours(session: &Session) -> Result<bool, DbError> {
    let there = names(session, THERE)?;
    if there.is_empty() {
        return Ok(false);
    }
    if !there.iter().any(|name| name == "migration") || names(session, COLUMNS)? != ["number,name"] {
        return Err(DbError::Foreign(told(&there)));
    }
    for (step, number) in MIGRATIONS.iter().zip(1i64..) {
        let mut done = None;
        session.walk("SELECT name FROM migration WHERE number = ?1", params![number], |row| {
            done = Some(row.get::<String>(0)?);
            Ok(false)
        })?;
        if let Some(name) = done.filter(|name| name != step.name) {
            return Err(DbError::Foreign(format!("migration {number} {name}")));
        }
    }
    Ok(true)
}

/// Whether that database has no tables, neither ours nor another program's.
pub(in crate::db) fn is_new(url: &Url) -> Result<bool, DbError> {
    is_ours(&Session::open(url, Use::Read)?).map(|ours| !ours)
}

/// Refuses to start where this user may not read and add to every table: better now than at the first record.
pub(super) fn may_work(session: &Session) -> Result<(), DbError> {
    let closed = names(session, CLOSED)?;
    if closed.is_empty() { Ok(()) } else { Err(DbError::Denied(format!("SELECT, INSERT on {}", told(&closed)))) }
}

fn names(session: &Session, sql: &str) -> Result<Vec<String>, DbError> {
    let mut names = Vec::new();
    session.walk(sql, &[], |row| {
        names.extend(row.get::<Option<String>>(0)?);
        Ok(true)
    })?;
    Ok(names)
}

fn told(names: &[String]) -> String {
    let more = if names.len() > TOLD { " …" } else { "" };
    format!("{}{more}", names.iter().take(TOLD).map(String::as_str).collect::<Vec<_>>().join(", "))
}
