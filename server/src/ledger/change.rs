//! A change gets its row: place in its author's chain, verdict, number.

use super::CaseLog;
use super::named::look_up;
use crate::db::sql::unrecognised::{self, Waiting};
use crate::db::sql::{actors, directory, facts, rows};
use crate::db::{DbError, Transaction, kept_text};
use crate::planted::{Bug, Planted};
use daiban_core::admit::Checked;
use daiban_core::case::{Author, Code, Entry, Verdict};
use daiban_core::fact::table::KINDS_VERSION;
use daiban_core::fact::{Fact, Unread, content_digest, sealed_keys};
use daiban_core::ids::{DeviceId, FactId, KeyId, PersonId};
use daiban_core::people::{Role, RosterEntry};
use daiban_core::permit::{Arrival, Prior, Referred, founder, judge, references};
use daiban_core::rules::NumbersInForce;
use serde_bytes::ByteBuf;

/// A change that passed admission, read as a fact as far as it can be. Made off the writer: reading costs more than judging.
pub struct Ready {
    /// The admitted change; its tree was moved into `fact`.
    pub checked: Checked,
    /// The fact.
    pub fact: Result<Fact, Unread>,
    /// Keys of the sealed values in it.
    pub sealed: Vec<KeyId>,
    /// From when on the week is closed that it says nothing of ([`super::week_closes_at`]).
    pub week_closes_at: Option<i64>,
    digest: [u8; 32],
}

impl Ready {
    /// Reads an admitted change.
    pub fn new(mut checked: Checked) -> Ready {
        let node = std::mem::replace(&mut checked.fact, daiban_core::fact::Node::Bool(false));
        let sealed = sealed_keys(&node);
        let fact = Fact::read(node);
        let digest = fact.as_ref().map_or([0; 32], content_digest);
        Ready { checked, fact, sealed, week_closes_at: None, digest }
    }
}

/// What a token vouches for that stands for a device's records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vouched {
    /// When it was issued, if it is this server's.
    pub token_at: Option<i64>,
    /// The newest token that the device has shown, see [`crate::db::sql::devices::TokenFloor`].
    pub floor_at: Option<i64>,
    /// It proves nothing, and the device could have sent one that does.
    pub doubtful: bool,
}

/// How it was sent.
#[derive(Clone)]
pub struct Sent {
    /// Whose signature covers it.
    pub device: DeviceId,
    /// The holder of that device; for commands whoever gave them.
    pub person: PersonId,
    /// 到达, Unix seconds.
    pub received_at: i64,
    /// What the time token it leans on vouches for.
    pub token: Vouched,
    /// How far the phone's clock was off, seconds.
    pub skew_seconds: i64,
    /// Ordered by a person and written by the server.
    pub commanded: bool,
    /// What records are measured by: the numbers of the day of recording.
    pub numbers: NumbersInForce,
    /// Bugs planted for the simulation.
    pub planted: Planted,
}

/// Appends a change to its case, as the next of `actor`'s chain; `actor.no` is 0 until its first change has a row.
///
/// The change must have its place there ([`daiban_core::admit::place`]). The caller writes the chain's new tip back.
pub fn append_change(
    tx: &Transaction<'_>,
    case_log: &mut CaseLog,
    actor: &mut actors::Actor,
    ready: &Ready,
    sent: &Sent,
) -> Result<(u64, Verdict), DbError> {
    let verdict = verdict(tx, case_log, ready, sent)?;
    if actor.no == 0 {
        actor.case_no = case_log.no;
        actor.no = actors::insert(tx, actor)?;
    }
    (actor.seq, actor.hash, actor.max_op) = (ready.checked.seq, ready.checked.hash, ready.checked.max_op);
    if verdict.code == Code::Late && sent.planted.has(Bug::DropLateLane) {
        return Ok((0, verdict));
    }
    let fact = ready.fact.as_ref().ok();
    let entry = entry(&ready.checked, actor, sent);
    let row = case_log.append(tx, entry, fact, verdict, sent.received_at, Some(actor))?;
    if let Some(fact) = fact {
        index(tx, case_log, row.sequence, fact, ready.digest, &row.verdict)?;
    }
    Ok((row.sequence, row.verdict))
}

fn entry(checked: &Checked, actor: &actors::Actor, sent: &Sent) -> Entry {
    let author = Author { device: sent.device, person: sent.person.clone() };
    let bytes = ByteBuf::from(checked.raw.as_slice());
    Entry::Change { bytes, hash: checked.hash, actor: actor.id, seq: actor.seq, author }
}

