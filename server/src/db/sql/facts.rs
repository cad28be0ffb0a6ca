//! The ids of facts already used in a case (编号重复), and what later facts may refer to.

use crate::db::{Connection, DbError, Transaction, params};
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

/// Notes a fact; the id must be new in its case.
pub fn insert(tx: &Transaction<'_>, case_no: i64, fact: &FactIndex) -> Result<(), DbError> {
    let sql = "INSERT INTO fact (case_no, id, sequence, kind, person, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    tx.run(sql, params![case_no, fact.id.0, fact.sequence, fact.kind, fact.person.as_str(), fact.digest])?;
    Ok(())
}
