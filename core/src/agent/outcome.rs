//! What became of sent records: acknowledged, refused, or waiting for something before them.

use super::answer::Taking;

use super::saved::{self, IntentState, SavedKey};
use super::{Agent, AgentError};
use crate::admit::Refusal;
use crate::ids::{CaseId, FactId};
use crate::store::Namespace;
use crate::sync::answer_code;
use crate::sync::session::outbound::Outgoing;
use crate::sync::session::{Event, OwnChain, Prepared};
use crate::sync::wire::{BatchOutcome, Outcome};

/// Code of a record by somebody who never stood on the case's roster.
const NEVER_MEMBER: &str = "never_member";

fn is_set_aside(outcome: &BatchOutcome) -> bool {
    outcome.changes.iter().any(|o| matches!(o, Outcome::Refused { code, .. } if code == NEVER_MEMBER))
}

impl Agent {
    /// Whether something could be sent right now.
    pub(super) fn has_work(&self) -> bool {
        if self.run.reading_only {
            return false;
        }
        let able = |case: &CaseId| !self.run.leaves(*case) && self.state.cases.get(case).is_some_and(|c| !c.note.catching_up);
        self.state.outbox.values().any(|i| i.is_local() && able(&i.case))
            || self.state.keys.values().any(|k| k.unsent && able(&k.case) && !self.run.left_keys.contains(&k.case))
            || self.state.carried.iter().any(|(key, c)| c.refused.is_none() && !self.run.leaves_carried(key))
    }
}

