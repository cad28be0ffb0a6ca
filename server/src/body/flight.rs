//! How many bytes of bodies are in memory at once, over all requests, and whose.

use super::pace::TooSlow;
use crate::db::DbError;
use crate::error::Problem;
use axum::body::Body;
use axum::http::StatusCode;
use daiban_core::ids::{DeviceId, PersonId};
use daiban_core::limits::SYNC_BODY_BYTES_MAX;
use daiban_messages::say::server as say;
use hyper::body::{Body as HttpBody, Bytes};
use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

/// How long a request waits for its place before it is told to come again.
const WAIT: Duration = Duration::from_secs(5);

/// What has taken more than a round can must be here by the time that its length takes at this pace, bytes a second: whoever holds much
/// does not hold it for hours, and a line that is slower carries as much as a round.
const HEAVY_BYTES_PER_SECOND: u64 = 8 * 1024;

const TOO_LONG: &str = "the body is longer than this address takes";

/// The budget for bytes in flight. Bundles have one half of it and everything else the other, so that neither starves the other. A body
/// takes its place as its bytes come: what was only announced keeps nobody out. Whoever waits for more gives all of it back after
/// [`WAIT`], so that those who hold a part each do not wait for each other.
#[derive(Debug)]
pub struct Flight {
    rounds: Arc<Semaphore>,
    bundles: Arc<Semaphore>,
    bytes: usize,
    /// [`WAIT`]
    wait: Duration,
    /// [`HEAVY_BYTES_PER_SECOND`]
    heavy: u64,
    reading: Mutex<HashMap<Whose, Arc<Notify>>>,
}

/// Who sends one body at a time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Whose {
    /// A device, its rounds.
    Device(DeviceId),
    /// A person, bundles: by how many devices ever, they hold no more of the budget than one bundle does.
    Carrier(PersonId),
}

/// A whole body, with its place in the budget for as long as it is held.
#[derive(Debug)]
pub struct Whole {
    /// The body.
    pub bytes: Bytes,
    /// Held while the request is worked on: what it inflates to stands in the place of its bytes.
    pub place: OwnedSemaphorePermit,
}

impl Flight {
    /// A budget of so many bytes; never less than one round and one bundle need.
    pub fn new(bytes: usize) -> Flight {
        let rounds = (bytes / 2).max(SYNC_BODY_BYTES_MAX);
        let bundles = (bytes / 2).max(daiban_core::sync::bundle::BYTES_MAX);
        let reading = Mutex::new(HashMap::new());
        Flight {
            rounds: Arc::new(Semaphore::new(rounds)),
            bundles: Arc::new(Semaphore::new(bundles)),
            bytes: rounds + bundles,
            wait: WAIT,
            heavy: HEAVY_BYTES_PER_SECOND,
            reading,
        }
    }

    /// How many bytes are taken now.
    pub fn taken(&self) -> usize {
        self.bytes.saturating_sub(self.rounds.available_permits() + self.bundles.available_permits())
    }

    /// Reads a body of at most `limit` bytes as there is room for them. Whoever it is sends one body at a time: a new one ends the reading
    /// of the one before, whose line was cut most likely.
    pub async fn whole(&self, body: Body, limit: usize, whose: Option<Whose>) -> Result<Whole, Problem> {
        let length = match body.size_hint().exact().map(usize::try_from) {
            Some(Ok(length)) if length <= limit => length,
            Some(_) => return Err(Problem::too_large(TOO_LONG)),
            None => limit,
        };
        let turn = whose.map(|whose| Turn::take(self, whose));
        let reading = async {
            let pool = if limit > SYNC_BODY_BYTES_MAX { &self.bundles } else { &self.rounds };
            let mut place = self.room(pool, 0).await?;
            Ok(Whole { bytes: self.read(body, limit, length, pool, &mut place).await?, place })
        };
        match &turn {
            None => reading.await,
            Some(turn) => tokio::select! {
                whole = reading => whole,
                () = turn.over.notified() => Err(overtaken()),
            },
        }
    }

    /// A place for so many bytes.
    async fn room(&self, pool: &Arc<Semaphore>, bytes: usize) -> Result<OwnedSemaphorePermit, Problem> {
        let place = pool.clone().acquire_many_owned(u32::try_from(bytes).unwrap_or(u32::MAX));
        Ok(tokio::time::timeout(self.wait, place).await.map_err(|_| DbError::Busy)?.map_err(|_| DbError::Stopped)?)
    }

    /// Reads it, `length` bytes as was announced, and takes their place in `pool`.
    async fn read(
        &self,
        body: Body,
        limit: usize,
        length: usize,
        pool: &Arc<Semaphore>,
        place: &mut OwnedSemaphorePermit,
    ) -> Result<Bytes, Problem> {
        let mut body = pin!(body);
        let mut bytes = Vec::new();
        let due = Instant::now() + Duration::from_secs(length as u64 / self.heavy);
        loop {
            let next = poll_fn(|cx| body.as_mut().poll_frame(cx));
            let next =
                if bytes.len() > SYNC_BODY_BYTES_MAX { timeout_at(due, next).await.map_err(|_| too_slow())? } else { next.await };
            let Some(frame) = next else { return Ok(bytes.into()) };
            let frame = frame.map_err(|error| if error.into_inner().is::<TooSlow>() { too_slow() } else { broken() })?;
            if let Ok(data) = frame.into_data() {
                if bytes.len() + data.len() > limit {
                    return Err(Problem::too_large(TOO_LONG));
                }
                place.merge(self.room(pool, data.len()).await?);
                bytes.extend_from_slice(&data);
            }
        }
    }

