//! The writer's part: known, placed, judged, numbered, or into quarantine. O(1) in the case's history.

use super::{Item, Parcel};
use crate::db::sql::{actors, keys, quarantine, rows};
use crate::db::{DbError, Transaction};
use crate::ledger::{Book, Ready, append_change};
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
pub fn take(tx: &Transaction<'_>, parcel: &Parcel) -> Result<BatchOutcome, DbError> {
    let items = &parcel.items;
    let mut outcomes = Vec::with_capacity(items.len());
    if let Some(mut desk) = Desk::open(tx, parcel, items.first())? {
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
            let outcome = if stopped { Outcome::Blocked } else { homeless(tx, parcel, item)? };
            stopped = !is_of_revoked(&outcome);
            outcomes.push(outcome);
        }
    }
    Ok(BatchOutcome { case: parcel.case, changes: outcomes })
}

fn is_of_revoked(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Refused { code, .. } if code == DEVICE_REVOKED)
}

/// The first change of a batch for a case that cannot be made by it.
fn homeless(tx: &Transaction<'_>, parcel: &Parcel, item: &Item) -> Result<Outcome, DbError> {
    match item {
        Item::Blocked => Ok(Outcome::Blocked),
        // Its case was here when a reader looked.
        Item::Known(..) => Ok(Outcome::Waiting { next_seq: 1 }),
        Item::Refused(code, bytes) => refuse(tx, parcel, code, bytes),
        Item::Ready(ready) => match place(&ready.checked, &parcel.start) {
            Err(refusal) if !refusal.is_waiting() => refuse(tx, parcel, refusal.code(), &ready.checked.raw),
            _ => Ok(Outcome::Waiting { next_seq: 1 }),
        },
    }
}

fn refuse(tx: &Transaction<'_>, parcel: &Parcel, code: &str, bytes: &[u8]) -> Result<Outcome, DbError> {
    if parcel.sent.planted.has(Bug::SwallowRefusal) {
        let hash = ChangeHash(Sha256::digest(bytes).into());
        return Ok(Outcome::Accepted { hash, sequence: 0, verdict: Verdict::row(parcel.sent.received_at) });
    }
    let refused = quarantine::Refused {
        case: parcel.case,
        device: parcel.sent.device,
        person: &parcel.sent.person,
        code,
        bytes,
        statement: (!parcel.statement.is_empty()).then_some(parcel.statement.as_slice()),
        signature: &parcel.signature,
        received_at: parcel.sent.received_at,
    };
    let quarantine = quarantine::insert(tx, &refused)?;
    Ok(Outcome::Refused { code: code.to_owned(), quarantine })
}

struct Desk<'a> {
    tx: &'a Transaction<'a>,
    parcel: &'a Parcel,
    book: Book,
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