impl Taking<'_> {
    /// Takes the outcomes of own batches.
    pub(super) fn outcomes(&mut self, lines: &[Outgoing], outcomes: &[BatchOutcome]) -> Result<(), AgentError> {
        let fits = |(line, outcome): (&Outgoing, &BatchOutcome)| {
            line.chain.case == outcome.case && line.changes.len() == outcome.changes.len()
        };
        if lines.len() != outcomes.len() || !lines.iter().zip(outcomes).all(fits) {
            return Err(AgentError::Answer("the outcomes are not those of the request".into()));
        }
        for (line, outcome) in lines.iter().zip(outcomes) {
            if self.refuses_keys(line, outcome) {
                self.moved = true;
                self.run.left_keys.insert(line.chain.case);
                continue;
            }
            for (change, outcome) in line.changes.iter().zip(&outcome.changes) {
                if !self.outcome(&line.chain, change, outcome)? {
                    break;
                }
            }
            // What was set aside keeps its chain for the day the office takes it in; what comes after it begins another.
            if is_set_aside(outcome) {
                self.new_epoch(line.chain.case, false);
            }
            if matches!(outcome.changes.first(), Some(Outcome::Accepted { .. } | Outcome::Known { .. })) {
                self.keys_sent(line);
            }
        }
        Ok(())
    }

    /// Whether rows of a chain that is no longer written, sent once more for their keys, are not what the server has: then the keys
    /// wait for another sync, and the chain that is written now is left alone.
    fn refuses_keys(&self, line: &Outgoing, outcome: &BatchOutcome) -> bool {
        let epoch = self.state.cases.get(&line.chain.case).map(|case| case.note.epoch);
        let refused = |o: &Outcome| matches!(o, Outcome::Refused { .. } | Outcome::Waiting { .. });
        epoch.is_some_and(|epoch| line.chain.epoch < epoch) && outcome.changes.first().is_some_and(refused)
    }

    /// One change; `false` = nothing after it was looked at.
    fn outcome(&mut self, chain: &OwnChain, change: &Prepared, outcome: &Outcome) -> Result<bool, AgentError> {
        match outcome {
            Outcome::Accepted { hash, sequence, verdict } | Outcome::Known { hash, sequence, verdict } => {
                if *hash != change.tip.hash {
                    return Err(AgentError::Answer("the server acknowledged another change".into()));
                }
                self.note(chain.case, |note| note.reoffer_from = None);
                let (epoch, tip) = (chain.epoch, change.tip);
                let sent = IntentState::Sent { epoch, tip, sequence: *sequence, verdict: verdict.clone() };
                self.acknowledged(chain.case, change.fact, sent);
                Ok(true)
            }
            // The office may take the whole chain in later, as it stands: it is not broken off here.
            Outcome::Refused { code, quarantine } if code == NEVER_MEMBER => {
                self.set_aside(chain.case, change.fact, code, *quarantine);
                Ok(true)
            }
            Outcome::Refused { code, quarantine } => {
                self.refused(chain.case, change.fact, code, *quarantine);
                Ok(false)
            }
            Outcome::Deferred { until, code } => {
                self.defer(chain.case, *until, code);
                Ok(false)
            }
            Outcome::Waiting { next_seq } => {
                self.waits(chain, *next_seq)?;
                Ok(false)
            }
            Outcome::Blocked => Ok(false),
        }
    }

    fn acknowledged(&mut self, case: CaseId, fact: FactId, sent: IntentState) {
        self.moved = true;
        let Some(intent) = self.state.outbox.get_mut(fact).filter(|i| i.is_local()) else { return };
        if let IntentState::Sent { sequence, verdict, .. } = &sent {
            self.show.push(Event::Judged { case, fact, sequence: *sequence, verdict: verdict.clone() });
        }
        intent.state = sent;
        for key in std::mem::take(&mut intent.keys) {
            let key = SavedKey { key, case, unsent: false };
            saved::put(&mut self.batch, Namespace::Key, &key.key.id.0, &key);
            self.state.keys.insert(key.key.id, key);
        }
        saved::put(&mut self.batch, Namespace::Intent, &fact.0, intent);
        self.run.sent = self.run.sent.saturating_add(1);
    }

    /// A refusal stays with its record, unless only the record's place in the chain was wrong: then the phone came from a backup,
    /// and the record goes out again behind what the server has.
    fn refused(&mut self, case: CaseId, fact: FactId, code: &str, quarantine: i64) {
        let misplaced = [Refusal::Fork, Refusal::WrongDep, Refusal::StartOp, Refusal::SeqGap].iter().any(|r| r.code() == code);
        if !misplaced {
            self.set_aside(case, fact, code, quarantine);
        }
        self.new_epoch(case, misplaced);
    }

    fn set_aside(&mut self, case: CaseId, fact: FactId, code: &str, quarantine: i64) {
        let Some(intent) = self.state.outbox.get_mut(fact).filter(|i| i.is_local()) else { return };
        intent.state = IntentState::Quarantined { code: code.to_owned(), quarantine, again: None };
        saved::put(&mut self.batch, Namespace::Intent, &fact.0, intent);
        let zh = answer_code::outcome(code).zh;
        self.show.push(Event::Quarantined { case, fact, code: code.to_owned(), zh });
    }

    /// The day's work is done as far as this case goes: its records stay here, on the same chain, and the sync goes on without it.
    fn defer(&mut self, case: CaseId, until: i64, code: &str) {
        self.moved = true;
        if self.run.deferred.insert(case) {
            self.show.push(Event::Deferred { case, until, code: code.to_owned() });
        }
    }

    /// The server lacks what stands before: send it again from there, or start a new chain if it is not here.
    fn waits(&mut self, chain: &OwnChain, next_seq: u64) -> Result<(), AgentError> {
        let Some(note) = self.state.cases.get(&chain.case).map(|case| &case.note) else { return Ok(()) };
        let (epoch, offered) = (note.epoch, note.reoffer_from == Some(next_seq));
        let own = self.history(chain.case)?.own_changes(&self.public_key, epoch, next_seq);
        let held = own.is_some_and(|(_, changes)| !changes.is_empty());
        if held && !offered {
            self.moved = true;
            self.note(chain.case, |note| note.reoffer_from = Some(next_seq));
        } else {
            self.new_epoch(chain.case, true);
        }
        Ok(())
    }

    fn new_epoch(&mut self, id: CaseId, download_first: bool) {
        let restarts = self.run.restarts.entry(id).or_default();
        *restarts = restarts.saturating_add(1);
        self.moved = true;
        self.run.cursors = true;
        let mut epoch = 0;
        self.note(id, |note| {
            note.epoch = note.epoch.saturating_add(1);
            note.reoffer_from = None;
            note.catching_up |= download_first;
            epoch = note.epoch;
        });
        self.show.push(Event::NewEpoch { case: id, epoch });
    }

    fn keys_sent(&mut self, line: &Outgoing) {
        for key in &line.keys {
            if let Some(saved) = self.state.keys.get_mut(&key.id).filter(|k| k.unsent) {
                saved.unsent = false;
                saved::put(&mut self.batch, Namespace::Key, &key.id.0, saved);
            }
        }
    }

    /// Takes the outcomes of work carried for others: delivered work is handed over, refused work stays to be shown.
    pub(super) fn carried_outcomes(&mut self, keys: &[Vec<u8>], outcomes: &[BatchOutcome]) {
        for (key, outcome) in keys.iter().zip(outcomes) {
            if let Some(Outcome::Deferred { until, code }) = outcome.changes.first() {
                self.moved = true;
                if self.run.deferred_carried.insert(key.clone()) {
                    self.show.push(Event::Deferred { case: outcome.case, until: *until, code: code.clone() });
                }
                continue;
            }
            let done = |o: &&Outcome| matches!(o, Outcome::Accepted { .. } | Outcome::Known { .. });
            let records = outcome.changes.iter().filter(done).count();
            let refused = outcome.changes.iter().find_map(|o| match o {
                Outcome::Refused { code, .. } => Some(code.clone()),
                Outcome::Waiting { .. } => Some(Refusal::SeqGap.code().to_owned()),
                _ => None,
            });
            self.moved = true;
            match (refused, self.state.carried.get_mut(key)) {
                (Some(code), Some(carried)) => {
                    let zh = answer_code::outcome(&code).zh;
                    self.show.push(Event::CarriedRefused { case: outcome.case, code: code.clone(), zh });
                    carried.refused = Some(code);
                    saved::put(&mut self.batch, Namespace::Carried, key, carried);
                }
                _ => {
                    self.state.carried.remove(key);
                    self.batch.delete(Namespace::Carried, key.clone());
                }
            }
            if records > 0 {
                self.show.push(Event::CarriedDelivered { case: outcome.case, records: records as u64 });
            }
        }
    }
}
