//! `GET /v1/cases/{id}/duties`: what a case owes at this moment.

use super::{CasePath, read};
use crate::app::App;
use crate::auth::Office;
use crate::commands::view::case_duties;
use crate::error::Problem;
use axum::Json;
use axum::extract::State;
use serde_json::Value;
use std::sync::Arc;

/// The duties, the rows stored of them, and the trace of rows that were closed.
pub async fn get_case_duties(State(app): State<Arc<App>>, _: Office, CasePath(case): CasePath) -> Result<Json<Value>, Problem> {
    let now = app.now();
    read(app, move |conn| case_duties(conn, case.find(conn)?, now)).await
}
