//! How many bytes of bodies are in memory at once, over all requests, and whose.

use super::pace::TooSlow;
use crate::db::DbError;
use crate::error::Problem;
use axum::body::Body;
use axum::http::StatusCode;
use daiban_core::ids::DeviceId;
use daiban_core::limits::SYNC_BODY_BYTES_MAX;
use hyper::body::{Body as HttpBody, Bytes};
use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// How long a request waits for its place before it is told to come again.
const WAIT: Duration = Duration::from_secs(5);

/// The budget for bytes in flight. Bundles have one half of it and everything else the other, so that neither starves the other.
#[derive(Debug)]
pub struct Flight {
    rounds: Arc<Semaphore>,
    bundles: Arc<Semaphore>,
    bytes: usize,
    reading: Mutex<HashMap<DeviceId, Arc<Notify>>>,
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
            reading,
        }
    }

    /// How many bytes are taken now.
    pub fn taken(&self) -> usize {
        self.bytes.saturating_sub(self.rounds.available_permits() + self.bundles.available_permits())
    }

    /// Reads a body of at most `limit` bytes once there is room for all of it. A device sends one body at a time: a new one ends the
    /// reading of the one before, whose line was cut most likely.
    pub async fn whole(&self, body: Body, limit: usize, device: Option<DeviceId>) -> Result<Whole, Problem> {
        let length = match body.size_hint().exact().map(usize::try_from) {
            Some(Ok(length)) if length <= limit => length,
            Some(_) => return Err(too_large()),
            None => limit,
        };
        let turn = device.map(|device| Turn::take(self, device));
        let reading = async {
            let pool = if limit > SYNC_BODY_BYTES_MAX { &self.bundles } else { &self.rounds };
            let place = pool.clone().acquire_many_owned(u32::try_from(length).unwrap_or(u32::MAX));
            let place = tokio::time::timeout(WAIT, place).await.map_err(|_| DbError::Busy)?.map_err(|_| DbError::Stopped)?;
            Ok(Whole { bytes: read(body, limit).await?, place })
        };
        match &turn {
            None => reading.await,
            Some(turn) => tokio::select! {
                whole = reading => whole,
                () = turn.over.notified() => Err(overtaken()),
            },
        }
    }

    fn reading(&self) -> MutexGuard<'_, HashMap<DeviceId, Arc<Notify>>> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A device's turn to send a body.
struct Turn<'a> {
    flight: &'a Flight,
    device: DeviceId,
    over: Arc<Notify>,
}

impl<'a> Turn<'a> {
    fn take(flight: &'a Flight, device: DeviceId) -> Turn<'a> {
        let over = Arc::new(Notify::new());
        if let Some(before) = flight.reading().insert(device, over.clone()) {
            before.notify_one();
        }
        Turn { flight, device, over }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut reading = self.flight.reading();
        if reading.get(&self.device).is_some_and(|over| Arc::ptr_eq(over, &self.over)) {
            reading.remove(&self.device);
        }
    }
}

async fn read(body: Body, limit: usize) -> Result<Bytes, Problem> {
    let mut body = pin!(body);
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|cx| body.as_mut().poll_frame(cx)).await {
        let frame = frame.map_err(|error| if error.into_inner().is::<TooSlow>() { too_slow() } else { broken() })?;
        if let Ok(data) = frame.into_data() {
            if bytes.len() + data.len() > limit {
                return Err(too_large());
            }
            bytes.extend_from_slice(&data);
        }
    }
    Ok(bytes.into())
}

fn too_large() -> Problem {
    let detail = "一次提交的内容过多，请更新应用后分批提交；记录仍安全保存在本机。";
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail, "the body is longer than this address takes")
}

fn too_slow() -> Problem {
    let detail = "网络过慢，数据传输中断；记录仍安全保存在本机，请换到信号较好的地方再同步，或用记录包携带。";
    Problem::new(StatusCode::REQUEST_TIMEOUT, "line_too_slow", detail, "the body came too slowly; send the same again")
}

fn broken() -> Problem {
    Problem::bad_request("unreadable", "请求未传完整，请检查网络后重试。", "the body broke off")
}

fn overtaken() -> Problem {
    let detail = "本设备又发起了一次同步，这一次已停止；记录仍安全保存在本机，请稍后再同步。";
    let detail_en = "the same device sent another body meanwhile; one at a time";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "one_at_a_time", detail, detail_en)
}
