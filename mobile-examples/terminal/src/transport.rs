//! HTTP: one request out, one answer in, and a name for everything that can stand between.
//!
//! A request that got no answer is sent again with the very same bytes: its signature and counter make the repetition harmless,
//! the server gives the stored answer.

mod fault;
mod patience;

pub use fault::NetworkFault;
pub(crate) use patience::Patience;

use daiban_core::limits::{LINE_BYTES_PER_SECOND_MIN, LINE_SILENCE_SECONDS_MAX};
use daiban_core::sync::Address;
use daiban_core::sync::session::{ForeignResponse, HttpRequest};
use std::thread::sleep;
use std::time::Duration;
use ureq::http::Method;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const SILENCE: Duration = Duration::from_secs(LINE_SILENCE_SECONDS_MAX);
/// An answer is a page of rows; far above what a server sends, far below what hurts.
const ANSWER_BYTES_MAX: u64 = 32 * 1024 * 1024;
/// What a server sends at most in one answer: a page of rows and the rules, packed. For the time it may take on the worst line.
const ANSWER_BYTES: u64 = 1024 * 1024;

/// What the server itself said; anything else on the way is a [`NetworkFault`].
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Media type without parameters.
    pub media_type: String,
    /// The body.
    pub body: Vec<u8>,
}

/// A client of one server.
#[derive(Debug)]
pub struct Transport {
    address: Address,
    agent: ureq::Agent,
}

impl Transport {
    /// `authority`: certificates (PEM) to trust instead of the public ones.
    pub fn new(address: Address, authority: Option<&str>) -> Result<Transport, NetworkFault> {
        let mut tls = TlsConfig::builder();
        if let Some(pem) = authority {
            tls = tls.root_certs(certificates(pem)?);
        }
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .timeout_resolve(Some(CONNECT_TIMEOUT))
            .user_agent(concat!("daiban-field/", env!("CARGO_PKG_VERSION")))
            .tls_config(tls.build())
            .build();
        Ok(Transport { address, agent: config.new_agent() })
    }

    /// Where it sends.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Sends a request, twice more if no answer came.
    pub fn send(&self, call: &HttpRequest) -> Result<Answer, NetworkFault> {
        let mut patience = Patience::default();
        loop {
            match self.once(call) {
                Ok(answer) => return Ok(answer),
                Err(fault) => sleep(patience.pause(&fault).ok_or(fault)?),
            }
        }
    }

    /// Sends a request once. What counts is silence, not how long it takes: bytes may lie in this machine's buffers, so that a large
    /// request on a slow line looks silent for as long as it takes at the least rate there is.
    pub fn once(&self, call: &HttpRequest) -> Result<Answer, NetworkFault> {
        let method = Method::from_bytes(call.method.as_bytes()).unwrap_or(Method::POST);
        let mut request = ureq::http::Request::builder().method(method).uri(self.address.with(call.path));
        for (name, value) in &call.headers {
            request = request.header(name, value);
        }
        let request = request.body(call.body.clone()).map_err(|e| NetworkFault::Broken(e.to_string()))?;
        let silence = SILENCE + at_least_rate(call.body.len() as u64);
        let request = self
            .agent
            .configure_request(request)
            .timeout_per_read(Some(silence))
            .timeout_per_write(Some(silence))
            .timeout_recv_body(Some(SILENCE + at_least_rate(ANSWER_BYTES)))
            .build();
        let mut response = self.agent.run(request).map_err(|e| NetworkFault::of(&e))?;
        let status = response.status().as_u16();
        let media_type = response.body().mime_type().unwrap_or_default().to_owned();
        let body = response.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_vec().map_err(|e| NetworkFault::of(&e))?;
        ForeignResponse::of(call.path, status, &media_type, &body)
            .map_or(Ok(Answer { status, media_type, body }), |stranger| Err(stranger.into()))
    }
}

/// How long so many bytes may take.
fn at_least_rate(bytes: u64) -> Duration {
    Duration::from_secs(bytes / LINE_BYTES_PER_SECOND_MIN)
}

fn certificates(pem: &str) -> Result<RootCerts, NetworkFault> {
    let mut found: Vec<Certificate<'static>> = Vec::new();
    for item in parse_pem(pem.as_bytes()) {
        match item {
            Ok(PemItem::Certificate(certificate)) => found.push(certificate),
            Ok(_) => {}
            Err(e) => return Err(NetworkFault::Authority(e.to_string())),
        }
    }
    if found.is_empty() {
        return Err(NetworkFault::Authority("no certificate in it".to_owned()));
    }
    Ok(RootCerts::from(found))
}
