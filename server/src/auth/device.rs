//! A phone asks: its signature over the request's headers, its state, its counter, all looked at every time, and
//! all before a byte of the body is read.

use crate::app::App;
use crate::db::sql::devices::{self, Device, DeviceState, LastRequest, TokenFloor};
use crate::db::{Connection, DbError};
use crate::error::Problem;
use axum::body::{Body, HttpBody};
use axum::http::{HeaderMap, StatusCode};
use daiban_core::ids::{DeviceId, PersonId};
use daiban_core::limits::{REQUEST_COUNTER_JUMP_MAX, REQUEST_COUNTER_MAX};
use daiban_core::sync::{HeaderError, PROTOCOL_VERSION, RequestSignature};
use daiban_messages::Both;
use daiban_messages::say::auth as say;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;

/// A request that is this device's, from a device that may ask.
#[derive(Clone, Debug)]
pub struct Asking {
    /// The device.
    pub device: DeviceId,
    /// Its key.
    pub public_key: [u8; 32],
    /// Its holder.
    pub person: PersonId,
    /// The request's counter.
    pub counter: u64,
    /// The counter of the device's last request when this one was verified.
    pub last_counter: u64,
    /// Names the request among those of its counter: what its body is, and where it went.
    pub body_hash: [u8; 32],
    signature: RequestSignature,
    /// What the device had shown of its time tokens by then.
    pub floor: Option<TokenFloor>,
    /// What this request shows of them.
    pub shows: Option<TokenFloor>,
    /// How many records it had said to hold unsent by then.
    pub unsent: Option<u32>,
    /// What this request says of that.
    pub says_unsent: Option<u32>,
}

/// Whether a request was seen before.
pub enum Seen {
    /// A new one.
    New,
    /// The last one again: it is owed what was kept of its answer.
    Again(Vec<u8>),
}

/// Reads the signature off a request that is still unread.
pub fn signature(headers: &HeaderMap, body: &Body) -> Result<RequestSignature, Problem> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    RequestSignature::read(text, body.size_hint().exact()).map_err(unread)
}

fn unread(error: HeaderError) -> Problem {
    let en = error.to_string();
    let why = Both::new("", &en);
    match error {
        HeaderError::Missing => Problem::said(StatusCode::UNAUTHORIZED, "signature_missing", say::SignatureMissing { why }),
        HeaderError::Older => other_version(false, en),
        HeaderError::Newer => other_version(true, en),
        HeaderError::Length => Problem::said(StatusCode::LENGTH_REQUIRED, "length_required", say::LengthMissing { why }),
    }
}

/// An app that speaks another version than this server: the older of the two is to be updated.
pub fn other_version(is_newer: bool, en: String) -> Problem {
    let why = Both::new("", en);
    let problem = match is_newer {
        true => Problem::said(StatusCode::BAD_REQUEST, "unsupported_version", say::AppNewer { why }),
        false => Problem::said(StatusCode::BAD_REQUEST, "unsupported_version", say::AppOlder { why }),
    };
    problem.with("protocol", PROTOCOL_VERSION)
}

/// Who asks, by the headers alone: the device's own signature, an active device, a counter that is new or the last one again.
pub async fn asking(app: &Arc<App>, signature: RequestSignature, path: &'static str) -> Result<Asking, Problem> {
    let verified = app.run_blocking(move |app| app.db.read(|conn| verify(conn, signature, path)));
    // No byte of the body has come yet: nothing else ends the wait for a place.
    let within = Duration::from_secs(app.config.limits.request_seconds);
    tokio::time::timeout(within, verified).await.map_err(|_| DbError::Busy)??
}

/// Finds the device and verifies that the request is its own. An unknown device is never told to wipe.
fn verify(conn: &Connection, signature: RequestSignature, path: &str) -> Result<Asking, Problem> {
    let device = enrolled(conn, signature.device)?;
    let verified = signature.verify(&device.public_key, "POST", path);
    verified.map_err(|_| Problem::said(StatusCode::UNAUTHORIZED, "signature_invalid", say::SignatureWrong))?;
    must_be_active(&device)?;
    counter_near(signature.counter, device.counter)?;
    let asking = Asking {
        device: device.id,
        public_key: device.public_key,
        person: device.person,
        counter: signature.counter,
        last_counter: device.counter,
        body_hash: named(path, &signature.digest),
        signature,
        floor: device.floor,
        shows: None,
        unsent: device.unsent,
        says_unsent: None,
    };
    if asking.counter <= asking.last_counter {
        seen(conn, &asking)?;
    }
    Ok(asking)
}

/// A body at another address is another request.
fn named(path: &str, digest: &[u8; 32]) -> [u8; 32] {
    match path {
        daiban_core::sync::session::PATH => *digest,
        _ => Sha256::digest([path.as_bytes(), digest].concat()).into(),
    }
}

impl Asking {
    /// Whether this is the body that was signed for.
    pub fn covers(&self, body: &[u8]) -> Result<(), Problem> {
        if self.signature.covers(body) {
            return Ok(());
        }
        Err(Problem::said(StatusCode::BAD_REQUEST, "digest_mismatch", say::BodyChanged))
    }
}

/// Whether a device may ask, as it stands now.
pub fn active(conn: &Connection, device: DeviceId) -> Result<(), Problem> {
    must_be_active(&enrolled(conn, device)?)
}

fn enrolled(conn: &Connection, device: DeviceId) -> Result<Device, Problem> {
    let found = devices::find(conn, device)?;
    found.ok_or_else(|| Problem::said(StatusCode::UNAUTHORIZED, "device_unknown", say::DeviceUnknown))
}

fn must_be_active(device: &Device) -> Result<(), Problem> {
    match device.state {
        DeviceState::Active => Ok(()),
        DeviceState::Pending => {
            let unconfirmed = say::DeviceUnconfirmed { number: &device.confirmation };
            Err(Problem::said(StatusCode::FORBIDDEN, "device_unconfirmed", unconfirmed))
        }
        DeviceState::Revoked => Err(Problem::said(StatusCode::UNAUTHORIZED, "device_revoked", say::DeviceOutOfUse)),
    }
}

/// Compares the request with the device's last one. Replays and reused counters are told the last counter, so that a phone
/// that was restored from a backup can go on above it.
pub fn seen(conn: &Connection, asking: &Asking) -> Result<Seen, Problem> {
    let last = devices::last_request(conn, asking.device)?;
    let Some(LastRequest { counter, body_hash, answer }) = last else { return Ok(Seen::New) };
    if asking.counter > counter {
        return Ok(Seen::New);
    }
    match answer {
        Some(answer) if asking.counter == counter && body_hash == Some(asking.body_hash) => Ok(Seen::Again(answer)),
        _ => Err(replayed(asking.counter == counter, counter)),
    }
}

/// A counter that ran far ahead is told where to go on and is not kept: the device could never ask again.
fn counter_near(counter: u64, last: u64) -> Result<(), Problem> {
    if counter <= REQUEST_COUNTER_MAX && counter.saturating_sub(last) <= REQUEST_COUNTER_JUMP_MAX {
        return Ok(());
    }
    Err(Problem::said(StatusCode::CONFLICT, "counter_too_far", say::CounterAhead).with("counter", last))
}

fn replayed(reused: bool, counter: u64) -> Problem {
    let problem = match reused {
        true => Problem::said(StatusCode::CONFLICT, "counter_reused", say::CounterReused),
        false => Problem::said(StatusCode::CONFLICT, "counter_replayed", say::CounterReplayed),
    };
    problem.with("counter", counter)
}
