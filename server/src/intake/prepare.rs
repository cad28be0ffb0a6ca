//! Signatures, admission and reading: all that needs no history.

use super::{Item, Parcel};
use crate::app::App;
#[cfg(feature = "test-support")]
use crate::app::Bug;
use crate::auth::device::Asking;
use crate::db::sql::devices::{self, DeviceState};
use crate::db::{Connection, DbError};
use crate::ledger::{Ready, Sent};
use daiban_core::admit::{Checked, Refusal, check, peek};
use daiban_core::doc::ChainTip;
use daiban_core::fact::SealKey;
use daiban_core::ids::{ActorId, CaseId, ChangeHash, DeviceId, PersonId};
use daiban_core::sync::Statement;
use daiban_core::sync::wire::{Batch, CarriedBatch};
use serde_bytes::ByteBuf;

/// Code of a batch whose statement its signer did not sign.
const SIGNATURE: &str = "signature";

/// A batch that the device itself sent. `token` is the request's time token, which the statement names.
pub fn own(app: &App, asking: &Asking, token: &[u8], skew_seconds: i64, batch: Batch) -> Parcel {
    let actor = ActorId::derive(&asking.public_key, batch.case, batch.epoch);
    let sent = Sent {
        device: asking.device,
        person: asking.person.clone(),
        received_at: app.now(),
        token: app.vouched(token, asking.floor),
        skew_seconds,
        commanded: false,
        planted: app.planted,
    };
    let statement = |tip: Tip| Statement {
        device: asking.device,
        epoch: batch.epoch,
        case: batch.case,
        tip_seq: tip.seq,
        tip_hash: tip.hash,
        token: token.to_vec(),
    };
    let statement = tip(&batch.changes).map(statement);
    let stands = |s: &Statement| s.verify(&asking.public_key, &batch.signature).is_ok();
    let items = match &statement {
        Ok(statement) if stands(statement) => admit(app, &batch.changes, actor),
        Ok(_) => all_refused(&batch.changes, SIGNATURE),
        Err(refusal) => all_refused(&batch.changes, if batch.changes.len() == 1 { refusal.code() } else { SIGNATURE }),
    };
    let keys = fitting(batch.keys, &items);
    Parcel {
        case: batch.case,
        sent,
        epoch: batch.epoch,
        actor,
        start: ChainTip::start(batch.case),
        statement: statement.map(|s| s.message()).unwrap_or_default(),
        signature: batch.signature.into_vec(),
        items,
        keys,
    }
}

/// A batch that somebody else carried: the author's signature stands for it, the author gets the credit. The carrier's clock
/// says nothing about the author's, so no skew is known.
pub fn carried(app: &App, conn: &Connection, carrier: &PersonId, batch: CarriedBatch) -> Result<Parcel, DbError> {
    let statement: Option<Statement> = ciborium::from_reader(&batch.statement[..]).ok();
    let key: [u8; 32] = batch.public_key.as_slice().try_into().unwrap_or_default();
    let device = DeviceId::of(&key);
    let known = devices::find(conn, device)?;
    let floor = known.as_ref().and_then(|device| device.floor);
    let named = statement.as_ref().map_or((CaseId::default(), 0), |s| (s.case, s.epoch));
    let actor = ActorId::derive(&key, named.0, named.1);
    let refusal = match known.as_ref().map(|device| device.state) {
        None => Some("device_unknown"),
        Some(DeviceState::Pending) => Some("device_unconfirmed"),
        Some(DeviceState::Revoked) => Some("device_revoked"),
        Some(DeviceState::Active) => {
            let signed =
                statement.as_ref().is_some_and(|s| s.verify(&key, &batch.signature).is_ok() && covers(s, &batch.changes));
            (!signed).then_some(SIGNATURE)
        }
    };
    let items = match refusal {
        Some(code) => all_refused(&batch.changes, code),
        None => admit(app, &batch.changes, actor),
    };
    Ok(Parcel {
        case: named.0,
        sent: Sent {
            device,
            person: known.map_or_else(|| carrier.clone(), |device| device.person),
            received_at: app.now(),
            token: statement.as_ref().map(|s| app.vouched(&s.token, floor)).unwrap_or_default(),
            skew_seconds: 0,
            commanded: false,
            planted: app.planted,
        },
        epoch: named.1,
        actor,
        start: ChainTip::start(named.0),
        statement: statement.map(|s| s.message()).unwrap_or_default(),
        signature: batch.signature.into_vec(),
        items,
        keys: Vec::new(),
    })
}

struct Tip {
    seq: u64,
    hash: ChangeHash,
}

/// What the statement must be over.
fn tip(changes: &[ByteBuf]) -> Result<Tip, Refusal> {
    let last = changes.last().ok_or(Refusal::Header)?;
    peek(last).map(|peek| Tip { seq: peek.seq, hash: peek.hash })
}

fn covers(statement: &Statement, changes: &[ByteBuf]) -> bool {
    tip(changes).is_ok_and(|tip| (tip.seq, tip.hash) == (statement.tip_seq, statement.tip_hash))
}

fn all_refused(changes: &[ByteBuf], code: &'static str) -> Vec<Item> {
    let refuse = |(i, bytes): (usize, &ByteBuf)| if i == 0 { Item::Refused(code, bytes.to_vec()) } else { Item::Blocked };
    changes.iter().enumerate().map(refuse).collect()
}

fn admit(app: &App, changes: &[ByteBuf], actor: ActorId) -> Vec<Item> {
    let mut stopped = false;
    let one = |bytes: &ByteBuf| {
        if stopped {
            return Item::Blocked;
        }
        match checked(app, bytes, actor) {
            Ok(checked) => Item::Ready(Box::new(Ready::new(checked))),
            Err(refusal) => {
                stopped = true;
                Item::Refused(refusal.code(), bytes.to_vec())
            }
        }
    };
    changes.iter().map(one).collect()
}

#[cfg(not(feature = "test-support"))]
fn checked(_: &App, bytes: &[u8], actor: ActorId) -> Result<Checked, Refusal> {
    check(bytes, actor)
}

#[cfg(feature = "test-support")]
fn checked(app: &App, bytes: &[u8], actor: ActorId) -> Result<Checked, Refusal> {
    use daiban_core::admit::{Rules, check_with};
    let actor = if app.planted(Bug::AcceptForeignActor) { peek(bytes)?.actor } else { actor };
    if app.planted(Bug::NoCanonicalCheck) {
        return check_with(&Rules::without(&[Refusal::NotCanonical]), bytes, actor);
    }
    check(bytes, actor)
}

/// The keys of values that stand in these changes; a key that belongs elsewhere is not taken, so nobody can claim another's.
fn fitting(keys: Vec<SealKey>, items: &[Item]) -> Vec<SealKey> {
    let stands = |key: &SealKey| {
        items.iter().any(|item| match item {
            Item::Ready(ready) => ready.checked.raw.windows(16).any(|bytes| bytes == key.id.0),
            _ => false,
        })
    };
    keys.into_iter().filter(|key| key.key.len() == 32 && stands(key)).collect()
}
