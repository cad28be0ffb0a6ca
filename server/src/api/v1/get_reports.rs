//! `GET /v1/reports`: all weekly reports, without their bodies.

use super::read;
use crate::app::App;
use crate::auth::Office;
use crate::commands::view::report_list;
use crate::error::Problem;
use axum::Json;
use axum::extract::State;
use serde_json::Value;
use std::sync::Arc;

/// Newest week first.
pub async fn get_reports(State(app): State<Arc<App>>, _: Office) -> Result<Json<Value>, Problem> {
    read(app, report_list).await
}
