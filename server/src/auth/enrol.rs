//! A phone asks in: one-time code, its key, a confirmation number that the office compares (security.md §4).

use crate::app::App;
use crate::db::DbError;
use crate::db::sql::devices::{self, Device, DeviceState};
use crate::db::sql::directory;
use crate::db::{Connection, OFFICE_WORK, Transaction};
use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::ids::{DeviceId, PersonId};
use daiban_core::limits::SHORT_TEXT_CHARS_MAX;
use daiban_core::sync::enrol::{Answer, Person, Request, confirmation, key_from_hex, normal_code};
use sha2::{Digest, Sha256};
use std::sync::PoisonError;

/// How long a code may be used, seconds.
pub const CODE_SECONDS: i64 = 600;

fn code_hash(code: &str) -> [u8; 32] {
    Sha256::digest(normal_code(code)).into()
}

/// Draws a code for a person; it is shown once and kept only as its SHA-256.
pub fn invite(tx: &Transaction<'_>, app: &App, person: &PersonId) -> Result<String, Problem> {
    let held = devices::count_of(tx, person)?;
    if held >= app.config.limits.devices_per_person {
        return Err(too_many(held));
    }
    let code = data_encoding::HEXUPPER.encode(&crate::chance::bytes::<16>());
    devices::invite(tx, &code_hash(&code), person, app.now() + CODE_SECONDS)?;
    Ok(code)
}

fn too_many(held: u32) -> Problem {
    let detail = format!("该人员已有{held}台设备，请先停用不再使用的设备。");
    Problem::unprocessable("too_many_devices", detail, "this person has as many devices as allowed; revoke one first")
}

/// Takes a phone's request; the device is pending until the office confirms. The same request again gets the same answer.
pub async fn enrol(app: &App, request: Request) -> Result<Answer, Problem> {
    not_too_often(app)?;
    let public_key = checked_key(&request)?;
    let device = Device {
        id: DeviceId::of(&public_key),
        person: PersonId::from(""),
        public_key,
        model: request.model,
        state: DeviceState::Pending,
        confirmation: confirmation(&request.code, &public_key),
        enrolled_at: app.now(),
        counter: 0,
        seen_at: None,
    };
    let (now, most) = (app.now(), app.config.limits.devices_per_person);
    let hash = code_hash(&request.code);
    let (device, person) = app.db.write(move |tx| admit(tx, device.clone(), &hash, now, most)).await?;
    Ok(Answer {
        device: device.id,
        confirmation: device.confirmation,
        server_public_key: data_encoding::HEXLOWER.encode(&app.public_key()),
        server_epoch: app.epoch,
        person,
    })
}

/// Guessing codes is hopeless by their length; this keeps guessers from costing anything.
fn not_too_often(app: &App) -> Result<(), Problem> {
    let minute = app.now() / 60;
    let mut tried = app.enrolments.lock().unwrap_or_else(PoisonError::into_inner);
    *tried = if tried.0 == minute { (minute, tried.1.saturating_add(1)) } else { (minute, 1) };
    if tried.1 <= app.config.limits.enrolments_per_minute {
        return Ok(());
    }
    let detail = "入网请求过于频繁，请一分钟后再试。";
    Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", detail, "too many enrolments in this minute"))
}

fn checked_key(request: &Request) -> Result<[u8; 32], Problem> {
    let model = &request.model;
    if model.chars().count() > SHORT_TEXT_CHARS_MAX || model.contains('\0') || key_from_hex(&request.public_key).is_none() {
        let detail = "入网请求格式不正确，请更新应用后重新扫码。";
        return Err(Problem::bad_request(
            "unreadable",
            detail,
            "the key must be 64 hex digits, the model at most 200 characters without NUL",
        ));
    }
    request
        .verify()
        .map_err(|error| Problem::unauthorized("signature_invalid", "设备签名不正确，请重新扫码入网。", error.to_string()))
}

