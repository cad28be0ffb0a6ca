//! What goes out next: own work in the order of recording, work carried for others, and where this phone stands.

use super::case::Case;
use super::line::Item;
use super::saved::Intent;
use super::state::State;
use super::{Agent, AgentError};
use crate::fact::{SealKey, table::KINDS_VERSION};
use crate::ids::{CaseId, FactId, KeyId};
use crate::limits::{SYNC_CHANGES_MAX, SYNC_KEYS_MAX, SYNC_OPERATIONS_MAX, SYNC_PAGE_BYTES_MAX, SYNC_ROW_BYTES};
use crate::sync::TimeToken;
use crate::sync::session::outbound::{Outgoing, REQUEST_CHANGE_BYTES, sign};
use crate::sync::session::{HttpRequest, OwnChain};
use crate::sync::wire::{CarriedBatch, Place, SyncRequest, digest};
use std::collections::{BTreeMap, BTreeSet};

/// A request that was not answered yet.
#[derive(Debug)]
pub(super) struct PendingRequest {
    /// The very request.
    pub request: HttpRequest,
    /// What the phone's clock said when it was made.
    pub asked_at: i64,
    /// The same when it was sent last.
    pub sent_at: i64,
    /// Every cursor is in it.
    pub all_cursors: bool,
    /// It carries no work only to see whether the line carries anything.
    pub probe: bool,
    /// Own work in it.
    pub lines: Vec<Outgoing>,
    /// Keys of the carried batches in it.
    pub carried: Vec<Vec<u8>>,
}

/// One sync, from `begin_sync` to the last answer.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// Records acknowledged in it.
    pub sent: u64,
    /// The server asked for cursors.
    pub cursors: bool,
    /// How often a case's chain was started anew in it; a server that refuses each time is left alone until the next sync.
    pub restarts: BTreeMap<CaseId, u32>,
    /// What went alone last and broke the line, and how often.
    pub alone: Option<(Item, u32)>,
    /// What broke the line every time: if the line carries less, this is too much for it.
    pub suspect: Option<Item>,
    /// What the line does not carry, although it carries less; with its case it is left alone until the next sync.
    pub left: BTreeSet<Item>,
    /// An own row came whose change this phone cannot make again (it was put back from a backup).
    pub lacks_own: bool,
    /// How often the line broke in a row with nothing of ours on it.
    pub empty_breaks: u32,
    /// How often it broke in a row with several things of ours on it.
    pub crowded: u32,
    /// Cases whose work the server takes another day.
    pub deferred: BTreeSet<CaseId>,
    /// The server has no room: nothing is sent in this sync.
    pub reading_only: bool,
    /// Carried batches that the server takes another day, by their keys.
    pub deferred_carried: BTreeSet<Vec<u8>>,
    /// One carried batch at a time, with nothing beside it: what went together was too much for the server.
    pub carries_singly: bool,
    /// Cases whose late keys the server does not take in this sync.
    pub left_keys: BTreeSet<CaseId>,
}

impl Run {
    /// Nothing more of this case is sent in this sync.
    pub fn leaves(&self, case: CaseId) -> bool {
        let refuses = self.restarts.get(&case).is_some_and(|n| *n >= RESTARTS_MAX);
        let weak = self.left.iter().any(|item| matches!(item, Item::Record { case: of, .. } if *of == case));
        refuses || weak || self.deferred.contains(&case)
    }

    /// This carried batch is not sent any more in this sync.
    pub fn leaves_carried(&self, key: &[u8]) -> bool {
        self.deferred_carried.contains(key) || self.left.contains(&Item::Carried(key.to_vec()))
    }
}

/// How often a chain may start anew within one sync.
const RESTARTS_MAX: u32 = 3;

/// In so many of this device's newest chains of a case the rows of late keys are looked for.
const LATE_KEY_EPOCHS_MAX: usize = 64;

/// How long after an exchange the other cases are taken to be as they were: an hour.
const RECENT_SECONDS: u64 = 3600;

