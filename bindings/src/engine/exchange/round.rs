//! One request out, one answer in, sent again where that helps.

use crate::engine::EngineInner;
use crate::error::EngineError;
use crate::host::{HttpRequest, LogLevel};
use daiban_core::limits::{LINE_BYTES_PER_SECOND_MIN, LINE_SILENCE_SECONDS_MAX, SYNC_PAGE_BYTES_MAX};
use daiban_core::sync::Address;
use daiban_core::sync::session::{self, ForeignResponse};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Pauses before the second and third try.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];
const SILENCE: Duration = Duration::from_secs(LINE_SILENCE_SECONDS_MAX);
/// Before a line that broke is tried again: at once after the first break, which may be a change of address.
const BREAK_PAUSES: [Duration; 3] = [Duration::ZERO, Duration::from_millis(200), Duration::from_secs(1)];
/// So many silences in a row are enough.
const SILENCES_MAX: u32 = 2;

/// What the server itself said.
pub(super) struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// Runs what may wait for the disk off the caller's thread.
pub(super) async fn blocking<T: Send + 'static>(
    desk: &Arc<EngineInner>,
    work: impl FnOnce(&EngineInner) -> Result<T, EngineError> + Send + 'static,
) -> Result<T, EngineError> {
    let desk = desk.clone();
    let done = tokio::task::spawn_blocking(move || work(&desk)).await;
    done.unwrap_or_else(|broken| Err(EngineError::internal("panic", broken.to_string())))
}

/// What was borne since the last answer.
#[derive(Default)]
pub(super) struct Breaks {
    times: usize,
    silences: u32,
}

impl Breaks {
    /// The pause before a smaller request goes; `None` = nothing was heard for too long. Of a line that breaks the engine knows when
    /// nothing gets through.
    pub fn pause(&mut self, error: &EngineError) -> Option<Duration> {
        self.silences = self.silences.saturating_add(u32::from(error.code() == "timeout"));
        let pause = BREAK_PAUSES.get(self.times).or(BREAK_PAUSES.last()).copied();
        self.times = self.times.saturating_add(1);
        pause.filter(|_| self.silences < SILENCES_MAX)
    }
}

/// How long a request may take on the worst line that still moves, its answer included.
fn patience(bytes: usize) -> Duration {
    SILENCE + Duration::from_secs((bytes + SYNC_PAGE_BYTES_MAX / 4) as u64 / LINE_BYTES_PER_SECOND_MIN)
}

/// Sends a request, twice more if no answer came: its signature and counter make the repetition harmless. `smaller`: less can be sent
/// when the line breaks, so that the same request is not.
pub(super) async fn send(
    desk: &EngineInner,
    address: &Address,
    request: &session::HttpRequest,
    smaller: bool,
    until: Instant,
) -> Result<Answer, EngineError> {
    let mut pauses = PAUSES.iter();
    loop {
        let error = match once(desk, address, request, until).await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        match pauses.next() {
            Some(pause) if error.may_pass() && !(smaller && error.is_break()) && Instant::now() + *pause < until => {
                tokio::time::sleep(*pause).await;
            }
            _ => return Err(error),
        }
    }
}

async fn once(
    desk: &EngineInner,
    address: &Address,
    request: &session::HttpRequest,
    until: Instant,
) -> Result<Answer, EngineError> {
    let left = until.saturating_duration_since(Instant::now()).min(patience(request.body.len()));
    let sent = desk.transport.send(HttpRequest {
        method: request.method.to_owned(),
        url: address.with(request.path),
        headers: request.headers.iter().cloned().collect(),
        body: request.body.clone(),
        timeout_ms: i64::try_from(left.as_millis()).unwrap_or(i64::MAX),
    });
    // A transport that does not keep its time is cut off.
    let response = match tokio::time::timeout(left + Duration::from_secs(1), sent).await {
        Ok(response) => response?,
        Err(_) => return Err(crate::host::TransportError::Timeout { reason: "the transport kept no time".to_owned() }.into()),
    };
    let status = u16::try_from(response.status).unwrap_or(0);
    let header = response.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let media_type = header.and_then(|(_, value)| value.split(';').next()).unwrap_or_default().trim().to_ascii_lowercase();
    desk.log(LogLevel::Debug, "transport", || format!("{status}, {} up, {} down", request.body.len(), response.body.len()));
    match ForeignResponse::of(request.path, status, &media_type, &response.body) {
        Some(stranger) => Err(stranger.into()),
        None => Ok(Answer { status, body: response.body }),
    }
}
