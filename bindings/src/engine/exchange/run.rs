//! One sync: turns of the engine's machine, counted, and told to whoever watches.

use super::round::{Breaks, blocking, send};
use crate::engine::EngineInner;
use crate::error::EngineError;
use crate::event::EventKind;
use crate::host::LogLevel;
use crate::sync::{SyncEnd, SyncReport};
use crate::view::Notice;
use daiban_core::agent::AgentError;
use daiban_core::case::Code;
use daiban_core::sync::session::{Event, HttpRequest, Step};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// A network that fails this close to the deadline failed for it.
const AT_THE_DEADLINE: Duration = Duration::from_millis(50);

/// A request that had so long when the deadline came was too large for it.
const LONG_WAIT: Duration = Duration::from_secs(5);

/// A sync and what it did so far. It may be cut at any await: what was counted stays, and the engine goes on from there next time.
#[derive(Clone)]
pub(super) struct Run {
    desk: Arc<EngineInner>,
    tally: Arc<Mutex<Tally>>,
}

#[derive(Default)]
struct Tally {
    sent: i64,
    received: i64,
    rounds: i64,
    bytes_up: i64,
    bytes_down: i64,
    notices: Vec<Notice>,
    /// When the request that is not answered yet went out.
    asked_at: Option<Instant>,
}

impl Run {
    pub fn new(desk: Arc<EngineInner>) -> Run {
        Run { desk, tally: Arc::default() }
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Turns until nothing is left.
    pub async fn turns(self, until: Instant) -> Result<SyncEnd, EngineError> {
        let _running = Running::new(&self.desk);
        let (address, mut request) = self
            .turn(false, |desk| {
                let now = desk.now()?;
                desk.with(|agent| {
                    let address = agent.address()?.filter(|_| agent.identity().is_some()).ok_or(AgentError::NotEnrolled)?;
                    Ok((address, agent.begin_sync(now)?))
                })
            })
            .await?;
        let mut breaks = Breaks::default();
        while let Some(sending) = request {
            self.tally().asked_at = Some(Instant::now());
            let answer = match send(&self.desk, &address, &sending, true, until).await {
                Ok(answer) => answer,
                Err(error) if error.is_break() && Instant::now() + AT_THE_DEADLINE < until => {
                    request = Some(self.smaller(&mut breaks, error).await?);
                    continue;
                }
                // A request that was given no more time than there was left.
                Err(error) if error.may_pass() && Instant::now() + AT_THE_DEADLINE >= until => return Ok(SyncEnd::Deadline),
                Err(error) => return Err(error),
            };
            breaks = Breaks::default();
            self.tally().asked_at = None;
            self.count(&sending, answer.body.len());
            let turned = self.turn(true, move |desk| {
                let now = desk.now()?;
                desk.with(|agent| Ok(((), agent.receive(answer.status, &answer.body, now)?)))
            });
            request = turned.await?.1;
        }
        Ok(SyncEnd::Done)
    }

    /// What goes next after the line broke under a request.
    async fn smaller(&self, breaks: &mut Breaks, error: EngineError) -> Result<HttpRequest, EngineError> {
        let step = self.broke().await?;
        let (request, pause) = step.and_then(|step| step.send).zip(breaks.pause(&error)).ok_or(error)?;
        tokio::time::sleep(pause).await;
        Ok(request)
    }

    async fn broke(&self) -> Result<Option<Step>, EngineError> {
        blocking(&self.desk, |desk| {
            let now = desk.now()?;
            desk.with(|agent| Ok(agent.line_broke(now)?))
        })
        .await
    }

    /// One turn of the machine, taken in before anybody can cut in: what it shows is counted where it happened.
    async fn turn<T: Send + 'static>(
        &self,
        answered: bool,
        work: impl FnOnce(&EngineInner) -> Result<(T, Step), EngineError> + Send + 'static,
    ) -> Result<(T, Option<HttpRequest>), EngineError> {
        let run = self.clone();
        blocking(&self.desk, move |desk| {
            let (kept, step) = work(desk)?;
            run.take(answered, step.show, step.progress.sent.cast_signed(), step.progress.remaining.cast_signed());
            Ok((kept, step.send))
        })
        .await
    }

    fn count(&self, request: &HttpRequest, down: usize) {
        let mut tally = self.tally();
        tally.rounds += 1;
        tally.bytes_up += request.body.len() as i64;
        tally.bytes_down += down as i64;
    }

