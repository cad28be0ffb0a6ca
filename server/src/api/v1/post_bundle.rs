//! `POST /v1/bundle`: work carried by hand, by the office or by any active phone.

use crate::app::App;
use crate::auth::Office;
use crate::auth::device::{self, Asking, Seen};
use crate::body::Whose;
use crate::db::Transaction;
use crate::db::sql::{cbor, devices};
use crate::door::ConnectionPlace;
use crate::error::Problem;
use crate::sync::{Receipt, import};
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::{Extension, Json};
use daiban_core::ids::PersonId;
use daiban_core::sync::bundle::{BYTES_MAX, PATH};
use serde::Serialize;
use std::sync::Arc;

/// What the carrier learns.
#[derive(Debug, Serialize)]
pub struct BundleAnswer {
    /// One receipt a batch.
    pub batches: Vec<Receipt>,
}

/// The office sends its token, a phone signs like for sync and uses up a counter; the same request again gets the same receipts, the
/// same bundle under a new counter finds its changes known. The body is read once it is known whose it is.
pub async fn post_bundle(
    State(app): State<Arc<App>>,
    office: Result<Office, Problem>,
    place: Option<Extension<ConnectionPlace>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<BundleAnswer>, Problem> {
    let asking = match office {
        Ok(_) => None,
        Err(_) => Some(device::asking(&app, device::signature(&headers, &body)?, PATH).await?),
    };
    match (&asking, place) {
        (Some(asking), Some(Extension(place))) => place.is_of_device(asking.device),
        (None, Some(Extension(place))) => place.is_of_office(),
        _ => {}
    }
    let carrier = asking.as_ref().map(|asking| Whose::Carrier(asking.person.clone()));
    let whole = app.flight.whole(body, BYTES_MAX, carrier).await?;
    let batches = match asking {
        None => import(&app, whole.bytes.into(), PersonId::from("office")).await?,
        Some(asking) => {
            asking.covers(&whole.bytes)?;
            carried(&app, asking, whole.bytes.into()).await?
        }
    };
    drop(whole.place);
    Ok(Json(BundleAnswer { batches }))
}

/// A phone's own request: its counter is used up with what it is answered. After a crash in between, the repeated request finds its
/// changes known.
async fn carried(app: &Arc<App>, asking: Asking, bundle: Vec<u8>) -> Result<Vec<Receipt>, Problem> {
    if asking.counter <= asking.last_counter
        && let Seen::Again(kept) = app.db.read(|conn| device::seen(conn, &asking))?
    {
        return Ok(cbor::read(&kept, "receipts")?);
    }
    let receipts = import(app, bundle, asking.person.clone()).await?;
    let (kept, now) = (cbor::write(&receipts)?, app.now());
    let conclude =
        move |tx: &Transaction<'_>| match devices::advance(tx, asking.device, asking.counter, &asking.body_hash, &kept, now)? {
            true => Ok(receipts.clone()),
            false => match device::seen(tx, &asking)? {
                Seen::Again(kept) => Ok(cbor::read(&kept, "receipts")?),
                // Revoked since it was verified: what was taken in stands as carried work, which needs no active carrier.
                Seen::New => device::active(tx, asking.device).map(|()| receipts.clone()),
            },
        };
    app.db.write::<Vec<Receipt>, Problem>(conclude).await
}