/// What may still go into a request.
pub(super) struct Room {
    changes: usize,
    bytes: usize,
    operations: u64,
    keys: usize,
    /// Nothing is in it: one record always may go.
    empty: bool,
}

impl Room {
    /// What a page of so many changes and bytes at most holds.
    pub fn of(changes: usize, bytes: usize) -> Room {
        Room { changes, bytes, operations: SYNC_OPERATIONS_MAX, keys: SYNC_KEYS_MAX, empty: true }
    }

    /// One change of so many operations with so many keys; the first fits whatever its size.
    pub fn takes(&mut self, bytes: usize, operations: u64, keys: usize) -> bool {
        let small = bytes <= self.bytes && operations <= self.operations && keys <= self.keys;
        let fits = self.changes > 0 && (small || self.empty);
        if fits {
            self.empty = false;
            self.changes = self.changes.saturating_sub(1);
            self.bytes = self.bytes.saturating_sub(bytes);
            self.operations = self.operations.saturating_sub(operations);
            self.keys = self.keys.saturating_sub(keys);
        }
        fits
    }
}

impl Agent {
    /// Composes, counts and signs the next request.
    pub(super) fn fly(&mut self, now: i64) -> Result<HttpRequest, AgentError> {
        self.who()?;
        let probe = self.run.suspect.is_some();
        let changes = if probe { 0 } else { SYNC_CHANGES_MAX };
        let bytes = if self.run.goes_singly() { 0 } else { self.state.pace.plain().min(REQUEST_CHANGE_BYTES) };
        let mut room = Room::of(changes, bytes);
        let lines = self.lines(&mut room)?;
        let (keys, carried) = match self.run.carries_singly {
            false => self.carried_batches(&mut room),
            true if lines.is_empty() => self.carried_batches(&mut Room::of(changes, 0)),
            true => Default::default(),
        };
        let token = self.token_for(&lines);
        let place = self.place(&lines, now);
        let all_cursors = matches!(place, Place::Cursors(_));
        let request = SyncRequest {
            nothing_unsent: self.announces(&lines, &token),
            unsent: u32::try_from(self.left_behind(&lines)).unwrap_or(u32::MAX),
            token: Some(token.clone()).filter(|t| !t.is_empty()).map(Into::into),
            phone_now: now,
            kinds_version: KINDS_VERSION,
            calendar: self.state.rules.version(),
            pack: self.state.rules.pack_hash(),
            policy: self.numbers().newest().number,
            batches: lines.iter().filter_map(|line| line.batch(&*self.signer, &token)).collect(),
            carried,
            names: Some(self.state.names.held()),
            page_bytes: self.page_bytes(&lines),
            holds_own: self.state.pace.is_weak() && !self.run.lacks_own,
            place,
        };
        let mut request = sign(&request, self.next_counter()?, &*self.signer);
        if self.state.pace.is_weak() {
            // What this exchange leaves of the connection's life would be the next one's loss.
            request.headers.push(("connection".to_owned(), "close".to_owned()));
        }
        let pending = PendingRequest { request, asked_at: now, sent_at: now, all_cursors, probe, lines, carried: keys };
        self.state.pace.packed(pending.plain_bytes(), pending.request.body.len());
        let request = pending.request.clone();
        self.pending = Some(pending);
        Ok(request)
    }

    /// What the answer may weigh; the rows of what goes out now come on top.
    fn page_bytes(&self, lines: &[Outgoing]) -> Option<u32> {
        let own = lines.iter().map(|line| line.changes.len()).sum::<usize>() * SYNC_ROW_BYTES;
        let asked = self.state.pace.answer().saturating_add(own);
        if asked < SYNC_PAGE_BYTES_MAX { u32::try_from(asked).ok() } else { None }
    }

