//! The office: a bearer token for the API and the command line, the same token in a cookie for pages.
//!
//! The token stands in `office.token` of the data folder; accounts with two factors replace it.

use crate::app::App;
use crate::error::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use daiban_messages::say::auth as say;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The cookie that `/enter` sets.
pub const COOKIE: &str = "daiban_office";

/// Extractor: the request carries the office token.
#[derive(Clone, Copy, Debug)]
pub struct Office(());

impl FromRequestParts<Arc<App>> for Office {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let bearer = bearer(&parts.headers);
        let offered = bearer.or_else(|| if safe(parts) { cookie(&parts.headers) } else { None });
        match offered {
            Some(token) if same(token, &app.office_token) => Ok(Office(())),
            Some(_) => Err(refused()),
            None => Err(Problem::said(StatusCode::UNAUTHORIZED, "office_token_missing", say::TokenMissing)),
        }
    }
}

/// A cookie opens reading only: a page elsewhere can make a browser send it, never the bearer header (CSRF).
fn safe(parts: &Parts) -> bool {
    parts.method.is_safe()
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let pairs = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    pairs.flat_map(|value| value.split(';')).find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// Compares digests, so that the time taken tells nothing about the token.
fn same(offered: &str, token: &str) -> bool {
    Sha256::digest(offered.trim()) == Sha256::digest(token)
}

fn refused() -> Problem {
    Problem::said(StatusCode::UNAUTHORIZED, "office_token_wrong", say::TokenWrong)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn finds_its_cookie_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=b; daiban_office=77; c=d"));
        assert_eq!(cookie(&headers), Some("77"));
        assert!(same(" 77 ", "77") && !same("78", "77"));
    }
}
