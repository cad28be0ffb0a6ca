//! Work that waits or computes, away from the threads that serve connections: in lanes, so that who reads never takes a phone's place.
//!
//! A lane has places, and a queue with an end: who finds it full is told to come again. Work whose caller has gone before it began is
//! never begun; work under way keeps its place until it ends, whoever asked for it.

use super::App;
use crate::db::DbError;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// Who waits for the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// A phone, or who carries a phone's records.
    Phones,
    /// The office: its pages, commands and readings.
    Office,
    /// Anybody: enterprises and the calendar's readers.
    Public,
    /// Who asks in with a code: anybody too, but no reader stands in the way.
    Enrol,
    /// Nobody at the other end of a line: the night, and duties after a commit.
    Jobs,
}

/// Callers of one lane that may wait for a place; phones are counted at the gate before ([`crate::config::Limits::requests_at_once`]).
const WAITING_MAX: usize = 128;
/// Places for anybody: two pages are made at once, everybody else's come from what is kept.
const PUBLIC_PLACES: usize = 2;
/// Places in which enrolment codes are looked for: what guessers cost is two looks into an index at a time.
const ENROL_PLACES: usize = 2;
/// Places for jobs: the night, and what a commit of that moment changes.
const JOB_PLACES: usize = 2;

fn cores() -> usize {
    std::thread::available_parallelism().map_or(2, std::num::NonZero::get)
}

/// Phones' places: as many as can compute, and as many that wait.
fn phone_places() -> usize {
    2 * cores() + 2
}

fn office_places() -> usize {
    cores() + 1
}

/// How many threads all lanes take together.
pub(crate) fn aside_threads() -> usize {
    phone_places() + office_places() + PUBLIC_PLACES + ENROL_PLACES + JOB_PLACES
}

/// The lanes of one server.
pub(crate) struct Lanes {
    phones: Pool,
    office: Pool,
    public: Pool,
    enrol: Pool,
    jobs: Pool,
}

struct Pool {
    places: Arc<Semaphore>,
    /// Those who have a place and those who wait for one.
    inside: Arc<Semaphore>,
}

impl Pool {
    fn new(places: usize, waiting: usize) -> Pool {
        Pool { places: Arc::new(Semaphore::new(places)), inside: Arc::new(Semaphore::new(places + waiting)) }
    }
}

impl Lanes {
    /// `phones_waiting` = how many phones' requests the gate lets in.
    pub(super) fn new(phones_waiting: usize) -> Lanes {
        // One phone's request asks one thing after the other; a job waits for its turn and is never sent away.
        let gated = phones_waiting.min(Semaphore::MAX_PERMITS / 2);
        Lanes {
            phones: Pool::new(phone_places(), gated),
            office: Pool::new(office_places(), WAITING_MAX),
            public: Pool::new(PUBLIC_PLACES, WAITING_MAX),
            // Codes wait for nothing but each other, so nobody who holds a good one is sent away; connections bound how many wait.
            enrol: Pool::new(ENROL_PLACES, Semaphore::MAX_PERMITS / 2),
            jobs: Pool::new(JOB_PLACES, Semaphore::MAX_PERMITS / 2),
        }
    }

    fn pool(&self, lane: Lane) -> &Pool {
        match lane {
            Lane::Phones => &self.phones,
            Lane::Office => &self.office,
            Lane::Public => &self.public,
            Lane::Enrol => &self.enrol,
            Lane::Jobs => &self.jobs,
        }
    }
}

/// A place in a lane and the one in its queue; given back with the value.
struct Held {
    _place: OwnedSemaphorePermit,
    _inside: OwnedSemaphorePermit,
}

impl App {
    /// [`App::run_blocking_in`] for a phone.
    pub(crate) async fn run_blocking<T, W>(self: &Arc<App>, work: W) -> Result<T, DbError>
    where
        T: Send + 'static,
        W: FnOnce(&App) -> T + Send + 'static,
    {
        self.run_blocking_in(Lane::Phones, work).await
    }

