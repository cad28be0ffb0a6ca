//! `POST /v1/sync`: one signed round of a phone.

use crate::app::App;
use crate::auth::device::signature;
use crate::error::Problem;
use crate::sync::round;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use daiban_core::sync::session::CONTENT_TYPE;
use std::sync::Arc;

/// Deflated CBOR in, deflated CBOR out; nothing in the answer was said before it was durable.
pub async fn post_sync(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let signature = signature(&headers)?;
    let answer = round(app, signature, body?).await?;
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE), (header::CACHE_CONTROL, "no-store")], answer).into_response())
}
