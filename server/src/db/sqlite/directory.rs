//! Units the office added and the staff. The plan's own 25 units are compiled in and not stored.

use crate::db::DbError;
use daiban_core::ids::{PersonId, UnitId};
use daiban_core::people::{Group, Role, Unit};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;

/// One member of the staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The id that facts name.
    pub id: PersonId,
    /// 姓名.
    pub name: String,
    /// The unit the person belongs to.
    pub unit: UnitId,
    /// The role the person has outside any case, and by default inside one.
    pub role: Role,
    /// The group of a specialist.
    pub group: Option<Group>,
    /// Office line, printed on forms.
    pub phone: Option<String>,
    /// Since when, Unix seconds.
    pub joined_at: i64,
    /// Until when, Unix seconds; a person who left stays in the table, because facts name them (R133).
    pub left_at: Option<i64>,
}

/// Writes a person; the name, unit, role, group and line of an id already there are replaced, and a person who left is back.
pub fn put_person(tx: &Transaction<'_>, person: &Person) -> Result<(), DbError> {
    tx.prepare_cached(
        "INSERT INTO person (id, name, unit, role, grp, phone, joined_at, left_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL)
         ON CONFLICT (id) DO UPDATE SET name = ?2, unit = ?3, role = ?4, grp = ?5, phone = ?6, left_at = NULL",
    )?
    .execute(params![
        person.id.as_str(),
        person.name,
        person.unit.as_str(),
        person.role.id(),
        person.group.map(Group::id),
        person.phone,
        person.joined_at,
    ])?;
    Ok(())
}

/// Ends a person's service. `false` if there is no such person, or the person had left before.
pub fn end_service(tx: &Transaction<'_>, person: &PersonId, at: i64) -> Result<bool, DbError> {
    let changed = tx
        .prepare_cached("UPDATE person SET left_at = ?2 WHERE id = ?1 AND left_at IS NULL")?
        .execute(params![person.as_str(), at])?;
    Ok(changed == 1)
}

/// The person with this id.
pub fn person(conn: &Connection, id: &PersonId) -> Result<Option<Person>, DbError> {
    conn.prepare_cached("SELECT id, name, unit, role, grp, phone, joined_at, left_at FROM person WHERE id = ?1")?
        .query_row([id.as_str()], |row| Ok(read_person(row)))
        .optional()?
        .transpose()
}

/// Everybody, by id; those who left too.
pub fn people(conn: &Connection) -> Result<Vec<Person>, DbError> {
    let mut all = conn.prepare_cached("SELECT id, name, unit, role, grp, phone, joined_at, left_at FROM person ORDER BY id")?;
    all.query_map([], |row| Ok(read_person(row)))?.map(|row| row?).collect()
}

/// Stores a unit beyond those of the plan, as JSON.
pub fn put_unit(tx: &Transaction<'_>, unit: &Unit) -> Result<(), DbError> {
    let body = serde_json::to_string(unit).map_err(|_| DbError::Corrupt("unit"))?;
    tx.prepare_cached("INSERT OR REPLACE INTO unit (id, body) VALUES (?1, ?2)")?.execute(params![unit.id.as_str(), body])?;
    Ok(())
}

/// The units the office added, by id.
pub fn units(conn: &Connection) -> Result<Vec<Unit>, DbError> {
    let mut all = conn.prepare_cached("SELECT body FROM unit ORDER BY id")?;
    let bodies: Vec<String> = all.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    bodies.iter().map(|body| serde_json::from_str(body).map_err(|_| DbError::Corrupt("unit"))).collect()
}

fn read_person(row: &Row<'_>) -> Result<Person, DbError> {
    let text = |i| row.get::<_, String>(i);
    let group: Option<String> = row.get(4)?;
    Ok(Person {
        id: PersonId(text(0)?),
        name: text(1)?,
        unit: UnitId(text(2)?),
        role: text(3)?.parse().map_err(|_| DbError::Corrupt("role"))?,
        group: group.map(|g| g.parse()).transpose().map_err(|_| DbError::Corrupt("group"))?,
        phone: row.get(5)?,
        joined_at: row.get(6)?,
        left_at: row.get(7)?,
    })
}
