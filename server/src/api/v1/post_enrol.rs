//! `POST /v1/enrol/begin` and `POST /v1/enrol`: a phone asks in with its one-time code.

use crate::app::App;
use crate::auth::{client_address, enrol};
use crate::error::Problem;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{Extensions, StatusCode};
use daiban_core::sync::enrol::{Answer, Begin, Challenge, Request};
use std::sync::Arc;

/// The largest body of either, bytes.
pub const BODY_BYTES_MAX: usize = 4 * 1024;

/// 200 with the server's nonce and key for what the phone committed to.
pub async fn post_enrol_begin(
    State(app): State<Arc<App>>,
    extensions: Extensions,
    begin: Result<Json<Begin>, JsonRejection>,
) -> Result<Json<Challenge>, Problem> {
    let address = client_address(&extensions);
    let Json(begin) = begin.map_err(|rejection| enrol::refused(&app, address, unread(rejection)))?;
    Ok(Json(enrol::begin(&app, address, begin).await?))
}

/// 201 with the confirmation number; the device stays pending until the office confirms.
pub async fn post_enrol(
    State(app): State<Arc<App>>,
    extensions: Extensions,
    request: Result<Json<Request>, JsonRejection>,
) -> Result<(StatusCode, Json<Answer>), Problem> {
    let address = client_address(&extensions);
    let Json(request) = request.map_err(|rejection| enrol::refused(&app, address, unread(rejection)))?;
    Ok((StatusCode::CREATED, Json(enrol::enrol(&app, address, request).await?)))
}

/// Older phones ask in with one request that lacks what this version wants: they are told to update.
fn unread(rejection: JsonRejection) -> Problem {
    match rejection {
        JsonRejection::JsonDataError(error) => enrol::malformed(error.body_text()),
        other => other.into(),
    }
}
