//! `POST /v1/bundle`: work carried by hand, by the office or by any active phone.

use crate::app::App;
use crate::auth::{Office, device};
use crate::error::Problem;
use crate::sync::{Receipt, import};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use daiban_core::ids::PersonId;
use daiban_core::sync::bundle::PATH;
use serde::Serialize;
use std::sync::Arc;

/// What the carrier learns.
#[derive(Debug, Serialize)]
pub struct BundleAnswer {
    /// One receipt a batch.
    pub batches: Vec<Receipt>,
}

/// The office sends its token, a phone signs like for sync; its counter is not used up, because a bundle may be brought twice.
pub async fn post_bundle(
    State(app): State<Arc<App>>,
    office: Result<Office, Problem>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<BundleAnswer>, Problem> {
    let body = body?;
    let carrier = match office {
        Ok(_) => PersonId::from("office"),
        Err(_) => {
            let signature = device::signature(&headers)?;
            app.db.read(|conn| device::verify(conn, &signature, PATH, &body))?.person
        }
    };
    Ok(Json(BundleAnswer { batches: import(&app, body.to_vec(), carrier).await? }))
}
