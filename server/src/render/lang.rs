//! Chinese first, English on request, remembered by a cookie.

use super::guard::{cookie, query};
use axum::extract::{FromRequestParts, Request};
use axum::http::{HeaderValue, header, request::Parts};
use axum::middleware::Next;
use axum::response::Response;
use daiban_core::calendar::{Date, zh_date};
use daiban_messages::{Both, Say};
use std::convert::Infallible;

const COOKIE: &str = "daiban_lang";
const REMEMBERED_SECONDS: u32 = 31_536_000;

/// The language of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The text in this language.
    pub fn t<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// A sentence of the catalogue in this language.
    pub fn say(&self, said: impl Say) -> String {
        let message = said.say();
        match self {
            Lang::Zh => message.zh,
            Lang::En => message.en,
        }
    }

    /// For the `lang` attribute.
    pub fn tag(&self) -> &'static str {
        self.t("zh-CN", "en")
    }

    /// For the address and the cookie.
    pub fn code(&self) -> &'static str {
        self.t("zh", "en")
    }

    /// The one to switch to.
    pub fn other(&self) -> Lang {
        match self {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }

    fn from_code(code: &str) -> Option<Lang> {
        [Lang::Zh, Lang::En].into_iter().find(|l| l.code() == code)
    }

    fn asked(parts: &Parts) -> Option<Lang> {
        query(parts.uri.query().unwrap_or(""), "lang").and_then(|code| Lang::from_code(&code))
    }

    /// The language a request wants: its `lang` parameter, else the cookie, else Chinese.
    pub fn of(parts: &Parts) -> Lang {
        Lang::asked(parts).or_else(|| cookie(&parts.headers, COOKIE).and_then(|code| Lang::from_code(&code))).unwrap_or_default()
    }
}

/// A day as either language writes it: 2026年11月30日, 2026-11-30.
pub fn day(date: Date) -> Both {
    Both::new(zh_date(date), date.to_string())
}

impl<S: Send + Sync> FromRequestParts<S> for Lang {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Lang::of(parts))
    }
}

/// Remembers a language that was asked for in the address.
pub async fn remember(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = Lang::asked(&parts);
    let mut answer = next.run(Request::from_parts(parts, body)).await;
    if let Some(lang) = asked {
        let text = format!("{COOKIE}={}; Path=/; Max-Age={REMEMBERED_SECONDS}; HttpOnly; SameSite=Lax", lang.code());
        if let Ok(value) = HeaderValue::from_str(&text) {
            answer.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    answer
}
