//! The writer's part: known, placed, judged, numbered, or into quarantine. O(1) in the case's history.

use super::{Item, PreparedBatch};
use crate::db::sql::{actors, keys, quarantine, rows};
use crate::db::{DbError, Transaction};
use crate::ledger::{CaseLog, Ready, append_change};
use crate::planted::Bug;
use daiban_core::admit::{Refusal, place};
use daiban_core::case::Verdict;
use daiban_core::ids::{ChangeHash, KeyId};
use daiban_core::limits::{CASE_ACTORS_MAX, SEAL_KEY_BYTES};
use daiban_core::sync::wire::{BatchOutcome, Outcome};
use sha2::{Digest, Sha256};
use std::collections::HashSet;

/// Code of a chain that would be one too many in its case.
const ACTORS: &str = "actors";
/// Code of work by somebody who never stood on the case's roster; the office may take it in when they do.
pub(crate) const NEVER_MEMBER: &str = "never_member";

/// Code of what a device signed before it was revoked and somebody carried here: all of it is kept for the office.
pub(super) const DEVICE_REVOKED: &str = "device_revoked";

/// Takes a batch in. Every change gets an outcome; after the first that is not taken the rest are blocked.
pub fn take(tx: &Transaction<'_>, prepared: &PreparedBatch) -> Result<BatchOutcome, DbError> {
    let items = &prepared.items;
    let mut outcomes = Vec::with_capacity(items.len());
    if let Some(mut desk) = BatchIntake::open(tx, prepared, items.first())? {
        desk.foresee(items)?;
        for item in items {
            let outcome = if desk.stopped { Outcome::Blocked } else { desk.item(item)? };
            desk.whole &= matches!(outcome, Outcome::Accepted { .. } | Outcome::Known { .. });
            desk.stopped |= !desk.goes_on(&outcome);
            outcomes.push(outcome);
        }
        desk.close()?;
    } else {
        let mut stopped = false;
        for item in items {
            let outcome = if stopped { Outcome::Blocked } else { without_case(tx, prepared, item)? };
            stopped = !is_of_revoked(&outcome);
            outcomes.push(outcome);
        }
    }
    Ok(BatchOutcome { case: prepared.case, changes: outcomes })
}

fn is_of_revoked(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Refused { code, .. } if code == DEVICE_REVOKED)
}

/// The first change of a batch for a case that cannot be made by it.
fn without_case(tx: &Transaction<'_>, prepared: &PreparedBatch, item: &Item) -> Result<Outcome, DbError> {
    match item {
        Item::Blocked => Ok(Outcome::Blocked),
        // Its case was here when a reader looked.
        Item::Known(..) => Ok(Outcome::Waiting { next_seq: 1 }),
        Item::Refused(code, bytes) => refuse(tx, prepared, code, bytes),
        Item::Ready(ready) => match place(&ready.checked, &prepared.start) {
            Err(refusal) if !refusal.is_waiting() => refuse(tx, prepared, refusal.code(), &ready.checked.raw),
            _ => Ok(Outcome::Waiting { next_seq: 1 }),
        },
    }
}

fn refuse(tx: &Transaction<'_>, prepared: &PreparedBatch, code: &str, bytes: &[u8]) -> Result<Outcome, DbError> {
    if prepared.sent.planted.has(Bug::SwallowRefusal) {
        let hash = ChangeHash(Sha256::digest(bytes).into());
        return Ok(Outcome::Accepted { hash, sequence: 0, verdict: Verdict::row(prepared.sent.received_at) });
    }
    let refused = quarantine::Refused {
        case: prepared.case,
        device: prepared.sent.device,
        person: &prepared.sent.person,
        code,
        bytes,
        statement: (!prepared.statement.is_empty()).then_some(prepared.statement.as_slice()),
        signature: &prepared.signature,
        received_at: prepared.sent.received_at,
    };
    let quarantine = quarantine::insert(tx, &refused)?;
    Ok(Outcome::Refused { code: code.to_owned(), quarantine })
}

struct BatchIntake<'a> {
    tx: &'a Transaction<'a>,
    prepared: &'a PreparedBatch,
    case_log: CaseLog,
    actor: actors::Actor,
    opened_with: u64,
    sequence_before: u64,
    last: Option<ChangeHash>,
    /// Whoever sends this never stood on the roster: all of it is set aside, as one chain.
    stranger: bool,
    stopped: bool,
    /// Every change looked at so far has its row.
    whole: bool,
}

