//! Signatures, admission and reading: all that needs no history but for what is known of it already.

use super::cost::overdrawn;
use super::known::Known;
use super::take::DEVICE_REVOKED;
use super::{Cost, Item, PreparedBatch};
use crate::app::App;
use crate::auth::device::Asking;
use crate::db::Connection;
use crate::db::sql::devices::{self, DeviceState};
use crate::error::Problem;
use crate::ledger::{Ready, Sent};
#[cfg(feature = "test-support")]
use crate::planted::Bug;
use daiban_core::admit::{Charge, Checked, Overdrawn, Refusal, check_within, peek_within};
use daiban_core::doc::ChainTip;
use daiban_core::fact::{Body, Fact};
use daiban_core::ids::{ActorId, CaseId, ChangeHash, DeviceId, PersonId};
use daiban_core::limits::CHANGE_WIRE_BYTES_MAX;
use daiban_core::report::closes_at;
use daiban_core::sync::Statement;
use daiban_core::sync::wire::{Batch, CarriedBatch};
use serde_bytes::ByteBuf;

/// Code of a batch whose statement its signer did not sign.
const SIGNATURE: &str = "signature";

/// Sealed values of one change that cost nothing beside it; no kind has more.
const SEALED_FREE: usize = 2;
/// What a further one takes on the disk.
const SEALED_BYTES: usize = 128;

/// Who brings work, and what they may make it cost.
pub struct Bringing<'a> {
    /// The server.
    pub app: &'a App,
    /// A reader.
    pub conn: &'a Connection,
    /// What is left of the request's cost.
    pub cost: &'a mut Cost,
}

