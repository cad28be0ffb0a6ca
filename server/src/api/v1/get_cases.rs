//! `GET /v1/cases`: cases, short, part by part.

use super::{ListPart, read_list};
use crate::app::App;
use crate::auth::Office;
use crate::commands::view::case_list;
use crate::error::Problem;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

/// Name, stage, lamp and next due date of each; oldest first.
pub async fn get_cases(State(app): State<Arc<App>>, _: Office, part: ListPart) -> Result<Response, Problem> {
    let now = app.now();
    read_list(app, part, move |conn, part| case_list(conn, part, now)).await
}