    /// Where this phone stands, in as few bytes as will do. Hours after the last exchange others have most likely written too: then all
    /// cursors save a round; soon after it, those of the cases written in and a digest of the rest save the bytes.
    fn place(&self, lines: &[Outgoing], now: i64) -> Place {
        let cursors = self.state.cursors();
        let recent = self.heard_at().is_some_and(|heard| now.abs_diff(heard) <= RECENT_SECONDS);
        let weak = self.state.pace.is_weak();
        // On a weak line what was recorded here goes first, and the cursors once at the end.
        if (!weak || lines.is_empty()) && (self.run.cursors || !(lines.is_empty() || recent)) {
            return Place::Cursors(cursors);
        }
        let written = |case: &CaseId| lines.iter().any(|line| line.chain.case == *case);
        let (changed, others): (Vec<_>, Vec<_>) = cursors.into_iter().partition(|(case, _)| written(case));
        let digest = digest(&others).to_vec().into();
        if lines.is_empty() { Place::Digest(digest) } else { Place::Changed(digest, changed) }
    }

    /// Own work that can go now.
    fn lines(&self, room: &mut Room) -> Result<Vec<Outgoing>, AgentError> {
        if self.run.reading_only {
            return Ok(Vec::new());
        }
        let mut cases: Vec<(i64, &Case)> = self.state.cases.values().filter_map(|c| Some((self.first_work(c)?, c))).collect();
        cases.sort_by_key(|(order, case)| (*order, case.id));
        let lines = cases.into_iter().map(|(_, case)| self.line(case, room));
        let lines = lines.filter(|line| line.as_ref().map_or(true, |line| !line.changes.is_empty()));
        let mut lines = lines.collect::<Result<Vec<_>, AgentError>>()?;
        // The token of a request stands for all of it, and what goes out once more has none: new records wait for the next round.
        if lines.iter().any(|line| self.is_again(line)) {
            lines.retain(|line| self.is_again(line));
        }
        Ok(lines)
    }

    /// Whether these changes stand in rows already.
    fn is_again(&self, line: &Outgoing) -> bool {
        line.changes.iter().all(|change| self.state.outbox.get(change.fact).is_none())
    }

    /// The order of the first thing to send in a case; `None` if nothing can go now.
    fn first_work(&self, case: &Case) -> Option<i64> {
        if case.note.catching_up || self.run.leaves(case.id) {
            return None;
        }
        let local = self.state.outbox.local(case.id).first().map(|(_, i)| i.order);
        let owed = case.note.reoffer_from.is_some() || !self.late_keys(case.id).is_empty();
        if owed { Some(i64::MIN) } else { local }
    }

    fn line(&self, case: &Case, room: &mut Room) -> Result<Outgoing, AgentError> {
        if let Some(line) = self.again(case, room)? {
            return Ok(line);
        }
        let chain = case.own_chain(&self.signer.public_key(), &self.state.outbox);
        let mut line = Outgoing { chain, changes: Vec::new(), keys: Vec::new() };
        let mut end = chain;
        for (fact, intent) in self.state.outbox.local(case.id) {
            let before = end.tip.max_op;
            let prepared = end.push(fact, &intent.node, intent.recorded_at());
            let operations = prepared.tip.max_op.saturating_sub(before);
            if !room.takes(prepared.bytes.len(), operations, intent.keys.len()) {
                break;
            }
            line.keys.extend(intent.keys.iter().cloned());
            line.changes.push(prepared);
        }
        Ok(line)
    }

    /// What goes out once more, on whichever of this device's chains it stands: what the server lacks, or else rows whose keys it
    /// lacks. Keys go with their rows only.
    fn again(&self, case: &Case, room: &mut Room) -> Result<Option<Outgoing>, AgentError> {
        let (key, late) = (self.signer.public_key(), self.late_keys(case.id));
        if case.note.reoffer_from.is_none() && late.is_empty() {
            return Ok(None);
        }
        let history = self.history(case)?;
        let again = match case.note.reoffer_from {
            Some(from) => history.own_changes(&key, case.note.epoch, from),
            None => {
                let mut epochs = (0..=case.note.epoch).rev().take(LATE_KEY_EPOCHS_MAX);
                epochs.find_map(|epoch| history.own_with_keys(&key, epoch, |id| late.contains_key(id)))
            }
        };
        let Some((chain, held)) = again.filter(|(_, held)| !held.is_empty()) else { return Ok(None) };
        let mut line = Outgoing { chain, changes: Vec::new(), keys: Vec::new() };
        let mut before = chain.tip.max_op;
        for change in held {
            let operations = change.tip.max_op.saturating_sub(before);
            before = change.tip.max_op;
            let sealed = if late.is_empty() { Vec::new() } else { change.sealed_keys(chain.actor) };
            let keys: Vec<SealKey> = sealed.iter().filter_map(|id| late.get(id).map(|key| (*key).clone())).collect();
            if !room.takes(change.bytes.len(), operations, keys.len()) {
                break;
            }
            line.keys.extend(keys);
            line.changes.push(change);
        }
        Ok(Some(line))
    }

