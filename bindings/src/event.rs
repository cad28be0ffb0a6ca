//! Small events: what changed, not how. A screen reads again what it shows.

use crate::error::EngineError;
use crate::host::HostError;
use daiban_core::ids::CaseId;
use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, uniffi::Enum)]
pub enum EventKind {
    /// The list of cases: read [`crate::Engine::overview`] again. Also the first event of every subscription.
    Overview,
    /// One case: its rows, an own record of it, its duties.
    Case,
    /// The working-day calendar or the policy: due dates may have moved.
    Rules,
    /// A sync began, went on or ended: read [`crate::Engine::sync_status`].
    Sync,
}

/// One event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct EngineEvent {
    /// What changed.
    pub kind: EventKind,
    /// The case, for [`EventKind::Case`].
    pub case_id: Option<CaseId>,
    /// Rises with every change; views carry the revision they were read at.
    pub revision: i64,
}

/// Hears events, on a thread of the engine's own: hop to the screen's thread yourself. Several changes of one thing that come faster
/// than they are heard are one event. It may call the engine.
#[uniffi::export(foreign)]
pub trait Observer: Send + Sync {
    /// Something changed. A failure is logged and otherwise ignored.
    fn on_event(&self, event: EngineEvent) -> Result<(), HostError>;
}

/// Delivers events from a thread of its own, so that a slow screen never holds up a save.
#[derive(Default)]
pub(crate) struct Hub {
    board: Mutex<Board>,
    wake: Condvar,
}

#[derive(Default)]
struct Board {
    revision: i64,
    next_id: u64,
    observers: BTreeMap<u64, Arc<dyn Observer>>,
    /// What each observer has not heard yet: the newest revision of each thing.
    unheard: BTreeMap<(u64, EventKind, Option<CaseId>), i64>,
    threads: usize,
    closed: bool,
}

impl Hub {
    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The revision now.
    pub fn revision(&self) -> i64 {
        self.board().revision
    }

    /// Something changed.
    pub fn tell(&self, kind: EventKind, case_id: Option<CaseId>) {
        let mut board = self.board();
        board.revision = board.revision.saturating_add(1);
        let (revision, ids): (i64, Vec<u64>) = (board.revision, board.observers.keys().copied().collect());
        for id in ids {
            board.unheard.insert((id, kind, case_id), revision);
        }
        self.wake.notify_all();
    }

    /// Adds an observer; its first event comes at once.
    pub fn observe(self: &Arc<Self>, observer: Arc<dyn Observer>) -> u64 {
        let mut board = self.board();
        let (id, revision) = (board.next_id, board.revision);
        board.next_id = id.saturating_add(1);
        board.observers.insert(id, observer);
        board.unheard.insert((id, EventKind::Overview, None), revision);
        if board.threads == 0 && !board.closed {
            board.threads = 1;
            let hub = self.clone();
            std::thread::spawn(move || hub.deliver());
        }
        self.wake.notify_all();
        id
    }

    /// Removes an observer. A call that is under way may still end after this.
    pub fn forget(&self, id: u64) {
        let mut board = self.board();
        board.observers.remove(&id);
        board.unheard.retain(|(of, _, _), _| *of != id);
    }

    /// Ends the thread and forgets every observer.
    pub fn close(&self) {
        let mut board = self.board();
        board.closed = true;
        board.observers.clear();
        board.unheard.clear();
        self.wake.notify_all();
    }

    fn deliver(&self) {
        while let Some((observer, event)) = self.next() {
            // The board is free here: the observer may call the engine, and a slow one holds up nobody but the others.
            let _ = observer.on_event(event);
        }
    }

    fn next(&self) -> Option<(Arc<dyn Observer>, EngineEvent)> {
        let mut board = self.board();
        loop {
            if board.closed {
                return None;
            }
            let oldest = board.unheard.iter().min_by_key(|(_, revision)| **revision).map(|(key, revision)| (*key, *revision));
            if let Some((key, revision)) = oldest {
                board.unheard.remove(&key);
                let (id, kind, case_id) = key;
                if let Some(observer) = board.observers.get(&id) {
                    return Some((observer.clone(), EngineEvent { kind, case_id, revision }));
                }
                continue;
            }
            board = self.wake.wait(board).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// An observer's place; dropping it ends it, too.
#[derive(uniffi::Object)]
pub struct Subscription {
    pub(crate) hub: Arc<Hub>,
    pub(crate) id: u64,
}

#[uniffi::export]
impl Subscription {
    /// No event comes any more, except one whose delivery is under way.
    pub fn cancel(&self) -> Result<(), EngineError> {
        self.hub.forget(self.id);
        Ok(())
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.hub.forget(self.id);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::time::Duration;

    const LONG: Duration = Duration::from_secs(20);

    /// Tells what it hears, and waits for leave after each event.
    struct Slow {
        heard: Sender<EngineEvent>,
        leave: Mutex<Receiver<()>>,
    }

    impl Observer for Slow {
        fn on_event(&self, event: EngineEvent) -> Result<(), HostError> {
            let _ = self.heard.send(event);
            let _ = self.leave.lock().unwrap().recv();
            Err(HostError::Failed { reason: "an observer's failure harms nothing".into() })
        }
    }

    fn slow(hub: &Arc<Hub>) -> (u64, Receiver<EngineEvent>, Sender<()>) {
        let (heard, hears) = channel();
        let (leave, leaves) = channel();
        let id = hub.observe(Arc::new(Slow { heard, leave: Mutex::new(leaves) }));
        (id, hears, leave)
    }

    #[test]
    fn what_comes_faster_than_it_is_heard_is_one_event() {
        let hub = Arc::new(Hub::default());
        let (_, hears, leave) = slow(&hub);
        assert_eq!(hears.recv_timeout(LONG).unwrap().kind, EventKind::Overview, "the first comes at once");
        let case = CaseId([7; 16]);
        for _ in 0..1_000 {
            hub.tell(EventKind::Case, Some(case));
        }
        hub.tell(EventKind::Sync, None);
        leave.send(()).unwrap();
        assert_eq!(
            hears.recv_timeout(LONG).unwrap(),
            EngineEvent { kind: EventKind::Case, case_id: Some(case), revision: 1_000 }
        );
        leave.send(()).unwrap();
        assert_eq!(hears.recv_timeout(LONG).unwrap(), EngineEvent { kind: EventKind::Sync, case_id: None, revision: 1_001 });
        hub.close();
        drop(leave);
        assert!(hears.recv_timeout(LONG).is_err(), "the observer is let go of when the hub closes");
    }

    #[test]
    fn a_cancelled_observer_hears_nothing_more() {
        let hub = Arc::new(Hub::default());
        let (id, hears, leave) = slow(&hub);
        let (_, others, free) = slow(&hub);
        assert!(hears.recv_timeout(LONG).is_ok());
        hub.tell(EventKind::Rules, None);
        hub.forget(id);
        leave.send(()).unwrap();
        free.send(()).unwrap();
        free.send(()).unwrap();
        let kinds = [others.recv_timeout(LONG).unwrap().kind, others.recv_timeout(LONG).unwrap().kind];
        assert_eq!(kinds, [EventKind::Overview, EventKind::Rules], "the other one still hears");
        assert!(hears.recv_timeout(LONG).is_err(), "its end of the line is gone");
        hub.close();
    }
}
