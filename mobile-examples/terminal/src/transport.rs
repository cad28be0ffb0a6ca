//! HTTP: one request out, one answer in, and a name for everything that can stand between.
//!
//! A request that got no answer is sent again with the very same bytes: its signature and counter make the repetition harmless,
//! the server gives the stored answer (architecture.md §4).

mod fault;

pub use fault::NetworkFault;

use daiban_core::sync::Address;
use daiban_core::sync::session::{HttpRequest, Stranger};
use std::thread::sleep;
use std::time::Duration;
use ureq::http::Method;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);
/// Pauses before the second and third try.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];
/// An answer is a page of rows; far above what a server sends, far below what hurts.
const ANSWER_BYTES_MAX: u64 = 32 * 1024 * 1024;

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
            .timeout_global(Some(ANSWER_TIMEOUT))
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
        let mut pauses = PAUSES.iter();
        loop {
            let fault = match self.once(call) {
                Ok(answer) => return Ok(answer),
                Err(fault) => fault,
            };
            match pauses.next() {
                Some(pause) if fault.may_pass() => sleep(*pause),
                _ => return Err(fault),
            }
        }
    }

    fn once(&self, call: &HttpRequest) -> Result<Answer, NetworkFault> {
        let method = Method::from_bytes(call.method.as_bytes()).unwrap_or(Method::POST);
        let mut request = ureq::http::Request::builder().method(method).uri(self.address.with(call.path));
        for (name, value) in &call.headers {
            request = request.header(name, value);
        }
        let request = request.body(call.body.clone()).map_err(|e| NetworkFault::Broken(e.to_string()))?;
        let mut response = self.agent.run(request).map_err(|e| NetworkFault::of(&e))?;
        let status = response.status().as_u16();
        let media_type = response.body().mime_type().unwrap_or_default().to_owned();
        let body = response.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_vec().map_err(|e| NetworkFault::of(&e))?;
        Stranger::of(call.path, status, &media_type, &body)
            .map_or(Ok(Answer { status, media_type, body }), |stranger| Err(stranger.into()))
    }
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