impl<'a> Desk<'a> {
    /// Opens the case, or makes it if the first change can be its first.
    fn open(tx: &'a Transaction<'a>, parcel: &'a Parcel, first: Option<&Item>) -> Result<Option<Desk<'a>>, DbError> {
        let book = match Book::open(tx, parcel.case)? {
            Some(book) => book,
            None => match first {
                Some(Item::Ready(ready)) if place(&ready.checked, &parcel.start).is_ok() => {
                    Book::create(tx, parcel.case, parcel.sent.received_at)?
                }
                _ => return Ok(None),
            },
        };
        let id = match first {
            Some(Item::Ready(ready)) => ready.checked.actor,
            _ => parcel.actor,
        };
        let actor = match actors::find(tx, book.no, id)? {
            Some(actor) => actor,
            None => actors::Actor {
                no: 0,
                id,
                case_no: book.no,
                device: parcel.sent.device,
                person: parcel.sent.person.clone(),
                epoch: parcel.epoch,
                seq: parcel.start.seq,
                hash: parcel.start.hash,
                max_op: parcel.start.max_op,
            },
        };
        let (opened_with, sequence_before) = (actor.seq, book.sequence);
        Ok(Some(Desk {
            sequence_before,
            tx,
            parcel,
            book,
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
        self.book.foresee(self.tx, ready)
    }

    fn item(&mut self, item: &Item) -> Result<Outcome, DbError> {
        match item {
            Item::Blocked => Ok(Outcome::Blocked),
            Item::Refused(code, bytes) => refuse(self.tx, self.parcel, code, bytes),
            Item::Known(seq, hash) => self.known(*seq, *hash),
            Item::Ready(ready) => self.ready(ready),
        }
    }

    /// What was known to a reader is looked at again, here where nobody else writes.
    fn known(&mut self, seq: u64, hash: ChangeHash) -> Result<Outcome, DbError> {
        match rows::by_actor_seq(self.tx, self.book.no, self.actor.no, seq)? {
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
        let (roster, person) = (&self.book.standing.roster, &self.parcel.sent.person);
        let entries = roster.entries();
        !self.parcel.sent.commanded && !entries.is_empty() && entries.iter().all(|entry| entry.person != *person)
    }

    fn ready(&mut self, ready: &Ready) -> Result<Outcome, DbError> {
        let hash = ready.checked.hash;
        if ready.checked.seq <= self.actor.seq && !self.parcel.sent.planted.has(Bug::SkipDedup) {
            return match rows::by_actor_seq(self.tx, self.book.no, self.actor.no, ready.checked.seq)? {
                Some(known) if known.hash == hash => {
                    self.last = Some(hash);
                    Ok(Outcome::Known { hash, sequence: known.sequence, verdict: known.verdict })
                }
                _ => refuse(self.tx, self.parcel, Refusal::Fork.code(), &ready.checked.raw),
            };
        }
        if self.stranger {
            return refuse(self.tx, self.parcel, NEVER_MEMBER, &ready.checked.raw);
        }
        if self.actor.no == 0 && actors::count_in_case(self.tx, self.book.no)? >= CASE_ACTORS_MAX {
            return refuse(self.tx, self.parcel, ACTORS, &ready.checked.raw);
        }
        if let Err(refusal) = place(&ready.checked, &self.actor.tip()) {
            return if refusal.is_waiting() {
                Ok(Outcome::Waiting { next_seq: self.actor.seq + 1 })
            } else {
                refuse(self.tx, self.parcel, refusal.code(), &ready.checked.raw)
            };
        }
        if self.is_stranger() {
            self.stranger = true;
            return refuse(self.tx, self.parcel, NEVER_MEMBER, &ready.checked.raw);
        }
        let (sequence, verdict) = append_change(self.tx, &mut self.book, &mut self.actor, ready, &self.parcel.sent)?;
        for key in &ready.sealed {
            keys::expect(self.tx, self.book.no, sequence, *key)?;
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
            let (body, signature) = (&self.parcel.statement, &self.parcel.signature);
            actors::keep_statement(self.tx, &self.actor, body, signature)?;
        }
        if self.last.is_some() {
            // A key that comes after its row travels with the next one.
            let next = if grown { self.book.sequence } else { self.book.sequence + 1 };
            self.keep_keys(next)?;
        }
        self.book.close(self.tx)
    }

    /// Keeps the keys that belong to values of this device's changes, be they in this batch or in rows that others carried here.
    fn keep_keys(&self, next: u64) -> Result<(), DbError> {
        let whole = self.parcel.keys.iter().filter(|key| key.key.len() == SEAL_KEY_BYTES);
        let mut here: HashSet<KeyId> = HashSet::new();
        for item in &self.parcel.items {
            if let Item::Ready(ready) = item {
                here.extend(ready.sealed.iter().copied());
            }
        }
        for key in whole {
            keys::give(self.tx, self.book.no, self.parcel.sent.device, (self.sequence_before, next), key)?;
            // Rows that are older than the list of expected keys.
            if here.contains(&key.id) {
                keys::insert(self.tx, self.book.no, next, key)?;
            }
        }
        Ok(())
    }
}
