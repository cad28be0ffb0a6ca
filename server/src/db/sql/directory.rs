//! Units the office added and the staff. The plan's own 25 units are compiled in and not stored.

use crate::db::{Connection, DbError, Row, Transaction, params};
use daiban_core::ids::{PersonId, UnitId};
use daiban_core::people::{Group, Role, Unit};
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

/// The next number of a change: whoever changes the directory is alone in the office's work.
const NEXT_CHANGE: &str = "(SELECT coalesce(max(changed), 0) + 1 FROM person)";

/// Writes a person; the name, unit, role, group and line of an id already there are replaced, and a person who left is back.
pub fn put_person(tx: &Transaction<'_>, person: &Person) -> Result<(), DbError> {
    let sql = format!(
        "INSERT INTO person (id, name, unit, role, grp, phone, joined_at, left_at, changed) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL, {NEXT_CHANGE}) ON CONFLICT (id) DO UPDATE \
         SET name = ?2, unit = ?3, role = ?4, grp = ?5, phone = ?6, left_at = NULL, changed = excluded.changed"
    );
    let Person { id, name, unit, role, group, phone, joined_at, .. } = person;
    tx.run(&sql, params![id.as_str(), name, unit.as_str(), role.id(), group.map(Group::id), phone, joined_at])?;
    Ok(())
}

/// Ends a person's service. `false` if there is no such person, or the person had left before.
pub fn end_service(tx: &Transaction<'_>, person: &PersonId, at: i64) -> Result<bool, DbError> {
    let sql = format!("UPDATE person SET left_at = ?2, changed = {NEXT_CHANGE} WHERE id = ?1 AND left_at IS NULL");
    Ok(tx.run(&sql, params![person.as_str(), at])? == 1)
}

/// The person with this id.
pub fn person(conn: &Connection, id: &PersonId) -> Result<Option<Person>, DbError> {
    let sql = "SELECT id, name, unit, role, grp, phone, joined_at, left_at FROM person WHERE id = ?1";
    conn.one(sql, params![id.as_str()], read_person)
}

/// Everybody, by id; those who left too.
pub fn people(conn: &Connection) -> Result<Vec<Person>, DbError> {
    conn.all("SELECT id, name, unit, role, grp, phone, joined_at, left_at FROM person ORDER BY id", &[], read_person)
}

/// Stores a unit beyond those of the plan, as JSON. A unit stays as it is: nodes notice new ones by their number.
pub fn insert_unit(tx: &Transaction<'_>, unit: &Unit) -> Result<(), DbError> {
    let body = serde_json::to_string(unit).map_err(|_| DbError::Corrupt("unit"))?;
    let sql = "INSERT INTO unit (id, body) VALUES (?1, ?2)";
    tx.run(sql, params![unit.id.as_str(), body])?;
    Ok(())
}

/// The units the office added, by id.
pub fn units(conn: &Connection) -> Result<Vec<Unit>, DbError> {
    conn.all("SELECT body FROM unit ORDER BY id", &[], |row| {
        serde_json::from_str(row.get(0)?).map_err(|_| DbError::Corrupt("unit"))
    })
}

/// Whether the office added a unit with this id.
pub fn has_unit(conn: &Connection, id: &UnitId) -> Result<bool, DbError> {
    Ok(conn.one("SELECT id FROM unit WHERE id = ?1", params![id.as_str()], |_| Ok(()))?.is_some())
}

fn read_person(row: &Row<'_>) -> Result<Person, DbError> {
    let group: Option<&str> = row.get(4)?;
    Ok(Person {
        id: PersonId(row.get(0)?),
        name: row.get(1)?,
        unit: UnitId(row.get(2)?),
        role: row.get::<&str>(3)?.parse().map_err(|_| DbError::Corrupt("role"))?,
        group: group.map(|g| g.parse()).transpose().map_err(|_| DbError::Corrupt("group"))?,
        phone: row.get(5)?,
        joined_at: row.get(6)?,
        left_at: row.get(7)?,
    })
}
