//! `POST /v1/enrol`: a phone asks in with its one-time code.

use crate::app::App;
use crate::auth::enrol::enrol;
use crate::error::Problem;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use daiban_core::sync::enrol::{Answer, Request};
use std::sync::Arc;

/// 201 with the confirmation number; the device stays pending until the office confirms.
pub async fn post_enrol(
    State(app): State<Arc<App>>,
    request: Result<Json<Request>, JsonRejection>,
) -> Result<(StatusCode, Json<Answer>), Problem> {
    let Json(request) = request?;
    Ok((StatusCode::CREATED, Json(enrol(&app, request).await?)))
}
