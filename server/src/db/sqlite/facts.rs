//! The ids of facts already used in a case (编号重复), and what later facts may refer to.

use crate::db::DbError;
use daiban_core::ids::{FactId, PersonId};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

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
    let read = |row: &rusqlite::Row<'_>| {
        Ok(FactIndex {
            id,
            sequence: row.get::<_, i64>(0)?.cast_unsigned(),
            kind: row.get(1)?,
            person: PersonId(row.get(2)?),
            digest: row.get(3)?,
        })
    };
    Ok(conn.prepare_cached(sql)?.query_row(params![case_no, id.0], read).optional()?)
}

/// Notes a fact; the id must be new in its case.
pub fn insert(tx: &Transaction<'_>, case_no: i64, fact: &FactIndex) -> Result<(), DbError> {
    let sql = "INSERT INTO fact (case_no, id, sequence, kind, person, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    tx.prepare_cached(sql)?.execute(params![
        case_no,
        fact.id.0,
        fact.sequence.cast_signed(),
        fact.kind,
        fact.person.as_str(),
        fact.digest
    ])?;
    Ok(())
}
