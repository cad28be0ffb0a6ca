//! A phone asks in: one-time code, its key, a confirmation number that the office compares.

use crate::app::{App, Lane};
use crate::db::DbError;
use crate::db::sql::devices::{self, Device, DeviceState, Invitation};
use crate::db::sql::directory;
use crate::db::{Connection, OFFICE_WORK, Transaction};
use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::fact::text::refused as refused_in_text;
use daiban_core::ids::{DeviceId, PersonId};
use daiban_core::limits::SHORT_TEXT_CHARS_MAX;
use daiban_core::sync::enrol::{
    Answer, Begin, Challenge, Nonces, Person, Request, code_hash, commitment, confirmation, key_from_hex,
};
use daiban_messages::say::auth as say;
use daiban_messages::{Both, Say};
use std::net::IpAddr;
use std::sync::Arc;

/// How long a code may be used, seconds.
pub const CODE_SECONDS: i64 = 600;
/// How long it is remembered that a code expired, seconds; later it is none.
const REMEMBERED_SECONDS: i64 = 24 * 3600;
/// Enrolments begun with one code: whoever stands in between has so many chances in a million to show the same six digits.
const COMMITMENTS_MAX: u32 = 8;

/// Draws a code for a person; it is shown once and kept only as its SHA-256. The person's earlier ones are void.
pub fn invite(tx: &Transaction<'_>, app: &App, person: &PersonId) -> Result<String, Problem> {
    let held = devices::count_of(tx, person)?;
    if held >= app.config.limits.devices_per_person {
        return Err(too_many(held));
    }
    let code = data_encoding::HEXUPPER.encode(&crate::random::bytes::<16>());
    let now = app.now();
    devices::invite(tx, &code_hash(&code), person, now + CODE_SECONDS, now - REMEMBERED_SECONDS)?;
    Ok(code)
}

fn too_many(held: u32) -> Problem {
    Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "too_many_devices", say::TooManyDevices { devices: held })
}

/// Takes a phone's commitment and gives the nonce for it; the same commitment again gets the same one.
pub async fn begin(app: &Arc<App>, address: Option<IpAddr>, begin: Begin) -> Result<Challenge, Problem> {
    // By a clock that was put back, codes that expired are good again.
    app.must_be_on_time()?;
    let (Some(hash), Some(commitment)) = (key_from_hex(&begin.code_hash), key_from_hex(&begin.commitment)) else {
        return Err(refused(app, address, malformed("the code's hash and the commitment must be 64 hex digits each")));
    };
    let invitation = known(app, address, hash).await?;
    let now = app.now();
    if invitation.expires_at < now {
        return Err(refused(app, address, expired()));
    }
    let nonce = crate::random::bytes::<32>();
    let nonce = app.db.write(move |tx| challenge(tx, &hash, &commitment, nonce)).await?;
    let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
    Ok(Challenge { nonce: hex(&nonce), server_public_key: hex(&app.public_key()) })
}

fn challenge(tx: &Transaction<'_>, hash: &[u8; 32], commitment: &[u8; 32], nonce: [u8; 32]) -> Result<[u8; 32], Problem> {
    tx.alone(OFFICE_WORK)?;
    let invitation = devices::invitation(tx, hash)?.ok_or_else(wrong)?;
    if let Some(nonce) = invitation.nonce.filter(|_| invitation.commitment.as_ref() == Some(commitment)) {
        return Ok(nonce);
    }
    if invitation.tries >= COMMITMENTS_MAX {
        return Err(Problem::said(StatusCode::UNAUTHORIZED, "code_worn", say::CodeWorn));
    }
    devices::commit(tx, hash, commitment, &nonce)?;
    Ok(nonce)
}

/// Takes a phone's request; the device is pending until the office confirms. The same request again gets the same answer.
pub async fn enrol(app: &Arc<App>, address: Option<IpAddr>, request: Request) -> Result<Answer, Problem> {
    app.must_be_on_time()?;
    checked_form(&request).map_err(|problem| refused(app, address, problem))?;
    let hash = code_hash(&request.code);
    let invitation = known(app, address, hash).await?;
    let (public_key, nonces) =
        opened(&request, &invitation, app.public_key()).map_err(|problem| refused(app, address, problem))?;
    let device = Device {
        id: DeviceId::of(&public_key),
        person: PersonId::from(""),
        public_key,
        model: request.model,
        state: DeviceState::Pending,
        confirmation: confirmation(&request.code, &public_key, &nonces),
        enrolled_at: app.now(),
        counter: 0,
        seen_at: None,
        unsent: None,
        floor: None,
    };
    let (now, most) = (app.now(), app.config.limits.devices_per_person);
    let (device, person) = app.db.write(move |tx| admit(tx, device.clone(), &hash, &nonces.server, now, most)).await?;
    Ok(Answer {
        device: device.id,
        confirmation: device.confirmation,
        server_public_key: data_encoding::HEXLOWER.encode(&app.public_key()),
        server_epoch: app.epoch,
        person,
    })
}

/// Finds a code that exists. Guessing is hopeless by a code's length; what guessers cost is a look into an index, two at a time,
/// and they are soon told nothing but to wait. A good code is always looked for.
async fn known(app: &Arc<App>, address: Option<IpAddr>, hash: [u8; 32]) -> Result<Invitation, Problem> {
    let found = app.run_blocking_in(Lane::Enrol, move |app| app.db.read(|conn| devices::invitation(conn, &hash))).await??;
    found.ok_or_else(|| refused(app, address, wrong()))
}

/// What a refused address is told.
pub fn refused(app: &App, address: Option<IpAddr>, problem: Problem) -> Problem {
    app.attempts.refused(address, app.now(), app.config.limits.enrolments_per_minute, problem)
}

