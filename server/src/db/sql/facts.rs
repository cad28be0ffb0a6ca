//! The ids of facts already used in a case (编号重复), and what later facts may refer to.

use crate::db::{Connection, DbError, Param, Transaction, Value, params};
use daiban_core::ids::{FactId, PersonId};

/// What is kept of a fact beside its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactIndex {
    /// Its id.
    pub id: FactId,
    /// Its first row.
    pub sequence: u64,
    /// Its kind.
    pub kind: String,
    /// Its author.
    pub person: PersonId,
    /// SHA-256 of its content.
    pub digest: [u8; 32],
}

/// The fact of that id in a case.
pub fn find(conn: &Connection, case_no: i64, id: FactId) -> Result<Option<FactIndex>, DbError> {
    let sql = "SELECT sequence, kind, person, digest FROM fact WHERE case_no = ?1 AND id = ?2";
    conn.one(sql, params![case_no, id.0], |row| {
        let person = PersonId(row.get(2)?);
        Ok(FactIndex { id, sequence: row.get(0)?, kind: row.get(1)?, person, digest: row.get(3)? })
    })
}

/// Ids asked for at once at most.
const ASKED_MAX: usize = 32;

/// Those of these ids that a case knows.
pub fn find_all(conn: &Connection, case_no: i64, ids: &[FactId]) -> Result<Vec<FactIndex>, DbError> {
    let mut found = Vec::new();
    for ids in ids.chunks(ASKED_MAX) {
        // A few lengths of list, so that there are few statements to prepare; the last id is asked for again to fill up.
        let places: Vec<String> = (0..ids.len().next_power_of_two()).map(|place| format!("?{}", place + 2)).collect();
        let list = places.join(", ");
        let sql = format!("SELECT id, sequence, kind, person, digest FROM fact WHERE case_no = ?1 AND id IN ({list})");
        let asked = (0..places.len()).filter_map(|place| ids.get(place).or(ids.last())).map(|id| id.0.value());
        let values: Vec<Value<'_>> = std::iter::once(case_no.value()).chain(asked).collect();
        found.extend(conn.all(&sql, &values, |row| {
            let (id, person) = (FactId(row.get(0)?), PersonId(row.get(3)?));
            Ok(FactIndex { id, sequence: row.get(1)?, kind: row.get(2)?, person, digest: row.get(4)? })
        })?);
    }
    Ok(found)
}

/// Notes a fact; the id must be new in its case.
pub fn insert(tx: &Transaction<'_>, case_no: i64, fact: &FactIndex) -> Result<(), DbError> {
    let sql = "INSERT INTO fact (case_no, id, sequence, kind, person, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    tx.post(sql, params![case_no, fact.id.0, fact.sequence, fact.kind, fact.person.as_str(), fact.digest])
}
