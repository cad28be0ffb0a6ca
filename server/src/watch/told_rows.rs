//! A case's rows, read for computing what it owes.

use crate::db::sql::cases::CaseHead;
use crate::db::sql::rows;
use crate::db::{Connection, DbError};
use crate::ledger::read_fact;
use daiban_core::case::CaseEvent;

/// What came of a case; `None`, with a word in the log, if what is stored of it cannot be read. Proving the store names it.
pub(super) fn readable<T>(head: &CaseHead, done: Result<T, DbError>) -> Result<Option<T>, DbError> {
    match done {
        Err(DbError::Corrupt(what)) => {
            tracing::error!(case = %head.id, what, "the case cannot be read; run `daiban verify`");
            Ok(None)
        }
        done => done.map(Some),
    }
}

/// What the rows of a case say.
pub(crate) fn told_rows(conn: &Connection, head: &CaseHead) -> Result<Vec<CaseEvent>, DbError> {
    let mut told: Vec<CaseEvent> = Vec::new();
    // Row by row: the bytes of a large case are never all in memory beside what they say.
    rows::walk(conn, head.no, 0, |row| {
        told.extend(CaseEvent::row(&row, read_fact(&row)));
        Ok(true)
    })?;
    Ok(told)
}