    /// Runs `work` on a thread of its own when the lane has a place; [`DbError::Busy`] where too many wait already. A serving thread that
    /// has to wait for the store hands its connections to another one of the runtime's threads ([`crate::serve::runtime`]); work of this
    /// kind never takes all of them. Dropped before `work` was begun, it never is.
    pub(crate) async fn run_blocking_in<T, W>(self: &Arc<App>, lane: Lane, work: W) -> Result<T, DbError>
    where
        T: Send + 'static,
        W: FnOnce(&App) -> T + Send + 'static,
    {
        let held = self.lanes.pool(lane).enter().await?;
        let app = self.clone();
        let (tell, told) = oneshot::channel();
        let work = move || {
            let _held = held;
            if !tell.is_closed() {
                // Whoever asked may have gone meanwhile.
                let _ = tell.send(work(&app));
            }
        };
        let running = tokio::task::spawn_blocking(work);
        if let Ok(done) = told.await {
            return Ok(done);
        }
        match running.await {
            Ok(()) => tracing::error!("work ended without an answer"),
            Err(panic) => tracing::error!(error = %panic, "work broke off"),
        }
        Err(DbError::Stopped)
    }

    /// Waits until a phone's work could begin now, and gives the place back.
    pub(crate) async fn phone_could_enter(&self) -> Result<(), DbError> {
        self.lanes.phones.places.acquire().await.map(drop).map_err(|_| DbError::Stopped)
    }

    /// Whether a phone's work would have to wait.
    pub(crate) fn phones_wait(&self) -> bool {
        self.lanes.phones.places.available_permits() == 0
    }
}

