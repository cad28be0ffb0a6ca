//! Rows that came: verified, kept, and own records found again in them.

use super::AgentError;
use super::answer::Taking;
use super::case::Case;
use super::case_digest::CaseDigest;
use super::history::{History, fact_id};
use super::request::compose_all;
use super::saved::{self, CaseNote, Intent, IntentState, SavedKey, Trace};
use crate::admit::Checked;
use crate::case::{Entry, FactView, Row};
use crate::fact::Glimpse;
use crate::ids::{CaseId, ChangeHash, FactId};
use crate::store::{Namespace, Op, StoreError};
use crate::sync::session::outbound::Outgoing;
use crate::sync::session::page::{VerifiedRow, verify};
use crate::sync::session::{Event, HistoryError, Prepared};
use crate::sync::wire::CasePage;
use std::cell::OnceCell;
use std::collections::BTreeMap;

impl Taking<'_> {
    /// Takes a page in. A history that does not fit is not taken: the phone keeps its own rows and says so.
    pub(super) fn page(&mut self, page: CasePage, lines: &[Outgoing], server_epoch: u32, more: bool) -> Result<(), AgentError> {
        let id = page.case;
        let fresh = || Case::new(id, CaseNote { server_epoch, ..CaseNote::default() });
        self.state.cases.entry(id).or_insert_with(fresh);
        let held = self.state.cases.get(&id).map_or(0, |c| c.place().0);
        if page.restart && (held > 0 || self.state.outbox.took_from(id)) && !self.restart(id, server_epoch)? {
            self.alarm(id, HistoryError::Rewritten { sequence: held });
            return Ok(());
        }
        let Some(case) = self.state.cases.get(&id) else { return Ok(()) };
        let waiting = OnceCell::new();
        let own = |hash: &ChangeHash| {
            let sent = lines.iter().flat_map(|l| &l.changes).find(|c| c.tip.hash == *hash);
            let again = || waiting.get_or_init(|| self.waiting(case)).iter().find(|c| c.tip.hash == *hash);
            sent.or_else(again).map(|c| c.bytes.clone())
        };
        match verify(id, case.place(), page.rows, own) {
            Ok(verified) => {
                for key in page.keys {
                    let key = SavedKey { key, case: id, unsent: false };
                    saved::put(&mut self.batch, Namespace::Key, &key.key.id.0, &key);
                    self.state.keys.insert(key.key.id, key);
                }
                self.keep(id, verified.rows, server_epoch, more || verified.short);
                self.moved |= verified.short;
                self.run.lacks_own |= verified.short;
            }
            Err(error) => self.alarm(id, error),
        }
        Ok(())
    }

    /// What waits in a case, as the changes it went out as: an earlier round may have brought them, and its answer was lost.
    fn waiting(&self, case: &Case) -> Vec<Prepared> {
        let mut chain = case.own_chain(&self.public_key, &self.state.outbox);
        compose_all(&mut chain, self.state.outbox.local(case.id).into_iter())
    }

    fn alarm(&mut self, id: CaseId, error: HistoryError) {
        self.note(id, |note| note.alarm = Some(error));
        self.show.push(Event::HistoryAlarm { case: id, error });
    }

    fn keep(&mut self, id: CaseId, rows: Vec<VerifiedRow>, server_epoch: u32, incomplete: bool) {
        let first = self.state.cases.get(&id).is_some_and(|case| !case.has_rows());
        let count = rows.len() as u64;
        for VerifiedRow { raw, row, change } in rows {
            saved::put(&mut self.batch, Namespace::Row, &saved::row_key(id, row.sequence), &raw);
            self.landed(id, &row, change.as_ref());
            if let Some(case) = self.state.cases.get_mut(&id) {
                case.take(&row, change);
            }
        }
        if count > 0 {
            self.moved = true;
            self.save_glance(id);
        }
        self.note(id, |note| {
            (note.server_epoch, note.withdrawn, note.alarm) = (server_epoch, false, None);
            note.catching_up |= first && incomplete;
        });
        if first && count > 0 {
            self.show.push(Event::CaseAdded { case: id });
        }
        if count > 0 {
            self.show.push(Event::CaseChanged { case: id, rows: count });
        }
    }

    fn save_glance(&mut self, id: CaseId) {
        if let Some(case) = self.state.cases.get(&id) {
            case.case_digest.put(id, &mut self.batch);
        }
    }

    /// An own record stands in the case now: the intent is done. A key that did not travel with it is sent with the next round.
    fn landed(&mut self, id: CaseId, row: &Row, change: Option<&Checked>) {
        let Some(fact) = change.filter(|_| self.is_own(row)).and_then(|change| fact_id(&change.fact)) else { return };
        if self.state.traces.remove(&fact).is_some() {
            self.batch.delete(Namespace::Trace, fact.0);
        }
        let Some(intent) = self.state.outbox.remove(fact) else { return };
        self.batch.delete(Namespace::Intent, fact.0);
        if intent.is_local() {
            self.run.sent = self.run.sent.saturating_add(1);
            let (sequence, verdict) = (row.sequence, row.verdict.clone());
            self.show.push(Event::Judged { case: id, fact, sequence, verdict });
        }
        for key in intent.keys {
            let key = SavedKey { key, case: id, unsent: true };
            saved::put(&mut self.batch, Namespace::Key, &key.key.id.0, &key);
            self.state.keys.insert(key.key.id, key);
        }
    }

    fn is_own(&self, row: &Row) -> bool {
        matches!(&row.entry, Entry::Change { author, .. } if author.device == self.device)
    }

    /// The stored rows of a case, those of this very answer included.
    fn stored_rows(&self, id: CaseId) -> Result<BTreeMap<Vec<u8>, Vec<u8>>, StoreError> {
        let mut rows: BTreeMap<_, _> = self.store.load_under(Namespace::Row, &id.0)?.into_iter().collect();
        for op in &self.batch.ops {
            match op {
                Op::Put { namespace: Namespace::Row, key, value } if key.starts_with(&id.0) => {
                    rows.insert(key.clone(), value.clone())
                }
                Op::Delete { namespace: Namespace::Row, key } => rows.remove(key),
                _ => None,
            };
        }
        Ok(rows)
    }

    /// The rows of a case, verified.
    pub(super) fn history(&self, id: CaseId) -> Result<History, StoreError> {
        Ok(History::of(id, self.stored_rows(id)?))
    }

    /// The server came back from a backup and its history of this case is shorter: the phone's rows are kept as evidence, its own
    /// records go back to the outbox until they are found in the new rows. `false` if the server's epoch did not rise.
    fn restart(&mut self, id: CaseId, server_epoch: u32) -> Result<bool, AgentError> {
        let Some(case) = self.state.cases.get(&id) else { return Ok(false) };
        let (old_epoch, note) = (case.note.server_epoch, case.note.clone());
        if server_epoch <= old_epoch {
            return Ok(false);
        }
        let stored = self.stored_rows(id)?;
        for (key, row) in &stored {
            if let Some(sequence) = saved::row_place(key) {
                self.batch.put(Namespace::Former, saved::former_key(id, old_epoch, sequence), row.clone());
            }
            self.batch.delete(Namespace::Row, key.clone());
        }
        let history = History::of(id, stored);
        self.batch.delete(Namespace::CaseDigest, id.0);
        let note = CaseNote { catching_up: true, reoffer_from: None, ..note };
        self.state.cases.insert(id, Case::new(id, note));
        self.back_to_outbox(id, &history);
        Ok(true)
    }

    /// Own records of lost rows go out again before all others.
    fn back_to_outbox(&mut self, id: CaseId, history: &History) {
        let own = history.own_facts(self.device);
        let first = self.state.outbox.first_order().saturating_sub(own.len() as i64);
        for (i, (fact, node)) in own.into_iter().enumerate() {
            let order = first.saturating_add(i as i64);
            let intent = Intent { order, case: id, node, keys: Vec::new(), token: Vec::new(), state: IntentState::Local };
            self.state.outbox.insert(fact, intent);
        }
        let of_case: Vec<FactId> = self.state.outbox.of(id).map(|(fact, _)| fact).collect();
        for fact in of_case {
            let Some(intent) = self.state.outbox.get_mut(fact) else { continue };
            if matches!(intent.state, IntentState::Sent { .. }) {
                intent.state = IntentState::Local;
            }
            saved::put(&mut self.batch, Namespace::Intent, &fact.0, intent);
        }
    }

    /// Takes what the server says of cases that are no longer this person's, unless its clock stands before what this phone holds of a
    /// case: by such a clock nobody may have a seat yet. Then the case stays, and the phone says so.
    pub(super) fn withdraw_all(&mut self, withdrawn: Vec<CaseId>, server_epoch: u32) -> Result<(), AgentError> {
        let mut behind = None;
        for id in withdrawn {
            let newest = self.state.cases.get(&id).and_then(|case| case.case_digest.newest(|at| self.told.counts(at)));
            match self.told.behind(newest) {
                Some(seconds) => behind = behind.max(Some(seconds)),
                None => self.withdraw(id, server_epoch)?,
            }
        }
        if let Some(seconds) = behind {
            self.show.push(Event::ServerClockBehind { seconds });
        }
        Ok(())
    }

    /// The case is no longer this person's; purged once nothing of it waits to be sent. A server that was restored since may only
    /// have lost the case: then own records go out again, and nothing is purged.
    fn withdraw(&mut self, id: CaseId, server_epoch: u32) -> Result<(), AgentError> {
        if self.state.cases.get(&id).is_some_and(Case::has_rows) {
            self.moved |= self.restart(id, server_epoch)?;
        }
        self.note(id, |note| note.withdrawn = true);
        Ok(())
    }

    /// Purges withdrawn cases whose outbox is delivered: rows and keys go, the state of own records stays.
    pub(super) fn purge_withdrawn(&mut self) -> Result<(), AgentError> {
        let waits = |c: &Case| !self.state.outbox.local(c.id).is_empty() || self.state.unsent_keys(c.id).next().is_some();
        let done = |c: &&Case| c.note.withdrawn && c.has_rows() && !waits(c);
        let done: Vec<CaseId> = self.state.cases.values().filter(done).map(|c| c.id).collect();
        for id in done {
            self.purge(id)?;
            self.show.push(Event::CaseWithdrawn { case: id });
        }
        Ok(())
    }

    fn purge(&mut self, id: CaseId) -> Result<(), AgentError> {
        let keys: Vec<Vec<u8>> = self.stored_rows(id)?.into_keys().collect();
        let mut traces = self.traces_of(id)?;
        let title = self.state.cases.get(&id).and_then(|case| case.outline().title.clone());
        keys.into_iter().for_each(|key| self.batch.delete(Namespace::Row, key));
        self.batch.delete(Namespace::CaseDigest, id.0);
        self.forget_names(id);
        if let Some(case) = self.state.cases.get_mut(&id) {
            case.set(CaseDigest::new(id));
        }
        let sent = |(fact, intent): (FactId, &Intent)| matches!(intent.state, IntentState::Sent { .. }).then_some(fact);
        let acknowledged: Vec<FactId> = self.state.outbox.of(id).filter_map(sent).collect();
        for fact_id in acknowledged {
            self.batch.delete(Namespace::Intent, fact_id.0);
            let Some(intent) = self.state.outbox.remove(fact_id) else { continue };
            if let IntentState::Sent { sequence, verdict, .. } = &intent.state {
                traces.push((fact_id, Trace::of((id, title.as_ref()), &Glimpse::of(&intent.node), *sequence, verdict)));
            }
        }
        for (fact, trace) in traces {
            saved::put(&mut self.batch, Namespace::Trace, &fact.0, &trace);
            self.state.traces.insert(fact, trace);
        }
        let keys: Vec<_> = self.state.keys.values().filter(|k| k.case == id && !k.unsent).map(|k| k.key.id).collect();
        for key in keys {
            self.state.keys.remove(&key);
            self.batch.delete(Namespace::Key, key.0);
        }
        Ok(())
    }

    /// What stays of this device's records among the rows of a case.
    fn traces_of(&self, id: CaseId) -> Result<Vec<(FactId, Trace)>, StoreError> {
        let Some(case) = self.state.cases.get(&id) else { return Ok(Vec::new()) };
        let outline = case.outline();
        let named = (id, outline.title.as_ref());
        let unreadable = if case.case_digest.has_unreadable() { self.history(id)?.unreadable(self.device) } else { Vec::new() };
        let unreadable = unreadable.into_iter().map(|row| (row.id, Trace::of(named, &row.glimpse, row.sequence, &row.verdict)));
        let own = outline.facts.iter().filter(|f| case.is_own(self.device, f));
        let trace = |f: &FactView| (f.fact.id, Trace::of(named, &Glimpse::from(&*f.fact), f.sequence.unwrap_or(0), &f.verdict));
        Ok(unreadable.chain(own.map(trace)).collect())
    }
}
