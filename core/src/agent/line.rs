//! A line that breaks: what went out was too much for it, or nothing gets through.

use super::answer::Taking;
use super::request::{PendingRequest, Run};
use super::saved::{self, meta};
use super::{Agent, AgentError};
use crate::ids::{CaseId, FactId};
use crate::store::{Batch, Namespace};
use crate::sync::bundle::open_batch;
use crate::sync::session::{Event, HttpRequest, Problem, Step};

/// How long a request that got no answer is sent again as it is. Later its `phone_now` would make the phone's clock look slow.
const RESEND_SECONDS_MAX: u64 = 60;
/// So often a record that goes alone may break the line before something smaller is tried: the line may just have been at its end.
const ALONE_TRIES_MAX: u32 = 3;
/// So often a request without any record may break the line: then nothing gets through.
const EMPTY_TRIES_MAX: u32 = 4;
/// So often in a row several things together may break the line before they go one by one: the smallest page may hold several.
const CROWDED_TRIES_MAX: u32 = 8;

/// The least that can go alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Item {
    /// An own record.
    Record {
        /// Its case.
        case: CaseId,
        /// The record.
        fact: FactId,
        /// What it weighs as a change.
        bytes: usize,
    },
    /// A batch carried for somebody else, by its key: its author's signature covers all of it.
    Carried(Vec<u8>),
}

impl PendingRequest {
    /// What the own changes in it weigh before packing.
    pub fn plain_bytes(&self) -> usize {
        self.lines.iter().flat_map(|line| &line.changes).map(|change| change.bytes.len()).sum()
    }

    /// The only thing in it.
    fn alone(&self) -> Option<Item> {
        let mut changes = self.lines.iter().flat_map(|line| line.changes.iter().map(|change| (line.chain.case, change)));
        match (changes.next(), changes.next(), &self.carried[..]) {
            (Some((case, change)), None, []) => Some(Item::Record { case, fact: change.fact, bytes: change.bytes.len() }),
            (None, None, [key]) => Some(Item::Carried(key.clone())),
            _ => None,
        }
    }

    fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.carried.is_empty()
    }
}

impl Run {
    /// Whatever goes out goes alone: several things together broke the line every time.
    pub fn goes_singly(&self) -> bool {
        self.crowded >= CROWDED_TRIES_MAX
    }

    /// Notes what broke the line; `false` = not even the smallest request gets through.
    fn broke(&mut self, pending: &PendingRequest) -> bool {
        if let Some(item) = pending.alone() {
            let times = match self.alone.take() {
                Some((same, times)) if same == item => times.saturating_add(1),
                _ => 1,
            };
            if times >= ALONE_TRIES_MAX {
                self.suspect = Some(item);
            } else {
                self.alone = Some((item, times));
            }
        } else if pending.is_empty() {
            self.empty_breaks = self.empty_breaks.saturating_add(1);
        } else {
            self.crowded = self.crowded.saturating_add(1);
        }
        self.empty_breaks < EMPTY_TRIES_MAX
    }
}

impl Agent {
    /// The line broke, or fell silent, after a request had left and before its whole answer was here. What goes next is smaller, and
    /// may be sent at once. A record that breaks the line alone is left out of this sync with what follows it in its case, and named
    /// ([`Event::LineTooWeak`]), once the line was seen to carry less. `None` = nothing gets through: begin again later.
    ///
    /// Not for a request that never left (no network): begin again later, or send the same one again.
    pub fn line_broke(&mut self, now: i64) -> Result<Option<Step>, AgentError> {
        self.refresh()?;
        let pending = self.pending.take().ok_or(AgentError::NothingAsked)?;
        let mut pace = self.state.pace;
        // What a request without records asks for is on the way down.
        pace.broke(if pending.is_empty() { pace.page() } else { pending.request.body.len() as u64 });
        let mut batch = Batch::default();
        saved::put(&mut batch, Namespace::Meta, meta::PACE, &pace);
        // A phone that cannot keep it learns it again.
        let _ = self.save(&batch);
        self.state.pace = pace;
        if !self.run.broke(&pending) {
            return Ok(None);
        }
        // What only asks is made anew, to ask for less.
        let small = !pending.is_empty() && pending.request.body.len() as u64 <= pace.page();
        let fits = small && self.run.suspect.is_none() && (!self.run.goes_singly() || pending.alone().is_some());
        let request = self.resend(Some(pending).filter(|_| fits), now)?;
        Ok(Some(self.step(Some(request), Vec::new())))
    }

    /// Sends a request again if it is young, or makes a new one.
    pub(super) fn resend(&mut self, pending: Option<PendingRequest>, now: i64) -> Result<HttpRequest, AgentError> {
        match pending.filter(|pending| now.abs_diff(pending.asked_at) <= RESEND_SECONDS_MAX) {
            Some(pending) => {
                let request = pending.request.clone();
                self.pending = Some(PendingRequest { sent_at: now, ..pending });
                Ok(request)
            }
            None => self.fly(now),
        }
    }

    /// The server waited too long for the request: less may come in time.
    pub(super) fn too_slow(&mut self, problem: Problem, pending: PendingRequest, now: i64) -> Result<Step, AgentError> {
        self.pending = Some(pending);
        self.line_broke(now)?.ok_or_else(|| AgentError::server(408, problem))
    }
}

impl Taking<'_> {
    /// The line carried a request and its answer of so many bytes. If it was tried with nothing because something broke it every time,
    /// that is too much for it.
    pub(super) fn carried(&mut self, pending: &PendingRequest, bytes: usize, now: i64) {
        let seconds = now.saturating_sub(pending.sent_at);
        self.state.pace.carried(pending.request.body.len(), bytes, u64::try_from(seconds).unwrap_or(0));
        saved::put(&mut self.batch, Namespace::Meta, meta::PACE, &self.state.pace);
        (self.run.alone, self.run.empty_breaks, self.run.crowded) = (None, 0, 0);
        let Some(item) = self.run.suspect.take_if(|_| pending.probe) else { return };
        match &item {
            Item::Record { case, fact, bytes } => {
                let behind = self.state.outbox.local(*case).len().saturating_sub(1) as u64;
                self.show.push(Event::LineTooWeak { case: *case, fact: Some(*fact), bytes: *bytes as u64, behind });
            }
            Item::Carried(key) => {
                let Some(carried) = self.state.carried.get(key) else { return };
                let bytes = carried.batch.changes.iter().map(|change| change.len() as u64).sum();
                let Ok((statement, _)) = open_batch(&carried.batch) else { return };
                let case = statement.case;
                self.show.push(Event::LineTooWeak { case, fact: None, bytes, behind: 0 });
            }
        }
        self.run.left.insert(item);
    }
}
