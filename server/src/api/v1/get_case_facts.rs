//! `GET /v1/cases/{id}/facts`: the facts of a case.

use super::{CasePath, read};
use crate::app::App;
use crate::auth::Office;
use crate::commands::view::case_facts;
use crate::error::Problem;
use axum::Json;
use axum::extract::State;
use serde_json::Value;
use std::sync::Arc;

/// In the order of the case, each with its verdict.
pub async fn get_case_facts(State(app): State<Arc<App>>, _: Office, CasePath(case): CasePath) -> Result<Json<Value>, Problem> {
    let now = app.now();
    read(app, move |conn| case_facts(conn, case.find(conn)?, now)).await
}
