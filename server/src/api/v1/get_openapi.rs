//! `GET /v1/openapi.json`: what this API is, for programs.

use crate::api::openapi::document;
use axum::Json;
use utoipa::openapi::OpenApi;

/// The document.
pub async fn get_openapi() -> Json<OpenApi> {
    Json(document())
}
