//! Devices and the one-time codes they enrol with.

use crate::db::{Connection, DbError, Row, Transaction, params};
use daiban_core::calendar::{local_date, zh_date};
use daiban_core::ids::{DeviceId, PersonId};
use daiban_messages::say::server as say;
use daiban_messages::{Both, Message, Say};
use serde::Serialize;

/// Where a device stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceState {
    /// Enrolled; the office has not yet compared the confirmation number.
    Pending,
    /// May sync.
    Active,
    /// Out for good.
    Revoked,
}

/// A device's row, without its last answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// Whose it is.
    pub person: PersonId,
    /// Its public key.
    #[serde(skip)]
    pub public_key: [u8; 32],
    /// What it is, in its own words.
    pub model: String,
    /// Where it stands.
    pub state: DeviceState,
    /// Six digits, the same on its screen and at the office.
    pub confirmation: String,
    /// When it enrolled, Unix seconds.
    pub enrolled_at: i64,
    /// Its last request's counter.
    pub counter: u64,
    /// When it last synced, Unix seconds.
    pub seen_at: Option<i64>,
    /// How many records it still held unsent by then, as far as it said so.
    pub unsent: Option<u32>,
    /// What it showed of its time tokens.
    #[serde(skip)]
    pub floor: Option<TokenFloor>,
}

/// The newest time token that a device showed in a request by which it announced that nothing was unsent: what it sends later was
/// recorded later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenFloor {
    /// When the token was issued, Unix seconds.
    pub at: i64,
    /// The server's epoch at the announcement.
    pub server_epoch: u32,
}

impl Device {
    /// "手机（M1）最近一次同步为2026年11月30日，当时仍有3条未上传".
    pub fn synced_zh(&self) -> String {
        self.synced().zh
    }

    /// When it last synced and what it then held unsent, in both languages.
    pub fn synced(&self) -> Message {
        let model = &self.model;
        let Some(day) = self.seen_at.map(local_date) else { return say::NeverSynced { model }.say() };
        let day = Both::new(zh_date(day), day.to_string());
        match self.unsent {
            None => say::SyncedUnsure { model, day }.say(),
            Some(unsent) => say::Synced { model, day, unsent }.say(),
        }
    }
}

impl TokenFloor {
    fn read(at: Option<i64>, server_epoch: Option<u32>) -> Option<TokenFloor> {
        Some(TokenFloor { at: at?, server_epoch: server_epoch? })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, person, public_key, model, state, confirmation, enrolled_at, counter, seen_at, token_floor, \
             token_floor_epoch, unsent FROM device ",
            $rest
        )
    };
}

fn device(row: &Row<'_>) -> Result<Device, DbError> {
    Ok(Device {
        id: DeviceId(row.get(0)?),
        person: PersonId(row.get(1)?),
        public_key: row.get(2)?,
        model: row.get(3)?,
        state: match row.get(4)? {
            "active" => DeviceState::Active,
            "pending" => DeviceState::Pending,
            _ => DeviceState::Revoked,
        },
        confirmation: row.get(5)?,
        enrolled_at: row.get(6)?,
        counter: row.get(7)?,
        seen_at: row.get(8)?,
        floor: TokenFloor::read(row.get(9)?, row.get(10)?),
        unsent: row.get(11)?,
    })
}

/// A device by its id.
pub fn find(conn: &Connection, id: DeviceId) -> Result<Option<Device>, DbError> {
    conn.one(select!("WHERE id = ?1"), params![id.0], device)
}

/// All devices, or those of one person, newest first.
pub fn list(conn: &Connection, person: Option<&PersonId>) -> Result<Vec<Device>, DbError> {
    match person {
        Some(person) => conn.all(select!("WHERE person = ?1 ORDER BY enrolled_at DESC, id"), params![person.as_str()], device),
        None => conn.all(select!("ORDER BY enrolled_at DESC, id"), &[], device),
    }
}

/// How many of a person's devices are not revoked.
pub fn count_of(conn: &Connection, person: &PersonId) -> Result<u32, DbError> {
    conn.number("SELECT count(*) FROM device WHERE person = ?1 AND state <> 'revoked'", params![person.as_str()])
}

/// Adds a device that asked in.
pub fn insert(tx: &Transaction<'_>, device: &Device) -> Result<(), DbError> {
    let sql = "INSERT INTO device (id, person, public_key, model, state, confirmation, enrolled_at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let Device { id, person, public_key, model, state, confirmation, enrolled_at, .. } = device;
    tx.run(sql, params![id.0, person.as_str(), public_key, model, state_name(*state), confirmation, enrolled_at])?;
    Ok(())
}

fn state_name(state: DeviceState) -> &'static str {
    match state {
        DeviceState::Pending => "pending",
        DeviceState::Active => "active",
        DeviceState::Revoked => "revoked",
    }
}

/// Moves a device from one state to another; `false` if it was not in the first.
pub fn change_state(tx: &Transaction<'_>, id: DeviceId, from: DeviceState, to: DeviceState) -> Result<bool, DbError> {
    let sql = "UPDATE device SET state = ?3 WHERE id = ?1 AND state = ?2";
    Ok(tx.run(sql, params![id.0, state_name(from), state_name(to)])? == 1)
}

/// The confirmation number of a device that enrolled once more.
pub fn set_confirmation(tx: &Transaction<'_>, id: DeviceId, confirmation: &str) -> Result<(), DbError> {
    let sql = "UPDATE device SET confirmation = ?2 WHERE id = ?1";
    tx.run(sql, params![id.0, confirmation])?;
    Ok(())
}

