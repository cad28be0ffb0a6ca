//! `GET /v1/reports`: weekly reports without their bodies, part by part.

use super::{ListPart, read_list};
use crate::app::App;
use crate::auth::Office;
use crate::commands::view::report_list;
use crate::error::Problem;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

/// Newest week first.
pub async fn get_reports(State(app): State<Arc<App>>, _: Office, part: ListPart) -> Result<Response, Problem> {
    read_list(app, part, report_list).await
}
