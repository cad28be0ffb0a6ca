//! Headers of every answer that depend on how the server is reached and on what an answer holds.

use crate::config::Config;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// A year: whoever came by https once never goes by http again (RFC 6797).
const ONLY_HTTPS: HeaderValue = HeaderValue::from_static("max-age=31536000");
/// Where the program's own style sheet and icon lie, which hold nobody's data.
const ASSETS: &str = "/assets/";

/// Whether people reach this server by https.
pub fn by_https(config: &Config) -> bool {
    config.behind_tls_proxy || config.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
}

/// Puts them on an answer: nothing but assets is kept by browsers or proxies, unless the answer says how long it may be.
pub async fn put(State(by_https): State<bool>, request: Request, next: Next) -> Response {
    let asset = request.uri().path().starts_with(ASSETS);
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    if !asset {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    if by_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, ONLY_HTTPS);
    }
    answer
}
