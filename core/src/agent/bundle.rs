//! Work carried by hand: exported by its author, relayed by anybody, applied by nobody before the server admitted it.

use super::request::{PendingRequest, Room};
use super::saved::{self, Carried, Intent};
use super::{Agent, AgentError};
use crate::fact::Fact;
use crate::ids::{CaseId, DeviceId, FactId};
use crate::limits::SYNC_CHANGES_MAX;
use crate::store::{Batch, Namespace};
use crate::sync::answer_code::outcome;
use crate::sync::bundle::{Bundle, BundleError, open_batch};
use crate::sync::session::outbound::{Outgoing, REQUEST_CHANGE_BYTES};
use crate::sync::session::{Event, OwnChain, Prepared, Problem, Step};
use serde::Serialize;

/// What an import brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Records taken over.
    pub records: u64,
    /// In how many cases.
    pub cases: u64,
    /// Batches that were this phone's own, or here already.
    pub skipped: u64,
}

/// A record this phone carries for somebody else: shown, but not part of the case before the server admitted it.
#[derive(Clone, Debug, PartialEq)]
pub struct CarriedRecord {
    /// The author's device.
    pub device: DeviceId,
    /// The case.
    pub case: CaseId,
    /// What was recorded; `None` if this version cannot read it.
    pub fact: Option<Fact>,
    /// Why the server did not take it; it is then no longer sent.
    pub refused: Option<String>,
}

impl Agent {
    /// The outbox as a file for another member of the case, or for the office. The outbox stays as it is: what arrives twice is one
    /// fact. Keys of sealed values stay here and are sent with the next own sync.
    pub fn bundle_export(&self, now: i64) -> Result<Vec<u8>, AgentError> {
        self.who()?;
        let key = self.signer.public_key();
        let mut batches = Vec::new();
        for case in self.state.cases.values() {
            let local = self.state.outbox.local(case.id);
            let mut chain = case.own_chain(&key, &self.state.outbox);
            let mut rest = &local[..];
            while !rest.is_empty() {
                let (before, changes) = (chain, batch_of(&mut chain, rest));
                rest = rest.get(changes.len()..).unwrap_or_default();
                let line = Outgoing { chain: before, changes, keys: Vec::new() };
                let token = self.token_for(std::slice::from_ref(&line));
                batches.extend(line.carried(&*self.signer, &token));
            }
        }
        if batches.is_empty() {
            return Err(BundleError::Empty.into());
        }
        Ok(Bundle { made_at: now, batches }.to_bytes())
    }

    /// Takes over somebody else's bundle, to be relayed with the next sync. Nothing of it is taken if any part is not its author's.
    pub fn bundle_import(&mut self, file: &[u8], now: i64) -> Result<Imported, AgentError> {
        self.refresh()?;
        let own = self.who()?.device;
        let mut imported = Imported::default();
        let (mut save, mut taken) = (Batch::default(), Vec::new());
        let mut cases = std::collections::BTreeSet::new();
        for batch in Bundle::from_bytes(file)?.batches {
            let (statement, checked) = open_batch(&batch)?;
            let key = carried_key(statement.device, statement.case, statement.epoch, statement.tip_seq);
            if statement.device == own || self.state.carried.contains_key(&key) {
                imported.skipped = imported.skipped.saturating_add(1);
                continue;
            }
            imported.records = imported.records.saturating_add(checked.len() as u64);
            cases.insert(statement.case);
            let carried = Carried { batch, taken_at: now, refused: None };
            saved::put(&mut save, Namespace::Carried, &key, &carried);
            taken.push((key, carried));
        }
        self.save(&save)?;
        self.state.carried.extend(taken);
        imported.cases = cases.len() as u64;
        Ok(imported)
    }

    /// The server finds a request with carried work too large or too costly. Batches then go one at a time; one that is too much alone
    /// is named and waits for another sync, and everything else goes on.
    pub(super) fn carries_too_much(&mut self, problem: Problem, pending: &PendingRequest, now: i64) -> Result<Step, AgentError> {
        let mut show = Vec::new();
        if let ([], [key]) = (&pending.lines[..], &pending.carried[..]) {
            let statement = self.state.carried.get(key).and_then(|carried| open_batch(&carried.batch).ok());
            if let Some((statement, _)) = statement {
                let zh = if problem.detail.is_empty() { outcome(&problem.code).zh } else { problem.detail };
                show.push(Event::CarriedRefused { case: statement.case, code: problem.code, zh });
            }
            self.run.deferred_carried.insert(key.clone());
        }
        self.run.carries_singly = true;
        let request = self.fly(now)?;
        Ok(self.step(Some(request), show))
    }

    /// What this phone carries for others.
    pub fn carried(&self) -> Vec<CarriedRecord> {
        let mut out = Vec::new();
        for carried in self.state.carried.values() {
            let Ok((statement, checked)) = open_batch(&carried.batch) else { continue };
            out.extend(checked.into_iter().map(|c| CarriedRecord {
                device: statement.device,
                case: statement.case,
                fact: Fact::read(c.fact).ok(),
                refused: carried.refused.clone(),
            }));
        }
        out
    }
}

/// As many records as one request takes, composed on a chain; one always goes.
fn batch_of(chain: &mut OwnChain, records: &[(FactId, &Intent)]) -> Vec<Prepared> {
    let (mut room, mut changes) = (Room::of(SYNC_CHANGES_MAX, REQUEST_CHANGE_BYTES), Vec::new());
    for (fact, intent) in records {
        let mut end = *chain;
        let change = end.push(*fact, &intent.node, intent.recorded_at());
        if !room.takes(change.bytes.len(), change.tip.max_op.saturating_sub(chain.tip.max_op), 0) {
            break;
        }
        *chain = end;
        changes.push(change);
    }
    changes
}

fn carried_key(device: DeviceId, case: CaseId, epoch: u32, tip_seq: u64) -> Vec<u8> {
    [&device.0[..], &case.0, &epoch.to_be_bytes(), &tip_seq.to_be_bytes()].concat()
}
