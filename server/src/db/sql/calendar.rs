//! Calendar editions imported at run time.

use crate::db::{Address, Connection, DbError, Transaction, params};
use daiban_core::calendar::{Calendar, Edition};
use serde::Serialize;

/// One import, without the days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EditionRow {
    /// 1, 2, 3 … in order of import.
    pub no: i64,
    /// The calendar year it is about.
    pub year: i32,
    /// When, Unix seconds.
    pub imported_at: i64,
    /// By whom.
    pub imported_by: String,
}

/// Stores an edition that was checked.
pub fn insert(tx: &Transaction<'_>, edition: &Edition, at: i64, by: &str) -> Result<i64, DbError> {
    let body = serde_json::to_string(edition).map_err(|_| DbError::Corrupt("edition"))?;
    let sql = "INSERT INTO edition (year, body, imported_at, imported_by) VALUES (?1, ?2, ?3, ?4) RETURNING no";
    tx.insert(sql, params![edition.year, body, at, by])?.ok_or(DbError::Corrupt("number"))
}

/// What was imported when and by whom.
pub fn list(conn: &Connection) -> Result<Vec<EditionRow>, DbError> {
    conn.all("SELECT no, year, imported_at, imported_by FROM edition ORDER BY no", &[], |row| {
        Ok(EditionRow { no: row.get(0)?, year: row.get(1)?, imported_at: row.get(2)?, imported_by: row.get(3)? })
    })
}

/// The editions imported, in that order: the last of a year decides.
pub fn imported(conn: &Connection) -> Result<Vec<Edition>, DbError> {
    conn.all("SELECT body FROM edition ORDER BY no", &[], |row| {
        Edition::from_json(row.get(0)?).map_err(|_| DbError::Corrupt("edition"))
    })
}

/// The built-in calendar with everything imported.
pub fn calendar(conn: &Connection) -> Result<Calendar, DbError> {
    let with = |calendar: Calendar, edition| calendar.with_edition(edition).map_err(|_| DbError::Corrupt("edition"));
    imported(conn)?.into_iter().try_fold(Calendar::builtin(), with)
}

/// The calendar of a database, read without opening it for writing; where there is none yet, the built-in one.
pub fn calendar_at(database: &Address) -> Result<Calendar, DbError> {
    if matches!(database, Address::File(path) if !path.exists()) {
        return Ok(Calendar::builtin());
    }
    let conn = database.read_only()?;
    if conn.has_table("edition")? { calendar(&conn) } else { Ok(Calendar::builtin()) }
}

/// The editions imported with the moment of each import, in order.
pub fn imports(conn: &Connection) -> Result<Vec<(i64, Edition)>, DbError> {
    let times: Vec<i64> = list(conn)?.into_iter().map(|row| row.imported_at).collect();
    Ok(times.into_iter().zip(imported(conn)?).collect())
}
