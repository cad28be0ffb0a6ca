//! What the reading handlers share.

use crate::api::extract::PathFields;
use crate::app::{App, CaseGiven, Lane};
use crate::commands::{Part, Rows};
use crate::db::Connection;
use crate::error::Problem;
use axum::Json;
use axum::extract::{FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use daiban_core::ids::IdError;
use daiban_messages::Both;
use daiban_messages::say::server as say;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use std::sync::Arc;

/// Reads away from the threads that answer: folding a case takes milliseconds.
pub(super) async fn read(
    app: Arc<App>,
    work: impl FnOnce(&Connection) -> Result<Value, Problem> + Send + 'static,
) -> Result<Json<Value>, Problem> {
    Ok(Json(app.run_blocking_in(Lane::Office, |app| app.db.read(work)).await??))
}

/// Reads a part of a list. What follows it is named in the `Link` header (RFC 8288), which is missing at the end.
pub(super) async fn read_list(
    app: Arc<App>,
    list: ListPart,
    work: impl FnOnce(&Connection, &Part) -> Result<Rows, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let ListPart { part, path } = list;
    let asked = part.clone();
    let rows = app.run_blocking_in(Lane::Office, move |app| app.db.read(|conn| work(conn, &asked))).await??;
    let link = rows.next().map(|after| {
        let after = utf8_percent_encode(&after, NON_ALPHANUMERIC);
        format!("<{path}?limit={}&after={after}>; rel=\"next\"", part.rows())
    });
    let mut answer = Json(rows.rows).into_response();
    if let Some(link) = link.and_then(|link| HeaderValue::try_from(link).ok()) {
        answer.headers_mut().insert(header::LINK, link);
    }
    Ok(answer)
}

/// `?limit=…&after=…` of a list.
pub struct ListPart {
    part: Part,
    path: String,
}

impl FromRequestParts<Arc<App>> for ListPart {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Problem> {
        let unreadable = |en: String| {
            let why = Both::new("", en);
            Problem::said(StatusCode::BAD_REQUEST, "part_unreadable", say::ListPart { why })
        };
        let Query(part) = Query::<Part>::try_from_uri(&parts.uri).map_err(|error| unreadable(error.body_text()))?;
        if part.limit.is_some_and(|limit| limit != part.rows()) {
            return Err(unreadable("`limit` must lie between 1 and 1000".to_owned()));
        }
        Ok(ListPart { part, path: parts.uri.path().to_owned() })
    }
}

/// The `{id}` of a case, or its number; what is neither is a typed problem, not a bare 400.
pub struct CasePath(pub CaseGiven);

impl FromRequestParts<Arc<App>> for CasePath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let PathFields(id) = PathFields::<String>::from_request_parts(parts, app).await?;
        match id.parse()? {
            CaseGiven::Id(case) if case.to_string() != id => Err(IdError { what: "CaseId", hex_digits: 2 * case.0.len() }.into()),
            given => Ok(CasePath(given)),
        }
    }
}
