//! Reading a case back from its rows.

use super::LedgerError;
use crate::db::Connection;
use crate::db::sql::{cases, rows};
use daiban_core::admit::check;
use daiban_core::case::{CaseEvent, CaseView, Entry, ReadFact, Row, fold};
use daiban_core::fact::Fact;
use daiban_core::ids::CaseId;
use std::sync::Arc;

/// All rows of a case, in sequence.
pub fn case_rows(conn: &Connection, case: CaseId) -> Result<Vec<Row>, LedgerError> {
    let head = cases::find(conn, case)?.ok_or(LedgerError::NoCase)?;
    Ok(rows::of_case(conn, head.no)?)
}

/// What the rows of a case add up to.
pub fn view(conn: &Connection, case: CaseId) -> Result<CaseView, LedgerError> {
    let rows = case_rows(conn, case)?;
    Ok(fold(case, rows.iter().filter_map(|row| CaseEvent::row(row, read_fact(row)))))
}

/// The fact of a change row, or why it is none.
pub fn read_fact(row: &Row) -> Option<ReadFact> {
    match &row.entry {
        Entry::Change { bytes, actor, .. } => Some(Fact::read(check(bytes, *actor).ok()?.fact).map(Arc::new)),
        _ => None,
    }
}
