//! `/enter`: takes the office key out of the address or the form and into a cookie.

use crate::app::App;
use crate::auth::office::COOKIE;
use crate::render::{Lang, PageFailure, Shell, Tab, page};
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, Uri, header};
use axum::response::Response;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// A working day's shift; then the key is asked again.
const COOKIE_SECONDS: u32 = 43_200;

/// What the address or the form carries.
#[derive(Debug, Deserialize)]
pub struct Offered {
    key: Option<String>,
}

#[derive(Template)]
#[template(path = "entered.html")]
struct Entered {
    shell: Shell,
}

/// `GET`: with a key the cookie, without one the form.
pub async fn show(State(app): State<Arc<App>>, lang: Lang, Query(offered): Query<Offered>) -> Response {
    answer(&app, lang, offered)
}

/// `POST`: the form.
pub async fn take(State(app): State<Arc<App>>, lang: Lang, Form(offered): Form<Offered>) -> Response {
    answer(&app, lang, offered)
}

fn answer(app: &App, lang: Lang, offered: Offered) -> Response {
    let uri = Uri::from_static("/enter");
    match offered.key {
        None => PageFailure::Unauthorised.office(lang, &uri),
        Some(key) if Sha256::digest(key.trim()) == Sha256::digest(&app.office_token) => entered(app, lang, &uri),
        Some(_) => PageFailure::WrongKey.office(lang, &uri),
    }
}

/// A page that goes on by itself, not a redirect: browsers withhold a strict cookie along a redirect that began in a mail or chat.
fn entered(app: &App, lang: Lang, uri: &Uri) -> Response {
    let shell = Shell::new(lang, uri, Tab::Elsewhere, lang.say(daiban_messages::say::console::Entered)).public();
    let mut answer = page(&Entered { shell });
    let secure = if app.config.public_url.as_deref().is_some_and(|url| url.starts_with("https://")) { "; Secure" } else { "" };
    let token = &app.office_token;
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={COOKIE_SECONDS}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}
