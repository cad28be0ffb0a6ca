//! Whose names a case needs: its team past and present, its authors, and whom its records name. What phones are told of people stands
//! here; nothing here reads a number or another private column.

use crate::db::{Connection, DbError, Row, Transaction, params};
use daiban_core::ids::{CaseId, PersonId, UnitId};
use daiban_core::people::Role;
use daiban_core::sync::names::PersonName;

/// Notes that a case needs somebody's name from a row on; the first such row stays. What no server takes as text is nobody's id.
pub fn need(tx: &Transaction<'_>, case_no: i64, person: &PersonId, sequence: u64) -> Result<(), DbError> {
    if person.as_str().contains('\0') {
        return Ok(());
    }
    let sql = "INSERT INTO case_person (case_no, person, sequence) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    tx.post(sql, params![case_no, person.as_str(), sequence])
}

/// The number of the newest change of the directory of people.
pub fn version(conn: &Connection) -> Result<u64, DbError> {
    let newest: i64 = conn.number("SELECT coalesce(max(changed), 0) FROM person", &[])?;
    Ok(newest.unsigned_abs())
}

/// Whom the rows of a case name first that lie behind `after`, up to `upto`; as far as the directory knows them.
pub fn first_named(conn: &Connection, case_no: i64, after: u64, upto: u64, limit: usize) -> Result<Vec<PersonName>, DbError> {
    let sql = "SELECT p.id, p.name, p.unit FROM case_person n JOIN person p ON p.id = n.person \
               WHERE n.case_no = ?1 AND n.sequence > ?2 AND n.sequence <= ?3 ORDER BY n.sequence, p.id LIMIT ?4";
    conn.all(sql, params![case_no, after, upto, limit as u64], person_name)
}

/// Everybody whom the cases of a person need, case by case.
pub fn of_cases(conn: &Connection, person: &PersonId, now: i64, limit: usize) -> Result<Vec<(CaseId, PersonId)>, DbError> {
    let sql = "SELECT c.id, n.person FROM member m JOIN case_head c ON c.no = m.case_no JOIN case_person n ON n.case_no = m.case_no \
               WHERE m.person = ?1 AND m.from_at <= ?2 AND (m.until IS NULL OR m.until > ?2) ORDER BY c.id, n.sequence LIMIT ?3";
    conn.all(sql, params![person.as_str(), now, limit as u64], |row| Ok((CaseId(row.get(0)?), PersonId(row.get(1)?))))
}

/// Whom the cases of a person need and the directory changed after a version.
pub fn changed(conn: &Connection, person: &PersonId, version: u64, now: i64, limit: usize) -> Result<Vec<PersonName>, DbError> {
    let sql = "SELECT DISTINCT p.id, p.name, p.unit FROM person p JOIN case_person n ON n.person = p.id \
               JOIN member m ON m.case_no = n.case_no WHERE p.changed > ?2 AND m.person = ?1 \
               AND m.from_at <= ?3 AND (m.until IS NULL OR m.until > ?3) ORDER BY p.id LIMIT ?4";
    conn.all(sql, params![person.as_str(), version, now, limit as u64], person_name)
}

/// Whom forms offer a person in any case: the seats that cases are handed to, and the colleagues of the person's own unit.
pub fn offered(conn: &Connection, person: &PersonId, limit: usize) -> Result<Vec<PersonName>, DbError> {
    let seats = [Role::ChiefAgent, Role::GroupSpecialist, Role::DispatchLead, Role::Office].map(Role::id);
    let [chief, specialist, dispatch, office] = seats;
    let sql = "SELECT p.id, p.name, p.unit FROM person p WHERE p.left_at IS NULL AND (p.role IN (?2, ?3, ?4, ?5) \
               OR p.unit = (SELECT unit FROM person WHERE id = ?1)) \
               ORDER BY p.role NOT IN (?2, ?3, ?4, ?5), p.id LIMIT ?6";
    conn.all(sql, params![person.as_str(), chief, specialist, dispatch, office, limit as u64], person_name)
}

fn person_name(row: &Row<'_>) -> Result<PersonName, DbError> {
    Ok(PersonName { id: PersonId(row.get(0)?), name: row.get(1)?, unit: UnitId(row.get(2)?) })
}
