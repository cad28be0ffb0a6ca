//! What a client is told when something does not go: problem documents (RFC 9457), Chinese first.

mod code;

pub use code::codes;

use crate::db::DbError;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
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
        let detail = format!("没有找到{what}，请核对编号后重试。");
        Problem::new(StatusCode::NOT_FOUND, "not_found", detail, format!("no such {what_en}"))
    }

    /// 409: does not go together with what is there.
    pub fn conflict(code: &'static str, detail: impl Into<String>, detail_en: impl Into<String>) -> Problem {
        Problem::new(StatusCode::CONFLICT, code, detail, detail_en)
    }

    /// 413: more than is taken at once; nothing of it was kept, and the sender still has it.
    pub fn too_large(detail_en: impl Into<String>) -> Problem {
        let detail = "一次提交的内容过多，请更新应用后分批提交；记录仍安全保存在本机。";
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail, detail_en)
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
        document.insert("title".into(), json!(title(self.status)));
        document.insert("status".into(), json!(self.status.as_u16()));
        document.insert("detail".into(), json!(self.detail));
        document.insert("detail_en".into(), json!(self.detail_en));
        Value::Object(document)
    }
}

fn title(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "请求无法读取",
        401 => "身份未能确认",
        403 => "没有权限",
        404 => "没有找到",
        405 => "不支持的操作",
        408 => "请求超时",
        409 => "与已有内容冲突",
        411 => "未说明内容长度",
        413 => "内容过大",
        415 => "内容类型不对",
        422 => "不符合规定",
        429 => "请求过于频繁",
        503 => "服务器繁忙",
        504 => "结果未能确认",
        507 => "服务器存储空间不足",
        _ => "服务器出错",
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
            DbError::Full => Problem::new(
                StatusCode::INSUFFICIENT_STORAGE,
                "disk_full",
                "服务器存储空间不足，记录仍安全保存在手机上，请稍后再同步，并通知管理员。",
                "the disk is full; the records stay on the phone, try again later",
            ),
            DbError::Uncertain => {
                tracing::error!(error = %error, "nobody knows whether a commit was kept");
                Problem::new(
                    StatusCode::GATEWAY_TIMEOUT,
                    "outcome_unknown",
                    "保存时与数据库的连接中断，无法确认是否已保存：请先查看是否已办理，再决定是否重试；手机重新同步会自动核对，不会重复登记。",
                    "it is not known whether this was kept: look whether it was done before trying again; a phone's repeated sync finds out",
                )
            }
            DbError::Contended | DbError::Slow => Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "contended",
                "本次提交与其他操作冲突，未保存，请稍后再试。",
                "the work met other work and was undone; try again",
            ),
            DbError::Overtaken => Problem::conflict("overtaken", error.zh(), "another node took the job over; see there"),
            DbError::Lost
            | DbError::Unreachable(_)
            | DbError::ReadOnly
            | DbError::Denied(_)
            | DbError::TooOld { .. }
            | DbError::Encoding(_) => {
                tracing::error!(error = %error, "the database is not there");
                Problem::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "database_unavailable",
                    "服务器暂时无法使用数据库，请稍后再试；重复提交不会重复登记。",
                    "the database is not available; the same request again finds out what was kept",
                )
            }
            DbError::Busy | DbError::Stopped => Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "服务器正忙，请稍后再试。",
                "the server is busy or stopping, try again later",
            ),
            DbError::Unusable => Problem::unprocessable("text_unusable", error.zh(), error.to_string()),
            other => {
                tracing::error!(error = %other, "the store failed");
                Problem::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "internal",
                    "服务器出错，本次操作未保存，请稍后再试；如仍出错请联系管理员。",
                    "the store failed; nothing of this request was kept",
                )
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
        let (status, text) = (rejection.status(), rejection.body_text());
        match status {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::new(status, "too_large", "请求内容过大，请分批提交。", text),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::new(status, "wrong_media_type", "请以 application/json 提交。", text),
            StatusCode::UNPROCESSABLE_ENTITY => {
                Problem::unprocessable("unreadable", "请求内容不合要求，请核对各项内容后重试。", text)
            }
            _ => Problem::bad_request("unreadable", "请求内容无法读取，请核对格式后重试。", text),
        }
    }
}

impl From<axum::extract::rejection::BytesRejection> for Problem {
    fn from(rejection: axum::extract::rejection::BytesRejection) -> Problem {
        match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(rejection.body_text()),
            _ => Problem::bad_request("unreadable", "请求未传完整，请检查网络后重试。", rejection.body_text()),
        }
    }
}
