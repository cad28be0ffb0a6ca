//! `POST /v1/commands`: everything the office orders.

use crate::app::App;
use crate::auth::Office;
use crate::commands::Order;
use crate::door::ConnectionPlace;
use crate::error::Problem;
use axum::body::Body;
use axum::extract::{FromRequest, Request, State};
use axum::{Extension, Json};
use daiban_core::limits::SYNC_BODY_BYTES_MAX;
use serde_json::Value;
use std::sync::Arc;

/// Carries an order out; the answer is what the command line prints with `--json`. The order is read once the token is known.
pub async fn post_commands(
    State(app): State<Arc<App>>,
    _: Office,
    place: Option<Extension<ConnectionPlace>>,
    request: Request,
) -> Result<Json<Value>, Problem> {
    if let Some(Extension(place)) = place {
        place.is_of_office();
    }
    let (head, body) = request.into_parts();
    let whole = app.flight.whole(body, SYNC_BODY_BYTES_MAX, None).await?;
    let Json(order) = Json::<Order>::from_request(Request::from_parts(head, Body::from(whole.bytes)), &()).await?;
    Ok(Json(app.execute(&order.by, order.command).await?))
}
