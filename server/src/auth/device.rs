//! A phone asks: its signature over the request, its state, its counter, all looked at every time (security.md §4, no caches).

use crate::db::Connection;
use crate::db::sql::devices::{self, Device, DeviceState, LastRequest};
use crate::error::Problem;
use axum::http::{HeaderMap, StatusCode};
use daiban_core::ids::{DeviceId, PersonId};
use daiban_core::sync::RequestSignature;
use daiban_core::sync::request::{HEADER_COUNTER, HEADER_DEVICE, HEADER_SIGNATURE};
use sha2::{Digest, Sha256};

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
    /// SHA-256 of the request's body.
    pub body_hash: [u8; 32],
}

/// Whether a request was seen before.
pub enum Seen {
    /// A new one.
    New,
    /// The last one again: it is owed what was kept of its answer.
    Again(Vec<u8>),
}

/// Reads the three headers.
pub fn signature(headers: &HeaderMap) -> Result<RequestSignature, Problem> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    RequestSignature::read(text(HEADER_DEVICE), text(HEADER_COUNTER), text(HEADER_SIGNATURE)).ok_or_else(|| {
        Problem::unauthorized(
            "signature_missing",
            "请求缺少设备签名，请更新应用后重新同步。",
            "the signature headers are missing or malformed",
        )
    })
}

/// Finds the device and verifies that the request is its own. An unknown device is never told to wipe.
pub fn verify(conn: &Connection, signature: &RequestSignature, path: &str, body: &[u8]) -> Result<Asking, Problem> {
    let device = enrolled(conn, signature.device)?;
    signature.verify(&device.public_key, "POST", path, body).map_err(|_| {
        Problem::unauthorized(
            "signature_invalid",
            "设备签名不正确，请更新应用后重新同步。",
            "the request's signature does not stand",
        )
    })?;
    must_be_active(&device)?;
    Ok(Asking {
        device: device.id,
        public_key: device.public_key,
        person: device.person,
        counter: signature.counter,
        last_counter: device.counter,
        body_hash: Sha256::digest(body).into(),
    })
}

/// Whether a device may ask, as it stands now.
pub fn active(conn: &Connection, device: DeviceId) -> Result<(), Problem> {
    must_be_active(&enrolled(conn, device)?)
}

fn enrolled(conn: &Connection, device: DeviceId) -> Result<Device, Problem> {
    devices::find(conn, device)?.ok_or_else(|| {
        Problem::unauthorized(
            "device_unknown",
            "服务器没有这台设备的登记，请保留本机记录，联系专班办公室重新入网。",
            "this device is not enrolled here; keep its records and enrol again",
        )
    })
}

fn must_be_active(device: &Device) -> Result<(), Problem> {
    match device.state {
        DeviceState::Active => Ok(()),
        DeviceState::Pending => Err(Problem::forbidden(
            "device_unconfirmed",
            format!("设备尚未确认，请将确认号 {} 告知专班办公室。", device.confirmation),
            "the office has not confirmed this device yet",
        )),
        DeviceState::Revoked => Err(Problem::unauthorized(
            "device_revoked",
            "该设备已停用；未上传的记录请用“导出记录包”交专班办公室认定。",
            "this device was revoked",
        )),
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

fn replayed(reused: bool, counter: u64) -> Problem {
    let (code, detail_en) = if reused {
        ("counter_reused", "this counter was used with another body; go on above `counter`")
    } else {
        ("counter_replayed", "this counter was passed already; go on above `counter`")
    };
    let detail = "请求序号已用过，应用会自动重新编号后再试；若反复出现，请检查本设备是否被复制。";
    Problem::new(StatusCode::CONFLICT, code, detail, detail_en).with("counter", counter)
}
