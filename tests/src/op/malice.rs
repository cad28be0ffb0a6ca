//! Requests that no honest phone sends.

use super::{Attack, CaseNo, PhoneNo, Tamper};
use crate::hostile::craft::{Raw, column, decode, encode};
use crate::network::deliver;
use crate::phone::{Kind, Phone};
use crate::world::World;
use automerge::ScalarValue;
use automerge::legacy::{Key, ObjectId, Op as AmOp, OpId, OpType};
use daiban_core::admit::peek;
use daiban_core::case::Entry;
use daiban_core::doc::{ChainTip, compose};
use daiban_core::fact::{Fact, Node};
use daiban_core::ids::{ActorId, CaseId, FactId, PersonId};
use daiban_core::sync::request::{HEADER_COUNTER, RequestSignature};
use daiban_core::sync::session::{self, HttpRequest};
use daiban_core::sync::wire::{Batch, Place, SyncRequest, editions_version};
use daiban_core::sync::{Signer, Statement, pack, unpack};
use daiban_server::ledger;
use serde_bytes::ByteBuf;

const BODY_BYTES_MAX: usize = 32 * 1024 * 1024;

/// The phone syncs, but its first request that holds enough work is spoiled on its way out.
pub fn tampered(world: &mut World, phone: PhoneNo, tamper: Tamper) {
    let no = world.phone_no(phone);
    let now = world.phones[no].clock(world.now());
    let Ok(step) = world.phones[no].agent_mut().begin_sync(now) else { return };
    let Some(request) = step.send else { return };
    let Some(spoiled) = spoil(world, no, &request, tamper) else { return };
    world.phones[no].last_request = Some(spoiled.clone());
    let Some(reply) = deliver(&mut world.server, &mut world.ledger, &spoiled) else { return };
    // The app hears the answer to a request it did not quite make. Whatever it thinks of it, it must go on afterwards.
    let _ = world.phones[no].agent_mut().receive(reply.status, &reply.body, now);
}

fn spoil(world: &World, no: usize, request: &HttpRequest, tamper: Tamper) -> Option<HttpRequest> {
    let mut message: SyncRequest = unpack(&request.body, BODY_BYTES_MAX).ok()?;
    let at = message.batches.iter().position(|b| b.changes.len() >= 2)?;
    let batch = &mut message.batches[at];
    let middle = batch.changes.len() / 2;
    let tip = batch.changes.last()?.clone();
    let mut later = None;
    match tamper {
        Tamper::FlipMiddle => {
            let bytes = &mut batch.changes[middle];
            let place = bytes.len() / 2;
            bytes[place] ^= 1;
        }
        Tamper::RecodeMiddle => batch.changes[middle] = ByteBuf::from(recoded(&batch.changes[middle])),
        Tamper::SkipFirst => drop(batch.changes.remove(0)),
        Tamper::CutLast => drop(batch.changes.pop()),
        Tamper::SwapTwo => batch.changes.swap(0, 1),
        Tamper::RepeatOne => batch.changes.insert(1, batch.changes[0].clone()),
        Tamper::Overlap => {
            let before = sent_before(world, no, batch.case, batch.epoch);
            batch.changes.splice(0..0, before);
        }
        Tamper::LaterHalfFirst => {
            later = Some(Batch { changes: batch.changes.split_off(middle), ..batch.clone() });
        }
    }
    let token = message.token.clone().unwrap_or_default();
    let phone = &world.phones[no];
    let named = if tamper == Tamper::CutLast { Some(tip) } else { None };
    sign(phone, &mut message.batches[at], named.as_ref(), &token);
    if let Some(mut later) = later {
        sign(phone, &mut later, None, &token);
        message.batches.insert(at, later);
    }
    Some(signed(phone, &message, counter_of(request)))
}

/// The same fact in bytes that no writer of ours makes: a value that nobody reads stands behind the others.
fn recoded(raw: &[u8]) -> Vec<u8> {
    let change = Raw::of(raw);
    let longer = [change.column(column::VALUE), b"hidden"].concat();
    change.with(column::VALUE, longer).bytes()
}

/// The last changes of the phone's chain that the server has.
fn sent_before(world: &World, no: usize, case: CaseId, epoch: u32) -> Vec<ByteBuf> {
    let actor = ActorId::derive(&world.phones[no].key().public_key(), case, epoch);
    let all = chain(world, case, actor);
    all[all.len().saturating_sub(2)..].to_vec()
}

/// An actor's changes in a case, as the server has them.
fn chain(world: &World, case: CaseId, of: ActorId) -> Vec<ByteBuf> {
    let rows = world.server.app().db.read(|conn| ledger::case_rows(conn, case)).unwrap_or_default();
    let change = |entry: Entry| match entry {
        Entry::Change { bytes, actor, .. } if actor == of => Some(bytes),
        _ => None,
    };
    rows.into_iter().filter_map(|row| change(row.entry)).collect()
}

fn sign(phone: &Phone, batch: &mut Batch, tip: Option<&ByteBuf>, token: &[u8]) {
    let Some(tip) = tip.or(batch.changes.last()).and_then(|last| peek(last).ok()) else { return };
    let statement = Statement {
        device: phone.device(),
        epoch: batch.epoch,
        case: batch.case,
        tip_seq: tip.seq,
        tip_hash: tip.hash,
        token: token.to_vec(),
    };
    batch.signature = statement.sign(phone.key()).into();
}