fn admit(tx: &Transaction<'_>, device: Device, hash: &[u8; 32], now: i64, most: u32) -> Result<(Device, Person), Problem> {
    let refused = |code, detail, detail_en| Problem::new(StatusCode::UNAUTHORIZED, code, detail, detail_en);
    let wrong = || refused("code_invalid", "入网码不正确，请核对后重新输入，或向专班办公室索取新的入网码。", "no such code");
    let used = || refused("code_used", "入网码已被使用，请向专班办公室索取新的入网码。", "the code was used; ask for a new one");
    let expired =
        || refused("code_expired", "入网码已过期，请向专班办公室索取新的入网码。", "the code expired; ask for a new one");
    tx.alone(OFFICE_WORK)?;
    let invitation = devices::invitation(tx, hash)?.ok_or_else(wrong)?;
    if invitation.used_by == Some(device.id) {
        let device = devices::find(tx, device.id)?.ok_or_else(wrong)?;
        let person = person(tx, &device.person)?;
        return Ok((device, person));
    }
    if invitation.used_by.is_some() {
        return Err(used());
    }
    if invitation.expires_at < now {
        return Err(expired());
    }
    if let Some(known) = devices::find(tx, device.id)?.filter(|known| comes_back(known, &invitation.person)) {
        // A phone whose store was salvaged without its identity: it proved that it holds the key, its records wait to be sent.
        let person = person(tx, &known.person)?;
        devices::set_confirmation(tx, device.id, &device.confirmation)?;
        devices::use_invitation(tx, hash, device.id)?;
        return Ok((Device { confirmation: device.confirmation, ..known }, person));
    }
    if devices::find(tx, device.id)?.is_some() {
        let detail = "该设备密钥已入过网，请在手机上重新生成密钥后再扫码。";
        return Err(Problem::conflict("device_known", detail, "this key is enrolled already; make a new key"));
    }
    let held = devices::count_of(tx, &invitation.person)?;
    if held >= most {
        return Err(too_many(held));
    }
    let person = person(tx, &invitation.person)?;
    let device = Device { person: invitation.person, ..device };
    devices::insert(tx, &device)?;
    if !devices::use_invitation(tx, hash, device.id)? {
        return Err(used());
    }
    Ok((device, person))
}

/// Whether a device that is known already may enrol once more: for the same person, and not revoked.
fn comes_back(known: &Device, person: &PersonId) -> bool {
    known.person == *person && known.state != DeviceState::Revoked
}

fn person(conn: &Connection, id: &PersonId) -> Result<Person, Problem> {
    let known = directory::person(conn, id)?.filter(|person| person.left_at.is_none());
    let known = known.ok_or_else(|| {
        let detail = "该人员已离任，不能办理设备入网，请联系专班办公室。";
        Problem::unprocessable("person_left", detail, "this person has left")
    })?;
    Ok(Person { id: known.id, name: known.name, unit: known.unit, role: known.role })
}

/// The office has compared the six digits: the device may sync. `confirmation` must be the device's.
pub fn confirm(tx: &Transaction<'_>, id: DeviceId, confirmation: &str) -> Result<Device, Problem> {
    let device = must_find(tx, id)?;
    if device.confirmation != confirmation.trim() {
        let detail = "确认号与设备屏幕上的不一致，请当面核对；不一致时请停用该设备。";
        return Err(Problem::unprocessable("confirmation_wrong", detail, "the confirmation number is not the device's"));
    }
    if device.state == DeviceState::Revoked {
        return Err(Problem::conflict("device_revoked", "该设备已停用，请重新发放入网码。", "the device is revoked"));
    }
    devices::change_state(tx, id, DeviceState::Pending, DeviceState::Active)?;
    must_find(tx, id)
}

/// The device may never ask again; what it recorded before stays.
pub fn revoke(tx: &Transaction<'_>, id: DeviceId) -> Result<Device, Problem> {
    let device = must_find(tx, id)?;
    devices::change_state(tx, id, device.state, DeviceState::Revoked)?;
    must_find(tx, id)
}

fn must_find(conn: &Connection, id: DeviceId) -> Result<Device, Problem> {
    devices::find(conn, id).map_err(|e: DbError| Problem::from(e))?.ok_or_else(|| Problem::not_found("该设备", "device"))
}
