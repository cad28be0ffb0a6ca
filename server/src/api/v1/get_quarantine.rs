//! `GET /v1/quarantine`: refused changes.

use super::read;
use crate::app::App;
use crate::auth::Office;
use crate::db::sql::quarantine;
use crate::error::Problem;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use std::sync::Arc;

/// How many are given at most.
const ROWS_MAX: u32 = 1_000;

/// Newest first.
pub async fn get_quarantine(State(app): State<Arc<App>>, _: Office) -> Result<Json<Value>, Problem> {
    read(app, |conn| Ok(json!(quarantine::list(conn, ROWS_MAX)?))).await
}
