//! The office: a bearer token for the API and the command line, the same token in a cookie for pages.
//!
//! The token stands in `office.token` of the data folder; accounts with two factors replace it (architecture.md §5, 等保三级).

use crate::app::App;
use crate::error::Problem;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
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
            None => Err(Problem::unauthorized(
                "office_token_missing",
                "请先用专班办公室的链接进入，或在请求中提供办公室令牌。",
                "enter by the office's link or send the office token as bearer",
            )),
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
    Problem::unauthorized("office_token_wrong", "办公室令牌不正确，请向管理员索取新的链接。", "the office token is wrong")
}

/// `GET /enter?key=…`: takes the token out of the address and into a cookie.
#[derive(Debug, Deserialize)]
pub struct Key {
    key: String,
}

/// Sets the cookie and leads to the first page.
pub async fn enter(State(app): State<Arc<App>>, Query(Key { key }): Query<Key>) -> Result<Response, Problem> {
    if !same(&key, &app.office_token) {
        return Err(refused());
    }
    let secure = if app.config.public_url.as_deref().is_some_and(|url| url.starts_with("https://")) { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200{secure}", app.office_token);
    let cookie = HeaderValue::from_str(&cookie).map_err(|_| refused())?;
    let mut response = (StatusCode::SEE_OTHER, Redirect::to("/")).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn finds_its_cookie_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=b; daiban_office=77; c=d"));
        assert_eq!(cookie(&headers), Some("77"));
        assert!(same(" 77 ", "77") && !same("78", "77"));
    }
}
