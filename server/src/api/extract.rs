//! What stands in an address, read so that what cannot be read is a typed problem like every other.

use crate::error::Problem;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
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
        Problem::bad_request("path_unreadable", "地址无法读取，请核对后重试。", rejection.body_text())
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Problem {
        let detail = "查询参数缺少、多余或无法读取，请核对地址中“?”后面的内容。";
        Problem::bad_request("query_unreadable", detail, rejection.body_text())
    }
}

/// What the framework itself refused in plain text, as a problem document; pages have their own words and pass untouched.
pub async fn typed(answer: Response) -> Response {
    let media = answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !answer.status().is_client_error() || !media.starts_with("text/plain") {
        return answer;
    }
    let detail = "请求无法读取，请核对地址和内容后重试。";
    Problem::new(answer.status(), "unreadable", detail, "the request cannot be read").into_response()
}
