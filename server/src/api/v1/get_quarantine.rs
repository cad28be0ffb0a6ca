//! `GET /v1/quarantine`: refused changes, part by part.

use super::{ListPart, read_list};
use crate::app::App;
use crate::auth::Office;
use crate::commands::view::quarantine_list;
use crate::error::Problem;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

/// Newest first.
pub async fn get_quarantine(State(app): State<Arc<App>>, _: Office, part: ListPart) -> Result<Response, Problem> {
    let known = app.clone();
    read_list(app, part, move |conn, part| quarantine_list(conn, part, &known.titles, known.now())).await
}