    fn reading(&self) -> MutexGuard<'_, HashMap<Whose, Arc<Notify>>> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody's turn to send a body.
struct Turn<'a> {
    flight: &'a Flight,
    whose: Whose,
    over: Arc<Notify>,
}

impl<'a> Turn<'a> {
    fn take(flight: &'a Flight, whose: Whose) -> Turn<'a> {
        let over = Arc::new(Notify::new());
        if let Some(before) = flight.reading().insert(whose.clone(), over.clone()) {
            before.notify_one();
        }
        Turn { flight, whose, over }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut reading = self.flight.reading();
        if reading.get(&self.whose).is_some_and(|over| Arc::ptr_eq(over, &self.over)) {
            reading.remove(&self.whose);
        }
    }
}

fn too_slow() -> Problem {
    Problem::said(StatusCode::REQUEST_TIMEOUT, "line_too_slow", say::LineTooSlow)
}

fn broken() -> Problem {
    Problem::said(StatusCode::BAD_REQUEST, "unreadable", say::BodyBroken)
}

fn overtaken() -> Problem {
    Problem::said(StatusCode::SERVICE_UNAVAILABLE, "one_at_a_time", say::OneAtATime)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use axum::BoxError;
    use daiban_core::sync::bundle::BYTES_MAX;
    use hyper::body::{Frame, SizeHint};
    use std::pin::Pin;
    use std::task::{Context, Poll};

    /// Announces `announced` bytes, sends what is there, and then nothing more.
    struct Halting {
        announced: u64,
        there: Option<Bytes>,
    }

    impl HttpBody for Halting {
        type Data = Bytes;
        type Error = BoxError;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
            self.there.take().map_or(Poll::Pending, |bytes| Poll::Ready(Some(Ok(Frame::data(bytes)))))
        }

        fn size_hint(&self) -> SizeHint {
            SizeHint::with_exact(self.announced)
        }
    }

    fn halting(there: usize) -> Body {
        Body::new(Halting { announced: BYTES_MAX as u64, there: Some(vec![0; there].into()) })
    }

    fn carrier(name: &str) -> Option<Whose> {
        Some(Whose::Carrier(PersonId::from(name)))
    }

    fn flight() -> Flight {
        Flight { wait: Duration::from_millis(100), ..Flight::new(2 * BYTES_MAX) }
    }

    type Begun = tokio::task::JoinHandle<Result<(), Problem>>;

    /// Begins to send so much, and waits until it is there.
    async fn begin(flight: &Arc<Flight>, name: &'static str, there: usize) -> Begun {
        let (other, due) = (flight.clone(), flight.taken() + there);
        let begun = tokio::spawn(async move { other.whole(halting(there), BYTES_MAX, carrier(name)).await.map(drop) });
        while flight.taken() < due {
            tokio::task::yield_now().await;
        }
        begun
    }

    #[tokio::test]
    async fn what_was_announced_keeps_nobody_out_and_what_came_does() {
        let flight = Arc::new(flight());
        for name in ["zhang", "li", "wu"] {
            begin(&flight, name, 1000).await;
        }
        let small = flight.whole(vec![0; 1 << 20].into(), BYTES_MAX, carrier("zhao")).await.unwrap();
        assert_eq!((small.bytes.len(), flight.taken()), (1 << 20, 3000 + (1 << 20)));
        drop(small);
        let full = begin(&flight, "qian", BYTES_MAX - 3000).await;
        let busy = flight.whole(vec![0; 1].into(), BYTES_MAX, carrier("zhao")).await.unwrap_err();
        assert_eq!((busy.status.as_u16(), busy.code), (503, "busy"));
        let round = flight.whole(vec![0; 1].into(), SYNC_BODY_BYTES_MAX, Some(Whose::Device(DeviceId([1; 16])))).await;
        assert!(round.is_ok_and(|round| round.bytes.len() == 1), "rounds have their own half");
        full.abort();
        assert!(full.await.is_err());
        assert_eq!(flight.taken(), 3000, "who goes gives all of it back");
    }

    #[tokio::test]
    async fn who_holds_much_does_not_hold_it_for_hours() {
        let flight = Arc::new(Flight { heavy: u64::MAX, ..flight() });
        let light = begin(&flight, "zhang", SYNC_BODY_BYTES_MAX).await;
        let heavy = flight.whole(halting(SYNC_BODY_BYTES_MAX + 1), BYTES_MAX, carrier("li")).await.unwrap_err();
        assert_eq!((heavy.status.as_u16(), heavy.code), (408, "line_too_slow"));
        assert!(!light.is_finished(), "as much as a round may come slowly");
    }

    #[tokio::test]
    async fn one_carrier_brings_one_bundle_at_a_time() {
        let flight = Arc::new(flight());
        let first = begin(&flight, "zhang", 1000).await;
        flight.whole(vec![0; 1].into(), BYTES_MAX, carrier("zhang")).await.unwrap();
        assert_eq!(first.await.unwrap().unwrap_err().code, "one_at_a_time");
        assert_eq!(flight.taken(), 0);
    }
}
