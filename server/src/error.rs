//! What a client is told when something does not go: problem documents (RFC 9457), Chinese first.

mod code;

pub use code::codes;

use crate::db::DbError;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use daiban_messages::say::server as say;
use daiban_messages::{Both, Message, Say};
use serde_json::{Map, Value, json};

/// A typed problem: a stable `code`, a sentence for officials and one for developers, both with what to do next.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// HTTP status.
    pub status: StatusCode,
    /// Stable name, e.g. `too_large`.
    pub code: &'static str,
    /// The sentence for officials.
    pub detail: String,
    /// The same in English.
    pub detail_en: String,
    /// Further members, e.g. `counter`.
    pub extra: Map<String, Value>,
}

impl Problem {
    /// A problem of a status and code.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>, detail_en: impl Into<String>) -> Problem {
        Problem { status, code, detail: detail.into(), detail_en: detail_en.into(), extra: Map::new() }
    }

    /// A problem of a status and code, in the words of the catalogue.
    pub fn said(status: StatusCode, code: &'static str, said: impl Say) -> Problem {
        let Message { zh, en, .. } = said.say();
        Problem::new(status, code, zh, en)
    }

    /// 400: what was sent cannot be understood.
    pub fn bad_request(code: &'static str, detail: impl Into<String>, detail_en: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, code, detail, detail_en)
    }

    /// 401: nobody proved to be who may ask this.
    pub fn unauthorized(code: &'static str, detail: impl Into<String>, detail_en: impl Into<String>) -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, code, detail, detail_en)
    }

    /// 403: known, but may not.
    pub fn forbidden(code: &'static str, detail: impl Into<String>, detail_en: impl Into<String>) -> Problem {
        Problem::new(StatusCode::FORBIDDEN, code, detail, detail_en)
    }

    /// 404: `what` names the thing in Chinese, `what_en` in English.
    pub fn not_found(what: &str, what_en: &str) -> Problem {
        Problem::said(StatusCode::NOT_FOUND, "not_found", say::NotFound { what: Both::new(what, what_en) })
    }

    /// 409: does not go together with what is there.
    pub fn conflict(code: &'static str, detail: impl Into<String>, detail_en: impl Into<String>) -> Problem {
        Problem::new(StatusCode::CONFLICT, code, detail, detail_en)
    }

    /// 413: more than is taken at once; nothing of it was kept, and the sender still has it.
    pub fn too_large(detail_en: impl Into<String>) -> Problem {
        let why = Both::new("", detail_en);
        Problem::said(StatusCode::PAYLOAD_TOO_LARGE, "too_large", say::TooLarge { why })
    }

    /// 422: understood, but the rules do not allow it.
    pub fn unprocessable(code: &'static str, detail: impl Into<String>, detail_en: impl Into<String>) -> Problem {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail, detail_en)
    }

    /// Adds a member.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Problem {
        self.extra.insert(name.to_owned(), value.into());
        self
    }

    /// The document.
    pub fn document(&self) -> Value {
        let mut document = self.extra.clone();
        document.insert("type".into(), json!(format!("urn:daiban:problem:{}", self.code)));
        document.insert("code".into(), json!(self.code));
        document.insert("title".into(), json!(say::Title { status: self.status.as_u16() }.say().zh));
        document.insert("status".into(), json!(self.status.as_u16()));
        document.insert("detail".into(), json!(self.detail));
        document.insert("detail_en".into(), json!(self.detail_en));
        Value::Object(document)
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({}: {})", self.detail, self.code, self.detail_en)
    }
}

impl std::error::Error for Problem {}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.document())).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if matches!(self.status.as_u16(), 429 | 503 | 507) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
        }
        response
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Problem {
        match error {
            DbError::Full => Problem::said(StatusCode::INSUFFICIENT_STORAGE, "disk_full", say::DiskFull),
            DbError::Uncertain => {
                tracing::error!(error = %error, "nobody knows whether a commit was kept");
                Problem::said(StatusCode::GATEWAY_TIMEOUT, "outcome_unknown", say::OutcomeUnknown)
            }
            DbError::Contended | DbError::Slow => Problem::said(StatusCode::SERVICE_UNAVAILABLE, "contended", say::Contended),
            DbError::Overtaken => Problem::conflict("overtaken", error.message().zh, error.message().en),
            DbError::Lost
            | DbError::Unreachable(_)
            | DbError::ReadOnly
            | DbError::Denied(_)
            | DbError::TooOld { .. }
            | DbError::Encoding(_) => {
                tracing::error!(error = %error, "the database is not there");
                Problem::said(StatusCode::SERVICE_UNAVAILABLE, "database_unavailable", say::DatabaseUnavailable)
            }
            DbError::Busy | DbError::Stopped => Problem::said(StatusCode::SERVICE_UNAVAILABLE, "busy", say::Busy),
            DbError::Unusable => Problem::unprocessable("text_unusable", error.message().zh, error.message().en),
            other => {
                tracing::error!(error = %other, "the store failed");
                Problem::said(StatusCode::INTERNAL_SERVER_ERROR, "internal", say::Internal)
            }
        }
    }
}

impl From<daiban_core::ids::IdError> for Problem {
    fn from(error: daiban_core::ids::IdError) -> Problem {
        Problem::bad_request("bad_id", error.zh(), error.to_string())
    }
}

impl From<axum::extract::rejection::JsonRejection> for Problem {
    fn from(rejection: axum::extract::rejection::JsonRejection) -> Problem {
        let (status, why) = (rejection.status(), Both::new("", rejection.body_text()));
        match status {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::said(status, "too_large", say::JsonTooLarge { why }),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::said(status, "wrong_media_type", say::JsonMediaType { why }),
            StatusCode::UNPROCESSABLE_ENTITY => Problem::said(status, "unreadable", say::JsonUnfit { why }),
            _ => Problem::said(StatusCode::BAD_REQUEST, "unreadable", say::JsonUnreadable { why }),
        }
    }
}

impl From<axum::extract::rejection::BytesRejection> for Problem {
    fn from(rejection: axum::extract::rejection::BytesRejection) -> Problem {
        match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(rejection.body_text()),
            _ => {
                let why = Both::new("", rejection.body_text());
                Problem::said(StatusCode::BAD_REQUEST, "unreadable", say::BodyCut { why })
            }
        }
    }
}