/// A batch that the device itself sent. `token` is the request's time token, which the statement names.
pub fn own(
    bringing: &mut Bringing<'_>,
    asking: &Asking,
    token: &[u8],
    skew_seconds: i64,
    batch: Batch,
) -> Result<PreparedBatch, Problem> {
    let app = bringing.app;
    bringing.cost.charge(Charge::Batch)?;
    let actor = ActorId::derive(&asking.public_key, batch.case, batch.epoch);
    let sent = Sent {
        device: asking.device,
        person: asking.person.clone(),
        received_at: app.now(),
        token: app.vouched(token, asking.floor),
        skew_seconds,
        commanded: false,
        numbers: app.numbers()?,
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
    let statement = tip(&batch.changes, bringing.cost)?.map(statement);
    let stands = |s: &Statement| s.verify(&asking.public_key, &batch.signature).is_ok();
    let items = match &statement {
        Ok(statement) if stands(statement) => {
            // A key that comes after its value belongs to a change that is known: then that one is read again.
            let known = if batch.keys.is_empty() { Known::find(bringing.conn, batch.case, actor)? } else { None };
            admit(bringing, &batch.changes, actor, known)?
        }
        Ok(_) => all_refused(&batch.changes, SIGNATURE),
        Err(refusal) => all_refused(&batch.changes, if batch.changes.len() == 1 { refusal.code() } else { SIGNATURE }),
    };
    batch.keys.iter().try_for_each(|_| bringing.cost.charge(Charge::Key))?;
    Ok(PreparedBatch {
        case: batch.case,
        sent,
        epoch: batch.epoch,
        actor,
        start: ChainTip::start(batch.case),
        statement: statement.map(|s| s.message()).unwrap_or_default(),
        signature: batch.signature.into_vec(),
        items,
        keys: batch.keys,
    })
}

/// A batch that somebody else carried: the author's signature stands for it, the author gets the credit. The carrier's clock
/// says nothing about the author's, so no skew is known.
pub fn carried(bringing: &mut Bringing<'_>, carrier: &PersonId, batch: CarriedBatch) -> Result<PreparedBatch, Problem> {
    let (app, conn) = (bringing.app, bringing.conn);
    bringing.cost.charge(Charge::Batch)?;
    let statement: Option<Statement> = ciborium::from_reader(&batch.statement[..]).ok();
    let key: [u8; 32] = batch.public_key.as_slice().try_into().unwrap_or_default();
    let device = DeviceId::of(&key);
    let known = devices::find(conn, device)?;
    let floor = known.as_ref().and_then(|device| device.floor);
    let named = statement.as_ref().map_or((CaseId::default(), 0), |s| (s.case, s.epoch));
    let actor = ActorId::derive(&key, named.0, named.1);
    let state = known.as_ref().map(|device| device.state);
    let refusal = match state {
        None => Some("device_unknown"),
        Some(DeviceState::Pending) => Some("device_unconfirmed"),
        Some(state) => {
            let tip = tip(&batch.changes, bringing.cost)?.ok();
            let signed = statement.as_ref().is_some_and(|s| {
                tip.is_some_and(|tip| (tip.seq, tip.hash) == (s.tip_seq, s.tip_hash)) && s.verify(&key, &batch.signature).is_ok()
            });
            let code = if state == DeviceState::Revoked { DEVICE_REVOKED } else { SIGNATURE };
            (!signed).then_some(code)
        }
    };
    let items = match refusal {
        Some(code) => all_refused(&batch.changes, code),
        None => {
            let known = Known::find(conn, named.0, actor)?;
            let items = admit(bringing, &batch.changes, actor, known)?;
            if state == Some(DeviceState::Revoked) { set_aside(items, &batch.changes) } else { items }
        }
    };
    Ok(PreparedBatch {
        case: named.0,
        sent: Sent {
            device,
            person: known.map_or_else(|| carrier.clone(), |device| device.person),
            received_at: app.now(),
            token: statement.as_ref().map(|s| app.vouched(&s.token, floor)).unwrap_or_default(),
            skew_seconds: 0,
            commanded: false,
            numbers: app.numbers()?,
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

#[derive(Clone, Copy)]
struct Tip {
    seq: u64,
    hash: ChangeHash,
}

/// What the statement must be over.
fn tip(changes: &[ByteBuf], cost: &mut Cost) -> Result<Result<Tip, Refusal>, Problem> {
    let Some(last) = changes.last() else { return Ok(Err(Refusal::Header)) };
    let peek = peek_within(last, &mut cost.budget).map_err(overdrawn)?;
    Ok(peek.map(|peek| Tip { seq: peek.seq, hash: peek.hash }))
}

fn all_refused(changes: &[ByteBuf], code: &'static str) -> Vec<Item> {
    let refuse = |(i, bytes): (usize, &ByteBuf)| if i == 0 { Item::Refused(code, bytes.to_vec()) } else { Item::Blocked };
    changes.iter().enumerate().map(refuse).collect()
}

/// What a revoked device had signed and not sent: none of it is admitted, and all of it is kept for the office to judge, as far as it is
/// one chain, and with it the first change that is none.
fn set_aside(items: Vec<Item>, changes: &[ByteBuf]) -> Vec<Item> {
    let mut before = None;
    let aside = |(item, bytes): (Item, &ByteBuf)| {
        let (item, hash) = match item {
            Item::Ready(ready) if before.is_none_or(|before| before == ready.checked.dep) => {
                (Item::Refused(DEVICE_REVOKED, bytes.to_vec()), ready.checked.hash)
            }
            Item::Known(seq, hash) => (Item::Known(seq, hash), hash),
            Item::Refused(_, bytes) => return Item::Refused(DEVICE_REVOKED, bytes),
            _ => return Item::Blocked,
        };
        before = Some(hash);
        item
    };
    items.into_iter().zip(changes).map(aside).collect()
}

fn admit(bringing: &mut Bringing<'_>, changes: &[ByteBuf], actor: ActorId, known: Option<Known>) -> Result<Vec<Item>, Problem> {
    // A planted server writes what it knows a second time.
    #[cfg(feature = "test-support")]
    let known = known.filter(|_| !bringing.app.planted(Bug::SkipDedup));
    let mut items = Vec::with_capacity(changes.len());
    for bytes in changes {
        let item = match (items.last(), &known) {
            (Some(Item::Refused(..) | Item::Blocked), _) => Some(Item::Blocked),
            (_, Some(known)) => known.item(bringing.conn, bytes, bringing.cost)?,
            _ => None,
        };
        items.push(match item {
            Some(item) => item,
            None => read(bringing, bytes, actor)?,
        });
    }
    Ok(items)
}

/// Checks and reads a change that is new here.
fn read(bringing: &mut Bringing<'_>, bytes: &[u8], actor: ActorId) -> Result<Item, Problem> {
    let Bringing { app, conn, cost } = bringing;
    cost.charge(Charge::Row)?;
    let checked = match checked(app, bytes, actor, cost).map_err(overdrawn)? {
        Ok(checked) => checked,
        Err(refusal) => return Ok(Item::Refused(refusal.code(), bytes.to_vec())),
    };
    // It is kept inflated, and read again in that form by every phone of the case and by each proof: what none of them could read is
    // never let in. No phone writes so much.
    if checked.raw.len() > CHANGE_WIRE_BYTES_MAX {
        return Ok(Item::Refused(Refusal::TooBig.code(), bytes.to_vec()));
    }
    cost.store(checked.raw.len().saturating_sub(bytes.len()))?;
    let mut ready = Ready::new(checked);
    ready.week_closes_at = week_closes_at(app, conn, &ready)?;
    let sealed = ready.sealed.len();
    (0..sealed).try_for_each(|_| cost.charge(Charge::Key))?;
    cost.store(sealed.saturating_sub(SEALED_FREE).saturating_mul(SEALED_BYTES))?;
    Ok(Item::Ready(Box::new(ready)))
}

/// By the calendar and the numbers in force, which are kept in memory.
fn week_closes_at(app: &App, conn: &Connection, ready: &Ready) -> Result<Option<i64>, Problem> {
    let Ok(Fact { body: Body::NoChange(body), .. }) = &ready.fact else { return Ok(None) };
    let reference = app.reference(conn)?;
    Ok(closes_at(&reference.calendar, &reference.numbers, body.week))
}

#[cfg(not(feature = "test-support"))]
fn checked(_: &App, bytes: &[u8], actor: ActorId, cost: &mut Cost) -> Result<Result<Checked, Refusal>, Overdrawn> {
    check_within(bytes, actor, &mut cost.budget)
}

#[cfg(feature = "test-support")]
fn checked(app: &App, bytes: &[u8], actor: ActorId, cost: &mut Cost) -> Result<Result<Checked, Refusal>, Overdrawn> {
    use daiban_core::admit::{Rules, check_with, peek};
    let actor = match peek(bytes) {
        Ok(peek) if app.planted(Bug::AcceptForeignActor) => peek.actor,
        _ => actor,
    };
    if app.planted(Bug::NoCanonicalCheck) {
        return Ok(check_with(&Rules::without(&[Refusal::NotCanonical]), bytes, actor));
    }
    check_within(bytes, actor, &mut cost.budget)
}