impl Pool {
    async fn enter(&self) -> Result<Held, DbError> {
        let inside = self.inside.clone().try_acquire_owned().map_err(|_| DbError::Busy)?;
        let place = self.places.clone().acquire_owned().await.map_err(|_| DbError::Stopped)?;
        Ok(Held { _place: place, _inside: inside })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::api::v1::get_health;
    use crate::clock::Clock;
    use crate::config::Config;
    use crate::files::TempFolder;
    use axum::extract::State;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::sync::mpsc;
    use tokio::task::JoinHandle;

    /// 2026-11-23 09:00 in Shanghai.
    const NOW: i64 = 1_795_395_600;

    /// Fills every place of a lane with work that ends when `stop` is dropped.
    struct Jam {
        stop: Vec<mpsc::Sender<()>>,
        jammed: Vec<JoinHandle<Result<(), DbError>>>,
    }

    async fn jam(app: &Arc<App>, lane: Lane, count: usize) -> Jam {
        let mut jam = Jam { stop: Vec::new(), jammed: Vec::new() };
        let began = Arc::new(AtomicU32::new(0));
        let places = app.lanes.pool(lane).places.available_permits();
        for _ in 0..count {
            let (stop, stopped) = mpsc::channel::<()>();
            let (app, began) = (app.clone(), began.clone());
            jam.stop.push(stop);
            jam.jammed.push(tokio::spawn(async move {
                app.run_blocking_in(lane, move |_| {
                    began.fetch_add(1, Ordering::SeqCst);
                    let _ = stopped.recv();
                })
                .await
            }));
        }
        let must = u32::try_from(count.min(places)).unwrap();
        while began.load(Ordering::SeqCst) < must {
            tokio::task::yield_now().await;
        }
        jam
    }

    fn app(name: &str) -> (Arc<App>, TempFolder) {
        let folder = TempFolder::new(name);
        (App::open(Config::local(folder.path()), Clock::moved(NOW)).unwrap(), folder)
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_phone_has_a_place_whoever_reads() {
        let (app, _folder) = app("lanes");
        let office = jam(&app, Lane::Office, office_places() + WAITING_MAX).await;
        let public = jam(&app, Lane::Public, PUBLIC_PLACES + WAITING_MAX).await;
        assert_eq!(app.run_blocking(|app| app.calendar().is_ok()).await.ok(), Some(true), "a phone's work is done at once");
        assert!(!app.phones_wait());
        // Those who were spawned last may not have reached the queue yet.
        while app.lanes.office.inside.available_permits() + app.lanes.public.inside.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        for lane in [Lane::Office, Lane::Public] {
            assert!(matches!(app.run_blocking_in(lane, |_| ()).await, Err(DbError::Busy)), "{lane:?}: the queue has an end");
        }
        for jam in [office, public] {
            drop(jam.stop);
            for work in jam.jammed {
                work.await.unwrap().unwrap();
            }
        }
        for lane in [Lane::Office, Lane::Public] {
            app.run_blocking_in(lane, |_| ()).await.unwrap();
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn health_tells_whether_a_phone_would_get_a_place() {
        let (app, _folder) = app("health");
        let (office, public) = (jam(&app, Lane::Office, office_places()).await, jam(&app, Lane::Public, PUBLIC_PLACES).await);
        assert!(get_health(State(app.clone())).await.is_ok(), "readers take nobody's place");
        let phones = jam(&app, Lane::Phones, phone_places()).await;
        assert!(app.phones_wait());
        let problem = get_health(State(app.clone())).await.unwrap_err();
        assert_eq!((problem.status.as_u16(), problem.code, problem.extra["reason"].as_str()), (503, "busy", Some("busy")));
        assert!(problem.detail.contains("手机同步"), "{problem}");
        drop((office.stop, public.stop, phones.stop));
        for work in phones.jammed {
            work.await.unwrap().unwrap();
        }
        assert!(get_health(State(app)).await.is_ok());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_code_is_looked_for_whoever_reads() {
        let (app, _folder) = app("codes");
        let public = jam(&app, Lane::Public, PUBLIC_PLACES + WAITING_MAX).await;
        while app.lanes.public.inside.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let commitment = "00".repeat(32);
        let begin = daiban_core::sync::enrol::Begin { code_hash: commitment.clone(), commitment };
        let answered = crate::auth::enrol::begin(&app, None, begin).await.unwrap_err();
        assert_eq!(answered.code, "code_invalid", "it was looked for");
        drop(public.stop);
        for work in public.jammed {
            work.await.unwrap().unwrap();
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_nobody_waits_for_is_not_begun() {
        let (app, _folder) = app("gone");
        let jam = jam(&app, Lane::Public, PUBLIC_PLACES).await;
        let begun = Arc::new(AtomicU32::new(0));
        let (counter, other) = (begun.clone(), app.clone());
        let waiting =
            tokio::spawn(
                async move { other.run_blocking_in(Lane::Public, move |_| counter.fetch_add(1, Ordering::SeqCst)).await },
            );
        while app.lanes.public.inside.available_permits() == WAITING_MAX {
            tokio::task::yield_now().await;
        }
        waiting.abort();
        let _ = waiting.await;
        drop(jam.stop);
        for work in jam.jammed {
            work.await.unwrap().unwrap();
        }
        app.run_blocking_in(Lane::Public, |_| ()).await.unwrap();
        assert_eq!(begun.load(Ordering::SeqCst), 0);
        let free = || app.lanes.public.places.available_permits() == PUBLIC_PLACES;
        for _ in 0..5_000 {
            if free() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        assert!(free(), "its place is free again");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn work_that_breaks_off_gives_its_place_back() {
        let (app, _folder) = app("panic");
        for _ in 0..=PUBLIC_PLACES {
            let broken = app.run_blocking_in(Lane::Public, |app| assert!(app.now() < 0, "it breaks off")).await;
            assert!(matches!(broken, Err(DbError::Stopped)));
        }
        app.run_blocking_in(Lane::Public, |_| ()).await.unwrap();
    }
}
