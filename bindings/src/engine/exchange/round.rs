//! One request out, one answer in, sent again where that helps.

use crate::engine::Desk;
use crate::error::EngineError;
use crate::host::{HttpRequest, LogLevel};
use daiban_core::sync::Address;
use daiban_core::sync::session::{self, Stranger};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Pauses before the second and third try.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];
/// The longest that one answer may take.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);

/// What the server itself said.
pub(super) struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// Runs what may wait for the disk off the caller's thread.
pub(super) async fn blocking<T: Send + 'static>(
    desk: &Arc<Desk>,
    work: impl FnOnce(&Desk) -> Result<T, EngineError> + Send + 'static,
) -> Result<T, EngineError> {
    let desk = desk.clone();
    let done = tokio::task::spawn_blocking(move || work(&desk)).await;
    done.unwrap_or_else(|broken| Err(EngineError::internal("panic", broken.to_string())))
}

/// Sends a request, twice more if no answer came: its signature and counter make the repetition harmless.
pub(super) async fn send(
    desk: &Desk,
    address: &Address,
    request: &session::HttpRequest,
    until: Instant,
) -> Result<Answer, EngineError> {
    let mut pauses = PAUSES.iter();
    loop {
        let error = match once(desk, address, request, until).await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        match pauses.next() {
            Some(pause) if error.may_pass() && Instant::now() + *pause < until => tokio::time::sleep(*pause).await,
            _ => return Err(error),
        }
    }
}

async fn once(desk: &Desk, address: &Address, request: &session::HttpRequest, until: Instant) -> Result<Answer, EngineError> {
    let left = until.saturating_duration_since(Instant::now()).min(ANSWER_TIMEOUT);
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
    match Stranger::of(request.path, status, &media_type, &response.body) {
        Some(stranger) => Err(stranger.into()),
        None => Ok(Answer { status, body: response.body }),
    }
}