/// Not what a phone of this version sends.
pub fn malformed(detail_en: impl Into<String>) -> Problem {
    Problem::said(StatusCode::BAD_REQUEST, "unreadable", say::EnrolmentMalformed { why: Both::new("", detail_en) })
}

fn wrong() -> Problem {
    Problem::said(StatusCode::UNAUTHORIZED, "code_invalid", say::CodeWrong)
}

fn used() -> Problem {
    Problem::said(StatusCode::UNAUTHORIZED, "code_used", say::CodeUsed)
}

fn expired() -> Problem {
    Problem::said(StatusCode::UNAUTHORIZED, "code_expired", say::CodeExpired)
}

fn interrupted() -> Problem {
    Problem::said(StatusCode::CONFLICT, "enrolment_interrupted", say::EnrolmentInterrupted)
}

fn checked_form(request: &Request) -> Result<(), Problem> {
    let model = &request.model;
    let keys = [&request.public_key, &request.nonce].into_iter().all(|text| key_from_hex(text).is_some());
    // The office reads it beside the number that it compares: it stays on its line and in its direction.
    let plain = !model.chars().any(|c| c.is_control() || refused_in_text(c));
    if keys && model.chars().count() <= SHORT_TEXT_CHARS_MAX && plain {
        return Ok(());
    }
    Err(malformed("key and nonce must be 64 hex digits, the model at most 200 characters, none of them a control"))
}

/// Whether the request opens the commitment and proves the key; what its number is made of.
fn opened(request: &Request, invitation: &Invitation, server_key: [u8; 32]) -> Result<([u8; 32], Nonces), Problem> {
    let (Some(committed), Some(nonce)) = (invitation.commitment, invitation.nonce) else { return Err(interrupted()) };
    let (key, nonces) = request.verify(nonce, server_key).map_err(|error| {
        let why = Both::new("", error.to_string());
        Problem::said(StatusCode::UNAUTHORIZED, "signature_invalid", say::EnrolmentSignature { why })
    })?;
    if commitment(&request.code, &key, &nonces.phone) != committed {
        return Err(interrupted());
    }
    Ok((key, nonces))
}

fn admit(
    tx: &Transaction<'_>,
    device: Device,
    hash: &[u8; 32],
    nonce: &[u8; 32],
    now: i64,
    most: u32,
) -> Result<(Device, Person), Problem> {
    tx.alone(OFFICE_WORK)?;
    let invitation = devices::invitation(tx, hash)?.ok_or_else(wrong)?;
    if invitation.nonce.as_ref() != Some(nonce) {
        return Err(interrupted());
    }
    let known = devices::find(tx, device.id)?;
    if invitation.used_by == Some(device.id) {
        let known = known.ok_or_else(wrong)?;
        return again(tx, known, device);
    }
    if invitation.used_by.is_some() {
        return Err(used());
    }
    if invitation.expires_at < now {
        return Err(expired());
    }
    if let Some(known) = known {
        if !comes_back(&known, &invitation.person) {
            return Err(Problem::said(StatusCode::CONFLICT, "device_known", say::DeviceKnown));
        }
        // A phone whose store was salvaged without its identity: it proved that it holds the key, its records wait to be sent.
        devices::use_invitation(tx, hash, device.id)?;
        return again(tx, known, device);
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

/// A device that is there stays what it is; the number is that of its last enrolment.
fn again(tx: &Transaction<'_>, known: Device, asks: Device) -> Result<(Device, Person), Problem> {
    let person = person(tx, &known.person)?;
    devices::set_confirmation(tx, known.id, &asks.confirmation)?;
    Ok((Device { confirmation: asks.confirmation, ..known }, person))
}

/// Whether a device that is known already may enrol once more: for the same person, and not revoked.
fn comes_back(known: &Device, person: &PersonId) -> bool {
    known.person == *person && known.state != DeviceState::Revoked
}

fn person(conn: &Connection, id: &PersonId) -> Result<Person, Problem> {
    let known = directory::person(conn, id)?.filter(|person| person.left_at.is_none());
    let known = known.ok_or_else(|| Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "person_left", say::PersonLeft))?;
    Ok(Person { id: known.id, name: known.name, unit: known.unit, role: known.role })
}

/// The office has compared the six digits: the device may sync. `confirmation` must be the device's.
pub fn confirm(tx: &Transaction<'_>, id: DeviceId, confirmation: &str) -> Result<Device, Problem> {
    let device = must_find(tx, id)?;
    if device.confirmation != confirmation.trim() {
        return Err(Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "confirmation_wrong", say::ConfirmationWrong));
    }
    if device.state == DeviceState::Revoked {
        return Err(Problem::said(StatusCode::CONFLICT, "device_revoked", say::DeviceRevoked));
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
    devices::find(conn, id).map_err(|e: DbError| Problem::from(e))?.ok_or_else(|| {
        let what = Both::from(daiban_messages::say::server::Device.say());
        Problem::not_found(&what.zh, &what.en)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_stays_on_its_line_and_in_its_direction() {
        let asks = |model: &str| {
            let key = "00".repeat(32);
            let (code, signature) = (String::new(), String::new());
            checked_form(&Request { code, alg: 1, public_key: key.clone(), model: model.into(), nonce: key, signature }).is_ok()
        };
        assert!(asks("华为 P60（备用机）") && asks(""));
        for model in ["a\0b", "a\nb", "a\tb", "a\u{202E}b", "a\u{7}b", "a\u{200B}b"] {
            assert!(!asks(model), "{model:?}");
        }
    }
}
