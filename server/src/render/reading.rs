//! Reading the store for a page, off the runtime's threads.

use super::Failure;
use crate::app::{App, Reference};
use crate::db::sql::cases::CaseHead;
use crate::db::sql::{duties, rows};
use crate::db::{Connection, DbError};
use crate::ledger::read_fact;
use daiban_core::case::{CaseView, Row, Told, fold};
use daiban_core::rules::{self, Duty};
use std::collections::HashMap;
use std::sync::Arc;

/// Runs `work` on a reader. What goes wrong is logged and shown as [`Failure::Broken`].
pub async fn read<T: Send + 'static>(
    app: &Arc<App>,
    work: impl FnOnce(&App, &Connection) -> Result<T, DbError> + Send + 'static,
) -> Result<T, Failure> {
    let done = app.aside(|app| app.db.read(|conn| work(app, conn))).await;
    match done {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => {
            tracing::error!(%error, "a page could not read the store");
            Err(Failure::Broken)
        }
        Err(error) => {
            tracing::error!(%error, "reading for a page was interrupted");
            Err(Failure::Broken)
        }
    }
}

/// One case as a page needs it.
pub struct CaseReading {
    /// Its head.
    pub head: CaseHead,
    /// Its rows.
    pub rows: Vec<Row>,
    /// What they add up to.
    pub view: CaseView,
    /// Its duties at this moment; of one whose due date moved, with the trace.
    pub duties: Vec<Duty>,
}

impl CaseReading {
    /// Reads the whole case and computes what follows from it now.
    pub fn of(conn: &Connection, head: CaseHead, reference: &Reference, now: i64) -> Result<CaseReading, DbError> {
        let rows = rows::of_case(conn, head.no)?;
        let view = fold(head.id, rows.iter().filter_map(|row| Told::row(row, read_fact(row))));
        let kept = kept(conn, head.no)?;
        let fresh = rules::duties(&view, &reference.calendar, &reference.policy, now).into_iter();
        let settled = fresh.map(|duty| match kept.get(&duty.key) {
            Some(old) => rules::settle(old, duty, &reference.calendar, &reference.policy, now),
            None => duty,
        });
        let duties = settled.collect();
        Ok(CaseReading { head, rows, view, duties })
    }
}

/// The duties as the server stored them, by key.
fn kept(conn: &Connection, case_no: i64) -> Result<HashMap<String, Duty>, DbError> {
    let read = |row: duties::DutyRow| serde_json::from_value(row.body).map(|duty: Duty| (row.key, duty));
    duties::standing(conn, case_no)?.into_iter().map(|row| read(row).map_err(|_| DbError::Corrupt("duty"))).collect()
}
