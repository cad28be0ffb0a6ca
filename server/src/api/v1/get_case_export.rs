//! `GET /v1/cases/{id}/export`: the case as an Automerge file that any implementation loads.

use super::CasePath;
use crate::app::{App, CaseGiven, Lane};
use crate::auth::Office;
use crate::error::Problem;
use crate::ledger::case_rows;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use daiban_core::case::Entry;
use daiban_core::doc::export;
use daiban_core::ids::CaseId;
use daiban_messages::Both;
use daiban_messages::say::server as say;
use std::sync::Arc;

/// The file.
pub async fn get_case_export(State(app): State<Arc<App>>, _: Office, CasePath(given): CasePath) -> Result<Response, Problem> {
    let (case, file) = app.run_blocking_in(Lane::Office, move |app| document(app, given)).await??;
    let name = format!("attachment; filename=\"{case}.automerge\"");
    let headers = [(header::CONTENT_TYPE, "application/octet-stream".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, file).into_response())
}

fn document(app: &App, given: CaseGiven) -> Result<(CaseId, Vec<u8>), Problem> {
    let (case, rows) = app.db.read(|conn| {
        let case = given.find(conn)?;
        Ok::<_, Problem>((case, case_rows(conn, case)?))
    })?;
    let changes = rows.iter().filter_map(|row| match &row.entry {
        Entry::Change { bytes, .. } => Some(bytes.as_slice()),
        _ => None,
    });
    let file = export(case, changes).map_err(|error| {
        tracing::error!(%case, %error, "a case could not be exported");
        let why = Both::new("", error.to_string());
        Problem::said(StatusCode::INTERNAL_SERVER_ERROR, "export_failed", say::ExportFailed { why })
    })?;
    Ok((case, file))
}
