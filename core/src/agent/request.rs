//! What goes out next: own work in the order of recording, work carried for others, and where this phone stands.

use super::case::Case;
use super::saved::Intent;
use super::state::State;
use super::{Agent, AgentError};
use crate::fact::{SealKey, table::KINDS_VERSION};
use crate::ids::{CaseId, FactId};
use crate::limits::SYNC_CHANGES_MAX;
use crate::sync::TimeToken;
use crate::sync::session::outbound::{Outgoing, REQUEST_CHANGE_BYTES, sign};
use crate::sync::session::{HttpRequest, OwnChain};
use crate::sync::wire::{CarriedBatch, Place, SyncRequest, digest};
use std::collections::BTreeMap;

/// A request that was not answered yet.
#[derive(Debug)]
pub(super) struct Flight {
    /// The very request.
    pub request: HttpRequest,
    /// What the phone's clock said when it was made.
    pub asked_at: i64,
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
}

/// How often a chain may start anew within one sync.
pub(super) const RESTARTS_MAX: u32 = 3;

/// How long after an exchange the other cases are taken to be as they were: an hour.
const RECENT_SECONDS: u64 = 3600;

/// What may still go into a request.
struct Room {
    changes: usize,
    bytes: usize,
}

impl Room {
    fn takes(&mut self, bytes: usize) -> bool {
        let fits = self.changes > 0 && (bytes <= self.bytes || self.bytes == REQUEST_CHANGE_BYTES);
        if fits {
            self.changes = self.changes.saturating_sub(1);
            self.bytes = self.bytes.saturating_sub(bytes);
        }
        fits
    }
}

impl Agent {
    /// Composes, counts and signs the next request.
    pub(super) fn fly(&mut self, now: i64) -> Result<HttpRequest, AgentError> {
        self.who()?;
        let mut room = Room { changes: SYNC_CHANGES_MAX, bytes: REQUEST_CHANGE_BYTES };
        let lines = self.lines(&mut room)?;
        let (keys, carried) = self.carried_batches(&mut room);
        let token = self.token_for(&lines);
        let place = self.place(&lines, now);
        let request = SyncRequest {
            token: Some(token.clone()).filter(|t| !t.is_empty()).map(Into::into),
            phone_now: now,
            kinds_version: KINDS_VERSION,
            calendar: self.state.rules.version(),
            policy: self.state.rules.policy.number,
            batches: lines.iter().filter_map(|line| line.batch(&*self.signer, &token)).collect(),
            carried,
            place,
        };
        let request = sign(&request, self.next_counter()?, &*self.signer);
        self.flight = Some(Flight { request: request.clone(), asked_at: now, lines, carried: keys });
        Ok(request)
    }

    /// Where this phone stands, in as few bytes as will do. Hours after the last exchange others have most likely written too: then all
    /// cursors save a round; soon after it, those of the cases written in and a digest of the rest save the bytes.
    fn place(&self, lines: &[Outgoing], now: i64) -> Place {
        let cursors = self.state.cursors();
        let recent = self.heard_at().is_some_and(|heard| now.abs_diff(heard) <= RECENT_SECONDS);
        if self.run.cursors || !(lines.is_empty() || recent) {
            return Place::Cursors(cursors);
        }
        let written = |case: &CaseId| lines.iter().any(|line| line.chain.case == *case);
        let (changed, others): (Vec<_>, Vec<_>) = cursors.into_iter().partition(|(case, _)| written(case));
        let digest = digest(&others).to_vec().into();
        if lines.is_empty() { Place::Digest(digest) } else { Place::Changed(digest, changed) }
    }

    /// Own work that can go now.
    fn lines(&self, room: &mut Room) -> Result<Vec<Outgoing>, AgentError> {
        let mut cases: Vec<(i64, &Case)> = self.state.cases.values().filter_map(|c| Some((self.first_work(c)?, c))).collect();
        cases.sort_by_key(|(order, case)| (*order, case.id));
        let lines = cases.into_iter().map(|(_, case)| self.line(case, room));
        lines.filter(|line| line.as_ref().map_or(true, |line| !line.changes.is_empty())).collect()
    }

    /// The order of the first thing to send in a case; `None` if nothing can go now.
    fn first_work(&self, case: &Case) -> Option<i64> {
        let left_alone = self.run.restarts.get(&case.id).is_some_and(|n| *n >= RESTARTS_MAX);
        if case.note.catching_up || left_alone {
            return None;
        }
        let local = self.state.outbox.local(case.id).first().map(|(_, i)| i.order);
        let owed = case.note.reoffer_from.is_some() || self.state.unsent_keys(case.id).next().is_some();
        if owed { Some(i64::MIN) } else { local }
    }

    fn line(&self, case: &Case, room: &mut Room) -> Result<Outgoing, AgentError> {
        let key = self.signer.public_key();
        let chain = case.own_chain(&key, &self.state.outbox);
        let mut line = Outgoing { chain, changes: Vec::new(), keys: Vec::new() };
        let mut keys: Vec<SealKey> = self.state.unsent_keys(case.id).cloned().collect();
        let reoffer = case.note.reoffer_from.or_else(|| (!keys.is_empty() && chain.tip.seq > 0).then_some(chain.tip.seq));
        let again = match reoffer {
            Some(from) => self.history(case)?.own_changes(&key, case.note.epoch, from),
            None => None,
        };
        if let Some((before, held)) = again {
            line.chain = before;
            for change in held {
                if !room.takes(change.bytes.len()) {
                    return Ok(line);
                }
                line.changes.push(change);
            }
        }
        let mut end = chain;
        for (fact, intent) in self.state.outbox.local(case.id) {
            let prepared = end.push(fact, &intent.node, intent.recorded_at());
            if !room.takes(prepared.bytes.len()) {
                break;
            }
            keys.extend(intent.keys.iter().cloned());
            line.changes.push(prepared);
        }
        line.keys = keys;
        Ok(line)
    }

    fn carried_batches(&self, room: &mut Room) -> (Vec<Vec<u8>>, Vec<CarriedBatch>) {
        let waiting = self.state.carried.iter().filter(|(_, c)| c.refused.is_none());
        let fits = waiting.filter(|(_, c)| {
            let changes = c.batch.changes.len();
            let bytes = c.batch.changes.iter().map(|b| b.len()).sum();
            let fits = changes <= room.changes && room.takes(bytes);
            if fits {
                room.changes = room.changes.saturating_sub(changes.saturating_sub(1));
            }
            fits
        });
        fits.map(|(key, c)| (key.clone(), c.batch.clone())).unzip()
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
