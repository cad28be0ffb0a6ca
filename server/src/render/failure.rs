//! Pages that say no, in Chinese and English, with what to do next.

use super::{Lang, Shell, Tab, page};
use crate::error::Problem;
use askama::Template;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use daiban_core::calendar::local_stamp;
use daiban_messages::say::page as say;
use daiban_messages::{Message, Say};

/// Why a page is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageFailure {
    /// Nothing at this address, or nothing for this reader: never told apart.
    NotFound,
    /// The reader has not shown the office key.
    Unauthorised,
    /// The key that was shown is not the office's.
    WrongKey,
    /// The data could not be read.
    Broken,
    /// Too many read at once.
    Busy,
    /// This address was read too often.
    TooOften {
        /// Seconds until it may be read again.
        wait: u32,
        /// That moment, Unix seconds.
        at: i64,
    },
    /// There is more than one page can tell.
    TooMuch,
}

/// When somebody who found the server busy should come again, seconds.
const BUSY_WAIT: u32 = 30;

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage {
    shell: Shell,
    code: u16,
    what: String,
    next: String,
    entrance: bool,
    home: Option<&'static str>,
}

impl PageFailure {
    /// The HTTP status.
    pub fn status(self) -> StatusCode {
        match self {
            PageFailure::NotFound => StatusCode::NOT_FOUND,
            PageFailure::Unauthorised | PageFailure::WrongKey => StatusCode::UNAUTHORIZED,
            PageFailure::Broken => StatusCode::INTERNAL_SERVER_ERROR,
            PageFailure::Busy | PageFailure::TooMuch => StatusCode::SERVICE_UNAVAILABLE,
            PageFailure::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// Seconds until it is worth trying again, where that is known.
    fn wait(self) -> Option<u32> {
        match self {
            PageFailure::Busy => Some(BUSY_WAIT),
            PageFailure::TooOften { wait, .. } => Some(wait),
            _ => None,
        }
    }

    /// The page for a reader of the office.
    pub fn office(self, lang: Lang, uri: &Uri) -> Response {
        self.written(lang, uri, true)
    }

    /// The page for anybody else: it does not show where else one could go, nor the address that was tried.
    pub fn public(self, lang: Lang) -> Response {
        self.written(lang, &Uri::from_static("/"), false)
    }

    fn written(self, lang: Lang, uri: &Uri, office: bool) -> Response {
        let [title, what, next] = self.words(lang);
        let entrance = matches!(self, PageFailure::Unauthorised | PageFailure::WrongKey);
        let mut shell = Shell::new(lang, uri, Tab::Elsewhere, title);
        shell.office = office && !entrance;
        let home = (office && !entrance).then_some("/cases");
        let mut answer = page(&FailurePage { shell, code: self.status().as_u16(), what, next, entrance, home });
        *answer.status_mut() = self.status();
        if entrance {
            let realm = header::HeaderValue::from_static("Bearer realm=\"daiban\"");
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, realm);
        }
        if let Some(wait) = self.wait() {
            answer.headers_mut().insert(header::RETRY_AFTER, wait.into());
        }
        answer.into_response()
    }

    /// Title, what happened, what to do next.
    fn words(self, lang: Lang) -> [String; 3] {
        match self {
            PageFailure::NotFound => said(lang, say::NotFound, say::NotFoundWhat, say::NotFoundNext),
            PageFailure::Unauthorised => said(lang, say::Entrance, say::EntranceWhat, say::EntranceNext),
            PageFailure::WrongKey => said(lang, say::WrongKey, say::WrongKeyWhat, say::WrongKeyNext),
            PageFailure::Broken => said(lang, say::Broken, say::BrokenWhat, say::BrokenNext),
            PageFailure::Busy => said(lang, say::Busy, say::BusyWhat, say::BusyNext),
            PageFailure::TooMuch => said(lang, say::TooMuch, say::TooMuchWhat, say::TooMuchNext),
            PageFailure::TooOften { wait, at } => {
                let at = format!("{}:{:02}", local_stamp(at), at.rem_euclid(60));
                said(lang, say::TooOften, say::TooOftenWhat, say::TooOftenNext { seconds: wait, at })
            }
        }
    }
}

fn said(lang: Lang, title: impl Say, what: impl Say, next: impl Say) -> [String; 3] {
    [lang.say(title), lang.say(what), lang.say(next)]
}

/// What answers an address nobody serves: a problem document under `/v1` and to programs, a page to browsers.
pub async fn fallback(lang: Lang, uri: Uri, headers: HeaderMap) -> Response {
    let wants_html = headers.get_all(header::ACCEPT).iter().any(|v| v.to_str().is_ok_and(|v| v.contains("text/html")));
    if uri.path().starts_with("/v1/") || !wants_html {
        let Message { zh, en, .. } = say::Address.say();
        return Problem::not_found(&zh, &en).into_response();
    }
    let mut answer = PageFailure::NotFound.public(lang);
    super::guard::put(answer.headers_mut());
    answer
}
