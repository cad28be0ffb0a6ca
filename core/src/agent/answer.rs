//! An answer is taken in whole: one save, or nothing of it happened.

use super::later::LaterRule;
use super::request::{PendingRequest, Run};
use super::rules::Rules;
use super::saved::{self, meta};
use super::state::State;
use super::{Agent, AgentError};
use crate::ids::{CaseId, DeviceId};
use crate::limits::{CLOCK_SKEW_SECONDS_MAX, SERVER_CLOCK_BACK_SECONDS_MAX};
use crate::store::{Batch, Namespace, Store};
use crate::sync::TimeToken;
use crate::sync::session::Event;
use crate::sync::wire::{Dated, ShownDuties, SyncAnswer};

/// An answer being taken in.
pub(super) struct Taking<'a> {
    /// What is durable; the batch is not there yet.
    pub store: &'a dyn Store,
    /// Memory; read anew if the save fails.
    pub state: &'a mut State,
    /// The sync that is going on.
    pub run: &'a mut Run,
    /// This device.
    pub device: DeviceId,
    /// Its key.
    pub public_key: [u8; 32],
    /// What is saved at the end.
    pub batch: Batch,
    /// What is shown at the end.
    pub show: Vec<Event>,
    /// Something moved: another round makes sense.
    pub moved: bool,
    /// What the server says its time is.
    pub told: Told,
}

/// The server's time in an answer, and what this phone knew of it before.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// When the answer's token was issued: the server's signed word.
    at: i64,
    /// The same of the newest token held before.
    held: Option<i64>,
    /// Declared stretches in which the server's clock was wrong: what it said then does not count.
    wrong: Vec<(i64, i64)>,
}

impl Told {
    fn of(answer: &SyncAnswer, held: &saved::Server) -> Told {
        let at = TimeToken::from_bytes(&answer.token).map_or(answer.now, |token| token.issued_at);
        Told { at, held: held.token_at(), wrong: answer.clock_wrong.clone() }
    }

    /// Whether the server's clock was right at an instant, as far as it says.
    pub fn counts(&self, at: i64) -> bool {
        self.wrong.iter().all(|(from, until)| !(*from..=*until).contains(&at))
    }

    /// Whether no token held before that counts is newer.
    fn is_newest(&self) -> bool {
        self.held.filter(|at| self.counts(*at)).is_none_or(|held| self.at >= held)
    }

    /// How many seconds the answer lies before the newest of `row` and the token held, if that is more than clocks differ.
    pub fn behind(&self, row: Option<i64>) -> Option<i64> {
        let held = self.held.filter(|at| self.counts(*at));
        let seconds = row.max(held)?.saturating_sub(self.at);
        (seconds > SERVER_CLOCK_BACK_SECONDS_MAX).then_some(seconds)
    }
}

impl Agent {
    /// Takes an answer in. Returns what to show and whether another round is due.
    pub(super) fn take_answer(
        &mut self,
        pending: &PendingRequest,
        answer: SyncAnswer,
        bytes: usize,
        now: i64,
    ) -> Result<(Vec<Event>, bool), AgentError> {
        self.believe(&answer)?;
        let (public_key, device) = (self.signer.public_key(), self.who()?.device);
        // From here on memory runs ahead of the store.
        self.stale = true;
        let (state, run) = (&mut self.state, &mut self.run);
        let (batch, show) = (Batch::default(), Vec::new());
        let store = &*self.store;
        let told = Told::of(&answer, &state.server);
        let mut taking = Taking { store, state, run, device, public_key, batch, show, moved: false, told };
        let (need_cursors, more) = (answer.need_cursors, answer.more);
        let lacked_own = taking.run.lacks_own;
        taking.carried(pending, bytes, now);
        let taken = taking.take(pending, answer, now);
        let Taking { batch, show, moved, .. } = taking;
        if let Err(error) = taken {
            self.refresh()?;
            return Err(error);
        }
        self.settle(&batch)?;
        let asked_for_cursors = need_cursors && !pending.all_cursors;
        self.run.cursors |= need_cursors || more;
        let wanted = more || self.has_work() || lacked_own != self.run.lacks_own;
        Ok((show, asked_for_cursors || ((moved || pending.probe) && wanted)))
    }

    /// Only a token under the server's key proves an epoch, and epochs never fall.
    fn believe(&self, answer: &SyncAnswer) -> Result<(), AgentError> {
        let no = |why: &str| AgentError::Answer(why.to_owned());
        let token = TimeToken::from_bytes(&answer.token).ok_or_else(|| no("no time token"))?;
        token.verify(&self.who()?.server_public_key).map_err(|_| AgentError::OtherServer)?;
        if token.server_epoch != answer.server_epoch || answer.server_epoch < self.state.server.epoch {
            return Err(no("the server's epoch went back"));
        }
        Ok(())
    }
}

