//! `GET /v1/duties`: the standing duties of all cases and of the district, part by part.

use super::{ListPart, read_list};
use crate::app::App;
use crate::auth::Office;
use crate::commands::view::duty_list;
use crate::error::Problem;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

/// Earliest due date first.
pub async fn get_duties(State(app): State<Arc<App>>, _: Office, part: ListPart) -> Result<Response, Problem> {
    let now = app.now();
    let known = app.clone();
    read_list(app, part, move |conn, part| duty_list(conn, part, &known.titles, &known.reference(conn)?.calendar, now)).await
}