    fn take(&self, answered: bool, show: Vec<Event>, sent: i64, left: i64) {
        {
            let mut tally = self.tally();
            tally.sent = sent;
            for event in &show {
                if let Event::CaseChanged { rows, .. } = event {
                    tally.received += rows.cast_signed();
                }
                tally.notices.extend(notice(event));
            }
        }
        {
            let mut status = self.desk.status();
            (status.sent, status.left) = (sent, left);
            if answered {
                status.clock_off = show.iter().find(|e| matches!(e, Event::ClockOff { .. })).and_then(notice);
            }
        }
        for event in &show {
            self.tell(event);
        }
        self.desk.hub.tell(EventKind::Sync, None);
    }

    fn tell(&self, event: &Event) {
        if matches!(event, Event::RulesChanged | Event::RulesUnreadable { .. }) {
            self.desk.hub.tell(EventKind::Rules, None);
        }
        match event.case() {
            Some(case) => self.desk.tell_case(case),
            None => self.desk.hub.tell(EventKind::Overview, None),
        }
    }

    /// What it came to. The engine's memory is waited for, so that a turn that was under way is counted in.
    pub async fn report(self, worked: Result<SyncEnd, EngineError>) -> Result<SyncReport, EngineError> {
        let waited = self.tally().asked_at.map(|at| at.elapsed());
        if matches!(worked, Ok(SyncEnd::Deadline)) && waited.is_some_and(|waited| waited >= LONG_WAIT) {
            // What is given so little time each time would never get through if it stayed as large as it is.
            let _ = self.broke().await;
        }
        let now = self.desk.now();
        let left = blocking(&self.desk, move |desk| {
            let now = now?;
            desk.with(|agent| Ok(agent.cases(now).iter().map(|c| c.waiting).sum::<u64>().cast_signed()))
        });
        let left = left.await;
        {
            let mut status = self.desk.status();
            status.last_end = worked.as_ref().ok().copied();
            status.last_error_code = worked.as_ref().err().map(|e| e.code().to_owned());
            status.last_error_zh = worked.as_ref().err().map(|e| e.zh().to_owned());
        }
        self.desk.hub.tell(EventKind::Sync, None);
        self.desk.hub.tell(EventKind::Overview, None);
        let end = worked.map_err(|error| self.desk.failed("sync", error))?;
        let tally = std::mem::take(&mut *self.tally());
        let Tally { sent, received, rounds, bytes_up, bytes_down, notices, .. } = tally;
        self.desk.log(LogLevel::Info, "sync", || format!("{end:?}: {sent} sent, {received} received, {rounds} rounds"));
        Ok(SyncReport { end, sent, left: left?, received, rounds, bytes_up, bytes_down, notices })
    }
}

/// Says that a sync is going on, for as long as it lives: it may be cut at any await.
struct Running(Arc<EngineInner>);

impl Running {
    fn new(desk: &Arc<EngineInner>) -> Running {
        {
            let mut status = desk.status();
            (status.running, status.sent) = (true, 0);
        }
        desk.hub.tell(EventKind::Sync, None);
        Running(desk.clone())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.status().running = false;
        self.0.hub.tell(EventKind::Sync, None);
    }
}

/// What the person should read; an effective record or new rows speak for themselves.
fn notice(event: &Event) -> Option<Notice> {
    let (code, record_id) = match event {
        Event::Judged { verdict, .. } if verdict.code == Code::Effective => return None,
        Event::CaseChanged { .. } | Event::NewEpoch { .. } => return None,
        Event::Judged { fact, .. } => ("judged", Some(*fact)),
        Event::Quarantined { fact, .. } => ("quarantined", Some(*fact)),
        Event::CaseAdded { .. } => ("case_added", None),
        Event::CaseWithdrawn { .. } => ("case_withdrawn", None),
        Event::ServerRestored { .. } => ("server_restored", None),
        Event::HistoryAlarm { .. } => ("history_alarm", None),
        Event::RulesChanged => ("rules_changed", None),
        Event::RulesUnreadable { .. } => ("rules_unreadable", None),
        Event::ClockOff { .. } => ("clock_off", None),
        Event::LineTooWeak { fact, .. } => ("line_too_weak", *fact),
        Event::ServerClockBehind { .. } => ("server_clock_behind", None),
        Event::CarriedDelivered { .. } => ("carried_delivered", None),
        Event::ServerFull { .. } => ("server_full", None),
        Event::Deferred { .. } => ("deferred", None),
        Event::CarriedRefused { .. } => ("carried_refused", None),
    };
    Some(Notice { case_id: event.case(), record_id, ..Notice::new(code, event.message()) })
}
