//! The exchange, turn by turn: the host sends what [`Step::send`] holds and hands back what came.

use super::history::History;
use super::kept_fact::KeptFact;
use super::request::Run;
use super::saved::{self, CaseNote};
use super::{Agent, AgentError};
use crate::store::{Batch, Namespace};
use crate::sync::session::problem::worth_repeating;
use crate::sync::session::{Event, HttpRequest, Problem, Progress, Step};
use crate::sync::unpack;

/// An answer, inflated: a page of rows, keys, editions and duties.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;
/// The HTTP status of a server that has no room for anything new.
const NO_ROOM: u16 = 507;
/// The HTTP status of a request that is too large or too costly.
const TOO_MUCH: u16 = 413;

impl Agent {
    /// Begins a sync, or goes on with one that was cut. `now` is the phone's clock, Unix seconds.
    pub fn begin_sync(&mut self, now: i64) -> Result<Step, AgentError> {
        self.refresh()?;
        self.heal()?;
        self.forget_landed()?;
        self.run = Run::default();
        let again = self.pending.take().filter(|pending| !pending.probe);
        let request = self.resend(again, now)?;
        Ok(self.step(Some(request), Vec::new()))
    }

    /// Takes what came for the last request. A `status` of 200 with the answer, any other with whatever body there was. If nothing
    /// came at all, call [`Agent::line_broke`] when the request had left, or begin again later.
    pub fn receive(&mut self, status: u16, body: &[u8], now: i64) -> Result<Step, AgentError> {
        self.refresh()?;
        let pending = self.pending.take().ok_or(AgentError::NothingAsked)?;
        if status != 200 {
            return self.refused(status, Problem::read(status, body), pending, now);
        }
        let answer = match unpack(body, ANSWER_BYTES_MAX) {
            Ok(answer) => answer,
            Err(error) => {
                self.pending = Some(pending);
                return Err(AgentError::Answer(error.to_string()));
            }
        };
        match self.take_answer(&pending, answer, body.len(), now) {
            Ok((show, go_on)) => {
                let next = if go_on { Some(self.fly(now)?) } else { None };
                Ok(self.step(next, show))
            }
            Err(error) => {
                self.pending = Some(pending);
                Err(error)
            }
        }
    }

    /// Goes back to the good rows of cases whose rows were found to be fewer than known, so that this sync fetches the rest. Nothing of
    /// them is sent before it is here: this device's chain may end further on.
    fn heal(&mut self) -> Result<(), AgentError> {
        let (mut batch, mut healed) = (Batch::default(), Vec::new());
        for id in self.state.recent.get_mut().take_hurt() {
            let (Ok(history), Some(case)) = (History::load(&*self.store, id), self.state.cases.get(&id)) else { continue };
            let (case_digest, note) = (history.case_digest(), CaseNote { catching_up: true, ..case.note.clone() });
            case_digest.put(id, &mut batch);
            saved::put(&mut batch, Namespace::Case, &id.0, &note);
            healed.push((id, case_digest, note));
        }
        if healed.is_empty() {
            return Ok(());
        }
        self.save(&batch)?;
        for (id, case_digest, note) in healed {
            if let Some(case) = self.state.cases.get_mut(&id) {
                case.note = note;
                case.set(case_digest);
            }
        }
        Ok(())
    }

    /// Drops records from the outbox that stand in the case already: they come back when a corrupt store was salvaged.
    fn forget_landed(&mut self) -> Result<(), AgentError> {
        let Some(device) = self.state.identity.as_ref().map(|i| i.device) else { return Ok(()) };
        let mut batch = Batch::default();
        for case in self.state.cases.values().filter(|c| !self.state.outbox.local(c.id).is_empty()) {
            let waits = |fact: &&KeptFact| self.state.outbox.get(fact.fact.id).is_some_and(|i| i.is_local());
            case.case_digest.sent_by(device).filter(waits).for_each(|fact| batch.delete(Namespace::Intent, fact.fact.id.0));
        }
        if batch.is_empty() {
            return Ok(());
        }
        self.stale = true;
        self.store.commit(&batch, &mut *self.entropy)?;
        Ok(self.refresh()?)
    }

    /// A server that does not answer the round: wait, heal, or say so.
    fn refused(
        &mut self,
        status: u16,
        problem: Problem,
        pending: super::request::PendingRequest,
        now: i64,
    ) -> Result<Step, AgentError> {
        let held = self.state.counter;
        let ahead = problem.passed_counter().filter(|counter| *counter >= held);
        // Only a real step back is believed: the next counter is then another one than the one refused.
        let back = problem.counter_before_jump().filter(|counter| counter.saturating_add(1) < held);
        match ahead.or(back) {
            Some(counter) => {
                self.catch_up(counter)?;
                let request = self.fly(now)?;
                Ok(self.step(Some(request), Vec::new()))
            }
            _ if status == 408 => self.too_slow(problem, pending, now),
            // The server's disk is nearly full: nothing is taken in, but reading goes on.
            _ if status == NO_ROOM && !(pending.lines.is_empty() && pending.carried.is_empty()) => {
                self.run.reading_only = true;
                let request = self.fly(now)?;
                Ok(self.step(Some(request), vec![Event::ServerFull { zh: problem.detail }]))
            }
            _ if status == TOO_MUCH && !pending.carried.is_empty() => self.carries_too_much(problem, &pending, now),
            _ => {
                if worth_repeating(status) {
                    self.pending = Some(pending);
                }
                Err(AgentError::server(status, problem))
            }
        }
    }

    /// This phone came back from a backup: it takes over the server's counter and downloads before it sends.
    fn catch_up(&mut self, counter: u64) -> Result<(), AgentError> {
        let mut batch = Batch::default();
        saved::put(&mut batch, Namespace::Meta, saved::meta::COUNTER, &counter);
        self.state.counter = counter;
        for case in self.state.cases.values_mut() {
            case.note.catching_up = true;
            saved::put(&mut batch, Namespace::Case, &case.id.0, &case.note);
        }
        self.run.cursors = true;
        Ok(self.settle(&batch)?)
    }

    pub(super) fn step(&self, send: Option<HttpRequest>, show: Vec<Event>) -> Step {
        let (sent, remaining) = (self.run.sent, self.state.outbox.waiting());
        Step { send, show, progress: Progress { sent, total: sent.saturating_add(remaining), remaining } }
    }
}

impl AgentError {
    pub(super) fn server(status: u16, problem: Problem) -> AgentError {
        let Problem { code, detail, .. } = problem;
        AgentError::Server { status, code, detail, again: worth_repeating(status) }
    }
}