impl Taking<'_> {
    fn take(&mut self, pending: &PendingRequest, answer: SyncAnswer, now: i64) -> Result<(), AgentError> {
        let restored = answer.server_epoch > self.state.server.epoch;
        let (complete, lacked_own) = (!answer.more && !answer.need_cursors, self.run.lacks_own);
        self.server(&answer, restored, now);
        self.outcomes(&pending.lines, &answer.outcomes)?;
        self.carried_outcomes(&pending.carried, &answer.carried);
        let brought: Vec<CaseId> = answer.cases.iter().map(|page| page.case).collect();
        for page in answer.cases {
            self.page(page, &pending.lines, answer.server_epoch, answer.more)?;
        }
        self.names(answer.names.as_ref().map(|part| part.as_slice()), restored);
        self.withdraw_all(answer.withdrawn, answer.server_epoch)?;
        self.rules(answer.editions, answer.policies, answer.pack);
        self.duties(&brought, answer.duties);
        // A page that ended at an own row without bytes comes again.
        if complete && lacked_own == self.run.lacks_own {
            self.caught_up(answer.server_epoch);
        }
        self.purge_withdrawn()
    }

    fn server(&mut self, answer: &SyncAnswer, restored: bool, now: i64) {
        if restored {
            self.show.push(Event::ServerRestored { server_epoch: answer.server_epoch });
        }
        let seconds = now.saturating_sub(answer.now);
        if seconds.abs() > CLOCK_SKEW_SECONDS_MAX {
            self.show.push(Event::ClockOff { seconds });
        }
        // An older token, another node's or a late answer's, would let what is recorded from now on look older than it is.
        if restored || self.told.is_newest() {
            self.state.server.token = answer.token.to_vec();
        }
        self.state.server.epoch = answer.server_epoch;
        saved::put(&mut self.batch, Namespace::Meta, meta::SERVER, &self.state.server);
    }

    /// Takes the server's editions, policies and pack in place of those held. What only a later version reads is kept with them and said.
    fn rules(&mut self, editions: Option<Vec<Dated>>, policies: Option<Vec<Dated>>, pack: Option<String>) {
        if editions.is_none() && policies.is_none() && pack.is_none() {
            return;
        }
        let kept = &self.state.rules;
        let editions = editions.unwrap_or_else(|| kept.editions.clone());
        let policies = policies.unwrap_or_else(|| kept.policies.clone());
        let pack = pack.unwrap_or_else(|| kept.pack.clone());
        if (&editions, &policies, &pack) == (&kept.editions, &kept.policies, &kept.pack) {
            return;
        }
        let rules = Rules::new(pack, editions, policies);
        rules.save(kept.editions.len(), &mut self.batch);
        self.show.push(Event::RulesChanged);
        if !rules.later.is_empty() {
            let why = rules.later.iter().map(LaterRule::en).collect::<Vec<_>>().join("; ");
            self.show.push(Event::RulesUnreadable { why });
        }
        self.state.names = self.state.names.by_plan(rules.plan().clone());
        self.state.rules = rules;
    }

    /// The server's duties stand for a case until its rows come without them.
    fn duties(&mut self, brought: &[CaseId], duties: Vec<ShownDuties>) {
        let stood = |id: &CaseId| self.state.cases.get(id).is_some_and(|case| case.note.shown_duties.is_some());
        let over: Vec<CaseId> = brought.iter().copied().filter(stood).collect();
        for id in over {
            self.note(id, |note| note.shown_duties = None);
        }
        for ShownDuties { case, duties } in duties {
            self.note(case, |note| note.shown_duties = Some(duties));
        }
    }

    /// All rows are here: what was held back may go.
    fn caught_up(&mut self, server_epoch: u32) {
        let behind = |c: &&super::case::Case| c.note.catching_up || c.note.server_epoch != server_epoch;
        let behind: Vec<CaseId> = self.state.cases.values().filter(behind).map(|c| c.id).collect();
        for id in behind {
            self.moved |= self.state.cases.get(&id).is_some_and(|c| c.note.catching_up);
            self.note(id, |note| {
                note.catching_up = false;
                note.server_epoch = server_epoch;
            });
        }
    }

    /// Changes and saves what is known of a case.
    pub(super) fn note(&mut self, id: CaseId, change: impl FnOnce(&mut saved::CaseNote)) {
        if let Some(case) = self.state.cases.get_mut(&id) {
            change(&mut case.note);
            saved::put(&mut self.batch, Namespace::Case, &id.0, &case.note);
        }
    }
}