/// The last request of a device: its counter, its body's SHA-256, and the answer it got.
pub struct LastRequest {
    /// The counter.
    pub counter: u64,
    /// SHA-256 of the body.
    pub body_hash: Option<[u8; 32]>,
    /// The answer; absent when only the outcomes were kept.
    pub answer: Option<Vec<u8>>,
}

/// What the device asked last.
pub fn last_request(conn: &Connection, id: DeviceId) -> Result<Option<LastRequest>, DbError> {
    let sql = "SELECT counter, body_hash, answer FROM device WHERE id = ?1";
    conn.one(sql, params![id.0], |row| Ok(LastRequest { counter: row.get(0)?, body_hash: row.get(1)?, answer: row.get(2)? }))
}

/// Keeps what the device asked and what it is answered; `false` if it meanwhile went further or was revoked.
pub fn advance(
    tx: &Transaction<'_>,
    id: DeviceId,
    counter: u64,
    body_hash: &[u8; 32],
    answer: &[u8],
    now: i64,
) -> Result<bool, DbError> {
    let sql = "UPDATE device SET counter = ?2, body_hash = ?3, answer = ?4, seen_at = ?5 \
               WHERE id = ?1 AND counter < ?2 AND state = 'active'";
    Ok(tx.run(sql, params![id.0, counter, body_hash, answer, now])? == 1)
}

/// Keeps how many records a device said it still holds.
pub fn set_unsent(tx: &Transaction<'_>, id: DeviceId, unsent: Option<u32>) -> Result<(), DbError> {
    tx.run("UPDATE device SET unsent = ?2 WHERE id = ?1", params![id.0, unsent])?;
    Ok(())
}

/// Raises what a device has shown of its tokens.
pub fn raise_floor(tx: &Transaction<'_>, id: DeviceId, floor: TokenFloor) -> Result<(), DbError> {
    let sql = "UPDATE device SET token_floor = ?2, token_floor_epoch = ?3 WHERE id = ?1";
    tx.run(sql, params![id.0, floor.at, floor.server_epoch])?;
    Ok(())
}

/// Forgets what devices have shown of tokens that a wrong clock issued: those after `now`, and those in the stretch `wrong`, its ends
/// included, which counts again once the right time has passed it.
pub fn forget_floors(tx: &Transaction<'_>, now: i64, wrong: (i64, i64)) -> Result<usize, DbError> {
    let sql = "UPDATE device SET token_floor = NULL, token_floor_epoch = NULL \
               WHERE token_floor > ?1 OR token_floor BETWEEN ?2 AND ?3";
    tx.run(sql, params![now, wrong.0, wrong.1])
}

/// Keeps a one-time code by its SHA-256. Those the person has not used yet are void from now on, and all that expired before `kept`
/// are forgotten.
pub fn invite(tx: &Transaction<'_>, code_hash: &[u8; 32], person: &PersonId, expires_at: i64, kept: i64) -> Result<(), DbError> {
    tx.run("DELETE FROM invitation WHERE person = ?1 AND used_by IS NULL", params![person.as_str()])?;
    tx.run("DELETE FROM invitation WHERE expires_at < ?1", params![kept])?;
    let sql = "INSERT INTO invitation (code_hash, person, expires_at) VALUES (?1, ?2, ?3)";
    tx.run(sql, params![code_hash, person.as_str(), expires_at])?;
    Ok(())
}

/// A code's person, until when it may be used, the device that used it, and the enrolment under way with it.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// For whom.
    pub person: PersonId,
    /// Until when, Unix seconds.
    pub expires_at: i64,
    /// By which device it was used.
    pub used_by: Option<DeviceId>,
    /// What a phone committed to last.
    pub commitment: Option<[u8; 32]>,
    /// The nonce it was given.
    pub nonce: Option<[u8; 32]>,
    /// How many commitments were taken.
    pub tries: u32,
}

/// The invitation of a code.
pub fn invitation(conn: &Connection, code_hash: &[u8; 32]) -> Result<Option<Invitation>, DbError> {
    let sql = "SELECT person, expires_at, used_by, commitment, nonce, tries FROM invitation WHERE code_hash = ?1";
    conn.one(sql, params![code_hash], |row| {
        let used_by = row.get::<Option<_>>(2)?.map(DeviceId);
        let (person, expires_at) = (PersonId(row.get(0)?), row.get(1)?);
        Ok(Invitation { person, expires_at, used_by, commitment: row.get(3)?, nonce: row.get(4)?, tries: row.get(5)? })
    })
}

/// Notes what a phone committed to and the nonce it is given.
pub fn commit(tx: &Transaction<'_>, code_hash: &[u8; 32], commitment: &[u8; 32], nonce: &[u8; 32]) -> Result<(), DbError> {
    let sql = "UPDATE invitation SET commitment = ?2, nonce = ?3, tries = tries + 1 WHERE code_hash = ?1";
    tx.run(sql, params![code_hash, commitment, nonce])?;
    Ok(())
}

/// Marks a code as used; `false` if it was used before.
pub fn use_invitation(tx: &Transaction<'_>, code_hash: &[u8; 32], device: DeviceId) -> Result<bool, DbError> {
    let sql = "UPDATE invitation SET used_by = ?2 WHERE code_hash = ?1 AND used_by IS NULL";
    Ok(tx.run(sql, params![code_hash, device.0])? == 1)
}
