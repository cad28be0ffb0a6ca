//! `GET /v1/notices`: what the sweep told whom.

use super::read;
use crate::app::App;
use crate::auth::Office;
use crate::db::sql::notices;
use crate::error::Problem;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use std::sync::Arc;

/// How many are given at most.
const ROWS_MAX: u32 = 1_000;

/// Newest first.
pub async fn get_notices(State(app): State<Arc<App>>, _: Office) -> Result<Json<Value>, Problem> {
    read(app, |conn| Ok(json!(notices::newest(conn, ROWS_MAX)?))).await
}
