//! `GET /v1/notices`: what the sweep told whom, part by part.

use super::{ListPart, read_list};
use crate::app::App;
use crate::auth::Office;
use crate::commands::view::notice_list;
use crate::error::Problem;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

/// Newest first.
pub async fn get_notices(State(app): State<Arc<App>>, _: Office, part: ListPart) -> Result<Response, Problem> {
    read_list(app, part, notice_list).await
}