fn counter_of(request: &HttpRequest) -> u64 {
    let counter = request.headers.iter().find(|(name, _)| name == HEADER_COUNTER);
    counter.and_then(|(_, value)| value.parse().ok()).unwrap_or(1)
}

fn signed(phone: &Phone, message: &SyncRequest, counter: u64) -> HttpRequest {
    let body = pack(message);
    let mut headers = vec![("content-type".to_owned(), session::CONTENT_TYPE.to_owned())];
    let signature = RequestSignature::sign(phone.key(), counter, "POST", session::PATH, &body);
    headers.extend(signature.headers().map(|(name, value)| (name.to_owned(), value)));
    HttpRequest { method: "POST", path: session::PATH, headers, body }
}

/// A batch under the phone's own signature that must not get in, or must not do harm if it does.
pub fn attacked(world: &mut World, phone: PhoneNo, case: CaseNo, attack: Attack) {
    let no = world.phone_no(phone);
    let Some(case) = world.case_of(no, case) else { return };
    let Some((changes, epoch)) = craft(world, no, case, attack) else { return };
    let phone = &world.phones[no];
    let mut batch = Batch { case, epoch, changes, signature: ByteBuf::new(), keys: Vec::new() };
    sign(phone, &mut batch, None, &[]);
    let message = SyncRequest {
        nothing_unsent: false,
        unsent: 0,
        token: None,
        phone_now: world.now(),
        kinds_version: 1,
        calendar: editions_version(phone.agent().calendar(), 0),
        policy: 1,
        pack: None,
        batches: vec![batch],
        carried: Vec::new(),
        page_bytes: None,
        holds_own: false,
        names: None,
        place: Place::Cursors(Vec::new()),
    };
    let counter = phone.last_request.as_ref().map_or(1, |last| counter_of(last) + 1);
    let request = signed(phone, &message, counter);
    deliver(&mut world.server, &mut world.ledger, &request);
}

fn craft(world: &mut World, no: usize, case: CaseId, attack: Attack) -> Option<(Vec<ByteBuf>, u32)> {
    let own = own_tip(world, no, case);
    let node = log(world, no, None, None);
    let (epoch, actor, tip) = own;
    let honest = compose(actor, &tip, &node, world.now()).bytes;
    let bytes = match attack {
        Attack::NotCanonical => recoded(&honest),
        Attack::PoisonPill => poisoned(&honest),
        Attack::ForeignActor => {
            let victim = (no + 1 + world.random.below(world.phones.len() - 1)) % world.phones.len();
            let (_, actor, tip) = own_tip(world, victim, case);
            compose(actor, &tip, &node, world.now()).bytes
        }
        Attack::Fork => {
            let all = chain(world, case, actor);
            let before = all.len().checked_sub(1)?;
            let tip = all[..before].iter().try_fold(ChainTip::start(case), |_, bytes| tip_of(bytes, actor))?;
            let tip = if before == 0 { ChainTip::start(case) } else { tip };
            compose(actor, &tip, &node, world.now()).bytes
        }
        Attack::StolenId => {
            let view = world.phones[no].agent().case(case, world.now()).ok()?;
            let stolen = view.facts.iter().rfind(|f| f.sequence.is_some())?.fact.id;
            let node = log(world, no, Some(stolen), None);
            compose(actor, &tip, &node, world.now()).bytes
        }
        Attack::ForgedName => {
            let other = world.phones[(no + 1) % world.phones.len()].holder.person.clone();
            let node = log(world, no, None, Some(other));
            compose(actor, &tip, &node, world.now()).bytes
        }
    };
    Some((vec![bytes.into()], epoch))
}

/// A change that names an operation before it which does not exist: Automerge takes it, its saved document never loads again.
fn poisoned(raw: &[u8]) -> Vec<u8> {
    let mut change = decode(raw);
    let me = change.actor_id.clone();
    let whole = OpId::new(change.start_op.get(), &me);
    change.operations.push(AmOp {
        action: OpType::Put(ScalarValue::Int(1)),
        obj: ObjectId::Id(whole),
        key: Key::Map("z".into()),
        pred: vec![OpId::new(999_999, &me)].into(),
        insert: false,
    });
    encode(change)
}

fn tip_of(bytes: &[u8], actor: ActorId) -> Option<ChainTip> {
    let checked = daiban_core::admit::check(bytes, actor).ok()?;
    Some(ChainTip { seq: checked.seq, hash: checked.hash, max_op: checked.max_op })
}

/// The newest chain of a phone in a case that the server has, and its end.
fn own_tip(world: &World, no: usize, case: CaseId) -> (u32, ActorId, ChainTip) {
    let key = world.phones[no].key().public_key();
    let mut best = (0, ActorId::derive(&key, case, 0), ChainTip::start(case));
    for epoch in 0..8 {
        let actor = ActorId::derive(&key, case, epoch);
        if let Some(tip) = chain(world, case, actor).last().and_then(|bytes| tip_of(bytes, actor)) {
            best = (epoch, actor, tip);
        }
    }
    best
}

fn log(world: &mut World, no: usize, id: Option<FactId>, by: Option<PersonId>) -> Node {
    let now = world.now();
    let body = world.drafter.body(Kind::Log, &PersonId::from("wang-zhe"), now);
    let holder = world.phones[no].holder.clone();
    let id = id.unwrap_or_else(|| FactId(world.random.bytes()));
    Fact { id, by: by.unwrap_or(holder.person), unit: holder.unit, occurred_at: now, recorded_at: now, amends: None, body }.node()
}
