//! `GET /v1/duties`: the standing duties of all cases and of the district.

use super::read;
use crate::app::App;
use crate::auth::Office;
use crate::commands::view::duty_list;
use crate::error::Problem;
use axum::Json;
use axum::extract::State;
use serde_json::Value;
use std::sync::Arc;

/// Earliest due date first.
pub async fn get_duties(State(app): State<Arc<App>>, _: Office) -> Result<Json<Value>, Problem> {
    let now = app.now();
    read(app, move |conn| duty_list(conn, now)).await
}