    /// Keys of a case that still go to the server in this sync.
    fn late_keys(&self, case: CaseId) -> BTreeMap<KeyId, &SealKey> {
        let keys = self.state.unsent_keys(case).filter(|_| !self.run.left_keys.contains(&case));
        keys.map(|key| (key.id, key)).collect()
    }

    fn carried_batches(&self, room: &mut Room) -> (Vec<Vec<u8>>, Vec<CarriedBatch>) {
        let left = |key: &[u8]| self.run.reading_only || self.run.leaves_carried(key);
        let waiting = self.state.carried.iter().filter(|(key, c)| c.refused.is_none() && !left(key));
        let fits = waiting.filter(|(_, c)| {
            let changes = c.batch.changes.len();
            let bytes = c.batch.changes.iter().map(|b| b.len()).sum();
            // The operations of somebody else's changes are not counted here: a batch is what one page of its author was.
            let fits = changes <= room.changes && room.takes(bytes, 0, 0);
            if fits {
                room.changes = room.changes.saturating_sub(changes.saturating_sub(1));
            }
            fits
        });
        fits.map(|(key, c)| (key.clone(), c.batch.clone())).unzip()
    }

    /// Whether this request may say that nothing else is unsent and that its token is the newest this phone holds.
    fn announces(&self, lines: &[Outgoing], token: &[u8]) -> bool {
        // A restored server may lack what stands in a case that was not compared with it yet.
        let rows = |case: &Case| case.has_rows() || self.state.outbox.took_from(case.id);
        let compared = |c: &Case| !c.note.catching_up && (!rows(c) || c.note.server_epoch == self.state.server.epoch);
        let all = self.left_behind(lines) == 0 && self.state.cases.values().all(compared);
        !token.is_empty() && token == self.state.server.token && all
    }

    /// How many records wait to be sent besides those that go out.
    fn left_behind(&self, lines: &[Outgoing]) -> u64 {
        let sent = lines.iter().flat_map(|line| &line.changes);
        let local = sent.filter(|change| self.state.outbox.get(change.fact).is_some_and(Intent::is_local)).count();
        self.state.outbox.waiting().saturating_sub(local as u64)
    }

    /// The token that stands for these records: the oldest that one of them was recorded under. Re-offered changes were judged
    /// before and get none.
    pub(super) fn token_for(&self, lines: &[Outgoing]) -> Vec<u8> {
        let tokens = lines.iter().flat_map(|l| &l.changes).map(|c| self.state.outbox.get(c.fact).map(|i| i.token.clone()));
        let oldest =
            tokens.map(Option::unwrap_or_default).min_by_key(|t| TimeToken::from_bytes(t).map_or(i64::MIN, |t| t.issued_at));
        oldest.unwrap_or_else(|| self.state.server.token.clone())
    }
}

impl State {
    /// Keys of sealed values in a case that the server does not have yet, although the record came there by another hand.
    pub(super) fn unsent_keys(&self, case: CaseId) -> impl Iterator<Item = &SealKey> {
        self.keys.values().filter(move |k| k.unsent && k.case == case).map(|k| &k.key)
    }
}

/// Composes records on a chain until nothing is left.
pub(super) fn compose_all<'a>(
    chain: &mut OwnChain,
    records: impl Iterator<Item = (FactId, &'a Intent)>,
) -> Vec<crate::sync::session::Prepared> {
    records.map(|(fact, intent)| chain.push(fact, &intent.node, intent.recorded_at())).collect()
}
