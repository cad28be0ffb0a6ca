//! `GET /v1/openapi.json`: what this API is, for programs.

use crate::api::openapi::document;
use axum::http::header;
use axum::response::IntoResponse;
use std::sync::LazyLock;

/// The document, written once.
static DOCUMENT: LazyLock<String> = LazyLock::new(|| serde_json::to_string(&document()).unwrap_or_default());

/// The document.
pub async fn get_openapi() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.as_str())
}