impl<'a> BatchIntake<'a> {
    /// Opens the case, or makes it if the first change can be its first.
    fn open(
        tx: &'a Transaction<'a>,
        prepared: &'a PreparedBatch,
        first: Option<&Item>,
    ) -> Result<Option<BatchIntake<'a>>, DbError> {
        let case_log = match CaseLog::open(tx, prepared.case)? {
            Some(case_log) => case_log,
            None => match first {
                Some(Item::Ready(ready)) if place(&ready.checked, &prepared.start).is_ok() => {
                    CaseLog::create(tx, prepared.case, prepared.sent.received_at)?
                }
                _ => return Ok(None),
            },
        };
        let id = match first {
            Some(Item::Ready(ready)) => ready.checked.actor,
            _ => prepared.actor,
        };
        let actor = match actors::find(tx, case_log.no, id)? {
            Some(actor) => actor,
            None => actors::Actor {
                no: 0,
                id,
                case_no: case_log.no,
                device: prepared.sent.device,
                person: prepared.sent.person.clone(),
                epoch: prepared.epoch,
                seq: prepared.start.seq,
                hash: prepared.start.hash,
                max_op: prepared.start.max_op,
            },
        };
        let (opened_with, sequence_before) = (actor.seq, case_log.sequence);
        Ok(Some(BatchIntake {
            sequence_before,
            tx,
            prepared,
            case_log,
            actor,
            opened_with,
            last: None,
            stranger: false,
            stopped: false,
            whole: true,
        }))
    }

    fn foresee(&mut self, items: &[Item]) -> Result<(), DbError> {
        let ready = items.iter().filter_map(|item| match item {
            Item::Ready(ready) if ready.checked.seq > self.actor.seq => Some(&**ready),
            _ => None,
        });
        self.case_log.foresee(self.tx, ready)
    }

    fn item(&mut self, item: &Item) -> Result<Outcome, DbError> {
        match item {
            Item::Blocked => Ok(Outcome::Blocked),
            Item::Refused(code, bytes) => refuse(self.tx, self.prepared, code, bytes),
            Item::Known(seq, hash) => self.known(*seq, *hash),
            Item::Ready(ready) => self.ready(ready),
        }
    }

    /// What was known to a reader is looked at again, here where nobody else writes.
    fn known(&mut self, seq: u64, hash: ChangeHash) -> Result<Outcome, DbError> {
        match rows::by_actor_seq(self.tx, self.case_log.no, self.actor.no, seq)? {
            Some(known) if known.hash == hash => {
                self.last = Some(hash);
                Ok(Outcome::Known { hash, sequence: known.sequence, verdict: known.verdict })
            }
            _ => Ok(Outcome::Waiting { next_seq: self.actor.seq + 1 }),
        }
    }

    /// Whether what comes after this outcome is looked at.
    fn goes_on(&self, outcome: &Outcome) -> bool {
        let aside = self.stranger && matches!(outcome, Outcome::Refused { code, .. } if code == NEVER_MEMBER);
        aside || is_of_revoked(outcome) || matches!(outcome, Outcome::Accepted { .. } | Outcome::Known { .. })
    }

    /// Whether the sender never stood on this case's roster. Whoever opens a case does; an ended or a coming seat is one.
    fn is_stranger(&self) -> bool {
        let (roster, person) = (&self.case_log.standing.roster, &self.prepared.sent.person);
        let entries = roster.entries();
        !self.prepared.sent.commanded && !entries.is_empty() && entries.iter().all(|entry| entry.person != *person)
    }

    fn ready(&mut self, ready: &Ready) -> Result<Outcome, DbError> {
        let hash = ready.checked.hash;
        if ready.checked.seq <= self.actor.seq && !self.prepared.sent.planted.has(Bug::SkipDedup) {
            return match rows::by_actor_seq(self.tx, self.case_log.no, self.actor.no, ready.checked.seq)? {
                Some(known) if known.hash == hash => {
                    self.last = Some(hash);
                    Ok(Outcome::Known { hash, sequence: known.sequence, verdict: known.verdict })
                }
                _ => refuse(self.tx, self.prepared, Refusal::Fork.code(), &ready.checked.raw),
            };
        }
        if self.stranger {
            return refuse(self.tx, self.prepared, NEVER_MEMBER, &ready.checked.raw);
        }
        if self.actor.no == 0 && actors::count_in_case(self.tx, self.case_log.no)? >= CASE_ACTORS_MAX {
            return refuse(self.tx, self.prepared, ACTORS, &ready.checked.raw);
        }
        if let Err(refusal) = place(&ready.checked, &self.actor.tip()) {
            return if refusal.is_waiting() {
                Ok(Outcome::Waiting { next_seq: self.actor.seq + 1 })
            } else {
                refuse(self.tx, self.prepared, refusal.code(), &ready.checked.raw)
            };
        }
        if self.is_stranger() {
            self.stranger = true;
            return refuse(self.tx, self.prepared, NEVER_MEMBER, &ready.checked.raw);
        }
        let (sequence, verdict) = append_change(self.tx, &mut self.case_log, &mut self.actor, ready, &self.prepared.sent)?;
        for key in &ready.sealed {
            keys::expect(self.tx, self.case_log.no, sequence, *key)?;
        }
        self.last = Some(hash);
        Ok(Outcome::Accepted { hash, sequence, verdict })
    }

    /// Writes back the chain's tip, the statement over it, the keys and the head.
    fn close(self) -> Result<(), DbError> {
        let grown = self.actor.seq > self.opened_with;
        if grown {
            actors::advance(self.tx, &self.actor)?;
        }
        // The statement is over the batch's last change: it proves the chain only if all of it was taken.
        if self.whole && self.last == Some(self.actor.hash) && self.actor.no != 0 {
            let (body, signature) = (&self.prepared.statement, &self.prepared.signature);
            actors::keep_statement(self.tx, &self.actor, body, signature)?;
        }
        if self.last.is_some() {
            // A key that comes after its row travels with the next one.
            let next = if grown { self.case_log.sequence } else { self.case_log.sequence + 1 };
            self.keep_keys(next)?;
        }
        self.case_log.close(self.tx)
    }

    /// Keeps the keys that belong to values of this device's changes, be they in this batch or in rows that others carried here.
    fn keep_keys(&self, next: u64) -> Result<(), DbError> {
        let whole = self.prepared.keys.iter().filter(|key| key.key.len() == SEAL_KEY_BYTES);
        let mut here: HashSet<KeyId> = HashSet::new();
        for item in &self.prepared.items {
            if let Item::Ready(ready) = item {
                here.extend(ready.sealed.iter().copied());
            }
        }
        for key in whole {
            keys::give(self.tx, self.case_log.no, self.prepared.sent.device, (self.sequence_before, next), key)?;
            // Rows that are older than the list of expected keys.
            if here.contains(&key.id) {
                keys::insert(self.tx, self.case_log.no, next, key)?;
            }
        }
        Ok(())
    }
}
