//! How a request reaches the server.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use serde_json::Value;
use std::time::Duration;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// Longest body a test reads.
const BODY_BYTES_MAX: usize = 64 * 1024 * 1024;

/// In process or through a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The router is called as the HTTP server would call it.
    InProcess,
    /// A bound socket on the loopback.
    Loopback,
}

/// What the server answered.
#[derive(Clone, Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// Whether it is a 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as JSON; `null` if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Calls a router.
pub(super) fn in_process(
    runtime: &Runtime,
    router: &Router,
    method: &str,
    path: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> Reply {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let request = request.body(Body::from(body.to_vec())).expect("tests write proper requests");
    runtime.block_on(async {
        let response = router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), BODY_BYTES_MAX).await.map(|b| b.to_vec()).unwrap_or_default();
        Reply { status, body }
    })
}

/// Sends to a socket; `None` if nobody answers.
pub fn over_socket(url: &str, method: &str, path: &str, headers: &[(String, String)], body: &[u8]) -> Option<Reply> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .into();
    let mut request = ureq::http::Request::builder().method(method).uri(format!("{url}{path}"));
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let response = match body.is_empty() {
        true => agent.run(request.body(()).ok()?),
        false => agent.run(request.body(body).ok()?),
    };
    let mut response = response.ok()?;
    let status = response.status().as_u16();
    let body = response.body_mut().with_config().limit(BODY_BYTES_MAX as u64).read_to_vec().ok()?;
    Some(Reply { status, body })
}
