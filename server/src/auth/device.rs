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
    match error {
        HeaderError::Missing => Problem::unauthorized("signature_missing", "请求缺少设备签名，请更新应用后重新同步。", en),
        HeaderError::Older => other_version(false, en),
        HeaderError::Newer => other_version(true, en),
        HeaderError::Length => {
            let detail = "请求没有说明内容长度，可能被网络设备改动，请换用其他网络后重新同步；记录仍安全保存在本机。";
            Problem::new(StatusCode::LENGTH_REQUIRED, "length_required", detail, en)
        }
    }
}

/// An app that speaks another version than this server: the older of the two is to be updated.
pub fn other_version(is_newer: bool, en: String) -> Problem {
    let detail = match is_newer {
        true => "应用版本比服务器新，请告知专班办公室更新服务器后再同步；记录仍安全保存在本机。",
        false => "应用版本与服务器不一致，请更新应用后再同步；记录仍安全保存在本机。",
    };
    Problem::bad_request("unsupported_version", detail, en).with("protocol", PROTOCOL_VERSION)
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
    signature.verify(&device.public_key, "POST", path).map_err(|_| {
        Problem::unauthorized(
            "signature_invalid",
            "设备签名不正确，请更新应用后重新同步。",
            "the request's signature does not stand",
        )
    })?;
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
        let detail = "数据在传输中发生改变，未登记，请重新同步；反复出现请换用其他网络，记录仍安全保存在本机。";
        Err(Problem::bad_request("digest_mismatch", detail, "the body is not the one its `content-digest` names; send it again"))
    }
}

/// Whether a device may ask, as it stands now.
pub fn active(conn: &Connection, device: DeviceId) -> Result<(), Problem> {
    must_be_active(&enrolled(conn, device)?)
}

fn enrolled(conn: &Connection, device: DeviceId) -> Result<Device, Problem> {
    devices::find(conn, device)?.ok_or_else(|| {
        Problem::unauthorized(
            "device_unknown",
            "服务器没有这台设备的登记，请保留本机记录，联系专班办公室重新登记。",
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

/// A counter that ran far ahead is told where to go on and is not kept: the device could never ask again.
fn counter_near(counter: u64, last: u64) -> Result<(), Problem> {
    if counter <= REQUEST_COUNTER_MAX && counter.saturating_sub(last) <= REQUEST_COUNTER_JUMP_MAX {
        return Ok(());
    }
    let detail = "请求序号异常，应用会自动重新编号后再试；若反复出现，请更新应用，并联系专班办公室。";
    let detail_en = "this counter is too far above the last one; go on above `counter`";
    Err(Problem::conflict("counter_too_far", detail, detail_en).with("counter", last))
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
