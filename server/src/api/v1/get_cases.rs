//! `GET /v1/cases`: every case, short.

use super::read;
use crate::app::App;
use crate::auth::Office;
use crate::commands::view::case_list;
use crate::error::Problem;
use axum::Json;
use axum::extract::State;
use serde_json::Value;
use std::sync::Arc;

/// Name, stage, lamp and next due date of each.
pub async fn get_cases(State(app): State<Arc<App>>, _: Office) -> Result<Json<Value>, Problem> {
    let now = app.now();
    read(app, move |conn| case_list(conn, now)).await
}