fn verdict(tx: &Transaction<'_>, case_log: &mut CaseLog, ready: &Ready, sent: &Sent) -> Result<Verdict, DbError> {
    let mut arrival = Arrival::new(&sent.person, sent.received_at, sent.token.token_at, sent.skew_seconds);
    (arrival.floor_at, arrival.token_doubtful) = (sent.token.floor_at, sent.token.doubtful);
    arrival.commanded = sent.commanded;
    let recorded_at = ready.fact.as_ref().map_or(sent.received_at, |fact| fact.recorded_at.min(sent.received_at));
    arrival.numbers = sent.numbers.form_numbers(recorded_at);
    let mut prior = Prior::None;
    if let Ok(fact) = &ready.fact {
        let refers = references(fact);
        arrival.amends = referred(tx, case_log, refers.amends)?;
        arrival.named = referred(tx, case_log, refers.named)?;
        prior = prior_use(tx, case_log, fact.id, &ready.digest)?;
        arrival.week_closes_at = ready.week_closes_at;
        if prior == Prior::None && !sent.planted.has(Bug::BelieveNames) {
            look_up(tx, &fact.body, &mut arrival)?;
        }
    }
    if case_log.standing.roster.entries().is_empty()
        && let Some(entry) = opener(tx, case_log, ready, sent, &arrival)?
    {
        case_log.append_member(tx, entry, sent.received_at)?;
    }
    if sent.planted.has(Bug::BelieveEnterprise)
        && let Some(opened) = &mut case_log.standing.opened
    {
        opened.enterprise = None;
    }
    Ok(judge(&case_log.standing, ready.fact.as_ref(), &arrival, prior))
}

fn referred(tx: &Transaction<'_>, case_log: &mut CaseLog, id: Option<FactId>) -> Result<Option<Referred>, DbError> {
    let Some(id) = id else { return Ok(None) };
    let known = case_log.facts.find(tx, case_log.no, id)?;
    Ok(known.map(|fact| Referred { person: fact.person.clone(), kind: fact.kind.clone() }))
}

fn prior_use(tx: &Transaction<'_>, case_log: &mut CaseLog, id: FactId, digest: &[u8; 32]) -> Result<Prior, DbError> {
    match case_log.facts.find(tx, case_log.no, id)? {
        None => Ok(Prior::None),
        Some(known) if known.digest != *digest => Ok(Prior::Different),
        Some(known) => {
            let row = rows::find(tx, case_log.no, known.sequence)?.ok_or(DbError::Corrupt("fact index"))?;
            Ok(Prior::Same(row.verdict))
        }
    }
}

/// The roster row of whoever opens a case: the holder of the device, in the role and unit the directory knows.
fn opener(
    tx: &Transaction<'_>,
    case_log: &CaseLog,
    ready: &Ready,
    sent: &Sent,
    arrival: &Arrival<'_>,
) -> Result<Option<RosterEntry>, DbError> {
    if sent.commanded {
        return Ok(None);
    }
    let known = directory::person(tx, &sent.person)?;
    let (role, group) = known.as_ref().map_or((Role::UnitAgent, None), |p| (p.role, p.group));
    let Ok(fact) = &ready.fact else { return Ok(None) };
    let entry = founder(&case_log.standing, fact, role, group, arrival);
    Ok(entry.map(|entry| RosterEntry {
        person: sent.person.clone(),
        unit: known.map_or(entry.unit, |person| person.unit),
        ..entry
    }))
}

/// Takes the id into the index. Facts void as `not_author` and those with a 编号重复 verdict do not take an id.
fn index(
    tx: &Transaction<'_>,
    case_log: &mut CaseLog,
    sequence: u64,
    fact: &Fact,
    digest: [u8; 32],
    verdict: &Verdict,
) -> Result<(), DbError> {
    if !verdict.takes_id() || case_log.facts.find(tx, case_log.no, fact.id)?.is_some() {
        return Ok(());
    }
    let (kind, person) = (kept_text(fact.body.kind()).into_owned(), PersonId(kept_text(fact.by.as_str()).into_owned()));
    if verdict.code == Code::Unrecognised {
        unrecognised::insert(tx, case_log.no, Waiting { fact: fact.id, sequence }, KINDS_VERSION)?;
    }
    case_log.facts.note(tx, case_log.no, facts::FactIndex { id: fact.id, sequence, kind, person, digest })
}
