//! Reading the store for a page, off the runtime's threads.

use super::PageFailure;
use crate::app::{App, Lane};
use crate::db::sql::cases::CaseHead;
use crate::db::sql::clocks::{self, WrongRows};
use crate::db::sql::rows;
use crate::db::{Connection, DbError};
use crate::ledger::read_fact;
use crate::watch::{Computed, replay};
use daiban_core::case::{CaseEvent, CaseView, Entry, Row};
use daiban_core::rules::{Duty, RulesInForce};
use serde_bytes::ByteBuf;
use std::sync::Arc;

/// Runs `work` on a reader for a page of the office.
pub async fn read<T: Send + 'static>(
    app: &Arc<App>,
    work: impl FnOnce(&App, &Connection) -> Result<T, DbError> + Send + 'static,
) -> Result<T, PageFailure> {
    read_in(app, Lane::Office, work).await
}

/// Runs `work` on a reader, in a lane. What goes wrong is logged and shown as [`PageFailure::Broken`]; a full lane is [`PageFailure::Busy`].
pub async fn read_in<T: Send + 'static>(
    app: &Arc<App>,
    lane: Lane,
    work: impl FnOnce(&App, &Connection) -> Result<T, DbError> + Send + 'static,
) -> Result<T, PageFailure> {
    let done = app.run_blocking_in(lane, |app| app.db.read(|conn| work(app, conn))).await;
    match done {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(DbError::Busy)) | Err(DbError::Busy) => Err(PageFailure::Busy),
        Ok(Err(error)) => {
            tracing::error!(%error, "a page could not read the store");
            Err(PageFailure::Broken)
        }
        Err(error) => {
            tracing::error!(%error, "reading for a page was interrupted");
            Err(PageFailure::Broken)
        }
    }
}

/// One case as a page needs it.
pub struct CaseReading {
    /// Its head.
    pub head: CaseHead,
    /// Its rows. Of changes only those that cannot be read keep their bytes: what the others say stands in the view.
    pub rows: Vec<Row>,
    /// What they add up to.
    pub view: CaseView,
    /// Which of its rows were received while the server's clock was wrong.
    pub clock_wrong: WrongRows,
    /// Its duties at this moment; of one whose due date moved, with the trace.
    pub duties: Vec<Duty>,
}

impl CaseReading {
    /// Reads the whole case and computes what follows from it now.
    pub fn of(conn: &Connection, head: CaseHead, rules: &RulesInForce, now: i64) -> Result<CaseReading, DbError> {
        let (mut rows, mut told) = (Vec::new(), Vec::new());
        rows::walk(conn, head.no, 0, |mut row| {
            let fact = read_fact(&row);
            if let (Entry::Change { bytes, .. }, Some(Ok(_))) = (&mut row.entry, &fact) {
                *bytes = ByteBuf::new();
            }
            told.extend(CaseEvent::row(&row, fact));
            rows.push(row);
            Ok(true)
        })?;
        let Computed { view, duties } = replay(head.id, &told, rules, now);
        let duties = duties.into_values().collect();
        let clock_wrong = clocks::wrong_rows(conn, head.no)?;
        Ok(CaseReading { head, rows, view, clock_wrong, duties })
    }
}

/// What the rows of a case tell, read one by one; `None` where they have more than so many bytes in all.
pub fn told_within(conn: &Connection, head: &CaseHead, bytes_max: usize) -> Result<Option<Vec<CaseEvent>>, DbError> {
    let (mut told, mut left) = (Vec::new(), Some(bytes_max));
    rows::walk(conn, head.no, 0, |row| {
        let size = if let Entry::Change { bytes, .. } = &row.entry { bytes.len() } else { 0 };
        left = left.and_then(|left| left.checked_sub(size));
        if left.is_some() {
            told.extend(CaseEvent::row(&row, read_fact(&row)));
        }
        Ok(left.is_some())
    })?;
    Ok(left.map(|_| told))
}
