//! `GET /v1/cases/{id}`: one case.

use super::{CasePath, read};
use crate::app::App;
use crate::auth::Office;
use crate::commands::view::case_show;
use crate::error::Problem;
use axum::Json;
use axum::extract::State;
use serde_json::Value;
use std::sync::Arc;

/// Team, facts, duties.
pub async fn get_case(State(app): State<Arc<App>>, _: Office, CasePath(case): CasePath) -> Result<Json<Value>, Problem> {
    let now = app.now();
    read(app, move |conn| case_show(conn, case.find(conn)?, now)).await
}
