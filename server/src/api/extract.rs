//! What stands in an address, read so that what cannot be read is a typed problem like every other.

use crate::error::Problem;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use daiban_messages::Both;
use daiban_messages::say::server as say;
use serde::de::DeserializeOwned;

/// The fields of the path.
#[derive(Clone, Copy, Debug)]
pub struct PathFields<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for PathFields<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(fields) = Path::<T>::from_request_parts(parts, state).await?;
        Ok(PathFields(fields))
    }
}

/// The fields of the query.
#[derive(Clone, Copy, Debug)]
pub struct QueryFields<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for QueryFields<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(fields) = Query::<T>::from_request_parts(parts, state).await?;
        Ok(QueryFields(fields))
    }
}

impl From<PathRejection> for Problem {
    fn from(rejection: PathRejection) -> Problem {
        let why = Both::new("", rejection.body_text());
        Problem::said(StatusCode::BAD_REQUEST, "path_unreadable", say::PathUnreadable { why })
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Problem {
        let why = Both::new("", rejection.body_text());
        Problem::said(StatusCode::BAD_REQUEST, "query_unreadable", say::QueryUnreadable { why })
    }
}

/// What the framework itself refused in plain text, as a problem document; pages have their own words and pass untouched.
pub async fn typed(answer: Response) -> Response {
    let media = answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !answer.status().is_client_error() || !media.starts_with("text/plain") {
        return answer;
    }
    Problem::said(answer.status(), "unreadable", say::RequestUnreadable).into_response()
}
