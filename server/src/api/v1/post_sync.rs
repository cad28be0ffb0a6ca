//! `POST /v1/sync`: one signed round of a phone.

use crate::app::App;
use crate::auth::device;
use crate::body::Whose;
use crate::door::ConnectionPlace;
use crate::error::Problem;
use crate::sync::round;
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use daiban_core::limits::SYNC_BODY_BYTES_MAX;
use daiban_core::sync::session::{CONTENT_TYPE, PATH};
use std::sync::Arc;

/// Deflated CBOR in, deflated CBOR out; nothing in the answer was said before it was durable. The body is read once it is known whose
/// it is.
pub async fn post_sync(
    State(app): State<Arc<App>>,
    place: Option<Extension<ConnectionPlace>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let asking = device::asking(&app, device::signature(&headers, &body)?, PATH).await?;
    if let Some(Extension(place)) = place {
        place.is_of_device(asking.device);
    }
    let whole = app.flight.whole(body, SYNC_BODY_BYTES_MAX, Some(Whose::Device(asking.device))).await?;
    asking.covers(&whole.bytes)?;
    let answer = round(app.clone(), asking, whole.bytes).await?;
    drop(whole.place);
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE), (header::CACHE_CONTROL, "no-store")], answer).into_response())
}
