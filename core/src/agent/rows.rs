//! Rows that came: verified, kept, and own records found again in them.

use super::answer::Taking;
use super::case::{Case, fact_id};
use super::saved::{self, CaseNote, Intent, IntentState, SavedKey, Trace};
use crate::admit;
use crate::case::{Entry, FactView, Row};
use crate::fact::Fact;
use crate::ids::{CaseId, ChangeHash, FactId};
use crate::store::Shelf;
use crate::sync::session::outbound::Outgoing;
use crate::sync::session::page::verify;
use crate::sync::session::{Event, HistoryError};
use crate::sync::wire::CasePage;

impl Taking<'_> {
    /// Takes a page in. A history that does not fit is not taken: the phone keeps its own rows and says so.
    pub(super) fn page(&mut self, page: CasePage, lines: &[Outgoing], server_epoch: u32, more: bool) {
        let id = page.case;
        let fresh = || Case::new(id, CaseNote { server_epoch, ..CaseNote::default() });
        self.state.cases.entry(id).or_insert_with(fresh);
        let held = self.state.cases.get(&id).map_or(0, |c| c.place().0);
        if page.restart && (held > 0 || self.state.took_from(id)) && !self.restart(id, server_epoch) {
            return self.alarm(id, HistoryError::Rewritten { sequence: held });
        }
        let Some(case) = self.state.cases.get(&id) else { return };
        let own = |hash: &ChangeHash| {
            let sent = lines.iter().flat_map(|l| &l.changes).find(|c| c.tip.hash == *hash);
            sent.map(|c| c.bytes.clone())
        };
        match verify(id, case.place(), page.rows, own) {
            Ok(verified) => {
                for key in page.keys {
                    let key = SavedKey { key, case: id, unsent: false };
                    saved::put(&mut self.batch, Shelf::Key, &key.key.id.0, &key);
                    self.state.keys.insert(key.key.id, key);
                }
                self.keep(id, verified.rows, server_epoch, more || verified.short);
                self.moved |= verified.short;
            }
            Err(error) => self.alarm(id, error),
        }
    }

    fn alarm(&mut self, id: CaseId, error: HistoryError) {
        self.note(id, |note| note.alarm = Some(error));
        self.show.push(Event::HistoryAlarm { case: id, error });
    }

    fn keep(&mut self, id: CaseId, rows: Vec<Row>, server_epoch: u32, incomplete: bool) {
        for row in &rows {
            saved::put(&mut self.batch, Shelf::Row, &saved::row_key(id, row.sequence), row);
            self.landed(id, row);
        }
        let Some(case) = self.state.cases.get_mut(&id) else { return };
        let (count, first) = (rows.len() as u64, case.rows.is_empty());
        self.moved |= count > 0;
        case.extend(rows);
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

    /// An own record stands in the case now: the intent is done. A key that did not travel with it is sent with the next round.
    fn landed(&mut self, id: CaseId, row: &Row) {
        let Some(fact) = self.own_fact(row) else { return };
        if self.state.traces.remove(&fact).is_some() {
            self.batch.delete(Shelf::Trace, fact.0);
        }
        let Some(intent) = self.state.intents.remove(&fact) else { return };
        self.batch.delete(Shelf::Intent, fact.0);
        if intent.is_local() {
            self.run.sent = self.run.sent.saturating_add(1);
            let (sequence, verdict) = (row.sequence, row.verdict.clone());
            self.show.push(Event::Judged { case: id, fact, sequence, verdict });
        }
        for key in intent.keys {
            let key = SavedKey { key, case: id, unsent: true };
            saved::put(&mut self.batch, Shelf::Key, &key.key.id.0, &key);
            self.state.keys.insert(key.key.id, key);
        }
    }

    fn own_fact(&self, row: &Row) -> Option<FactId> {
        match &row.entry {
            Entry::Change { bytes, actor, author, .. } if author.device == self.device => {
                fact_id(&admit::check(bytes, *actor).ok()?.fact)
            }
            _ => None,
        }
    }

    /// The server came back from a backup and its history of this case is shorter: the phone's rows are kept as evidence, its own
    /// records go back to the outbox until they are found in the new rows. `false` if the server's epoch did not rise.
    fn restart(&mut self, id: CaseId, server_epoch: u32) -> bool {
        let Some(case) = self.state.cases.get_mut(&id) else { return false };
        let old_epoch = case.note.server_epoch;
        if server_epoch <= old_epoch {
            return false;
        }
        let own = case.own_facts(self.device);
        for held in &case.rows {
            let sequence = held.row.sequence;
            saved::put(&mut self.batch, Shelf::Former, &saved::former_key(id, old_epoch, sequence), &held.row);
            self.batch.delete(Shelf::Row, saved::row_key(id, sequence));
        }
        *case = Case::new(id, CaseNote { catching_up: true, reoffer_from: None, ..case.note.clone() });
        let first = self.state.first_order().saturating_sub(own.len() as i64);
        for (i, (fact, node)) in own.into_iter().enumerate() {
            let order = first.saturating_add(i as i64);
            let intent = Intent { order, case: id, node, keys: Vec::new(), token: Vec::new(), state: IntentState::Local };
            self.state.intents.insert(fact, intent);
        }
        for (fact, intent) in self.state.intents.iter_mut().filter(|(_, i)| i.case == id) {
            if matches!(intent.state, IntentState::Sent { .. }) {
                intent.state = IntentState::Local;
            }
            saved::put(&mut self.batch, Shelf::Intent, &fact.0, intent);
        }
        true
    }

    /// The case is no longer this person's; purged once nothing of it waits to be sent. A server that was restored since may only
    /// have lost the case: then own records go out again, and nothing is purged.
    pub(super) fn withdraw(&mut self, id: CaseId, server_epoch: u32) {
        if self.state.cases.get(&id).is_some_and(|c| !c.rows.is_empty()) {
            self.moved |= self.restart(id, server_epoch);
        }
        self.note(id, |note| note.withdrawn = true);
    }

    /// Purges withdrawn cases whose outbox is delivered: rows and keys go, the state of own records stays.
    pub(super) fn purge_withdrawn(&mut self) {
        let waits = |c: &Case| !self.state.local(c.id).is_empty() || self.state.unsent_keys(c.id).next().is_some();
        let done = |c: &&Case| c.note.withdrawn && !c.rows.is_empty() && !waits(c);
        let done: Vec<CaseId> = self.state.cases.values().filter(done).map(|c| c.id).collect();
        for id in done {
            self.purge(id);
            self.show.push(Event::CaseWithdrawn { case: id });
        }
    }

    fn purge(&mut self, id: CaseId) {
        let Some(case) = self.state.cases.get_mut(&id) else { return };
        let view = case.view();
        let own = view.facts.iter().filter(|f| case.is_own(self.device, f));
        let trace = |f: &FactView| (f.fact.id, Trace::of(id, &f.fact, f.sequence.unwrap_or(0), &f.verdict));
        let mut traces: Vec<(FactId, Trace)> = own.map(trace).collect();
        for held in std::mem::take(&mut case.rows) {
            self.batch.delete(Shelf::Row, saved::row_key(id, held.row.sequence));
        }
        case.extend([]);
        let acknowledged = self.state.intents.extract_if(.., |_, i| i.case == id && matches!(i.state, IntentState::Sent { .. }));
        for (fact_id, intent) in acknowledged {
            self.batch.delete(Shelf::Intent, fact_id.0);
            if let (IntentState::Sent { sequence, verdict, .. }, Ok(fact)) = (&intent.state, Fact::read(intent.node.clone())) {
                traces.push((fact_id, Trace::of(id, &fact, *sequence, verdict)));
            }
        }
        for (fact, trace) in traces {
            saved::put(&mut self.batch, Shelf::Trace, &fact.0, &trace);
            self.state.traces.insert(fact, trace);
        }
        let keys: Vec<_> = self.state.keys.values().filter(|k| k.case == id && !k.unsent).map(|k| k.key.id).collect();
        for key in keys {
            self.state.keys.remove(&key);
            self.batch.delete(Shelf::Key, key.0);
        }
    }
}
