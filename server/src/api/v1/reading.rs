//! What the reading handlers share.

use crate::app::App;
use crate::db::Connection;
use crate::error::Problem;
use axum::Json;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use daiban_core::ids::CaseId;
use serde_json::Value;
use std::sync::Arc;

/// Reads away from the threads that answer: folding a case takes milliseconds.
pub(super) async fn read(
    app: Arc<App>,
    work: impl FnOnce(&Connection) -> Result<Value, Problem> + Send + 'static,
) -> Result<Json<Value>, Problem> {
    Ok(Json(app.aside(|app| app.db.read(work)).await??))
}

/// The `{id}` of a case; what is no id is a typed problem, not a bare 400.
pub struct CasePath(pub CaseId);

impl FromRequestParts<Arc<App>> for CasePath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, app).await;
        let Path(id) = path.map_err(|error| Problem::bad_request("bad_id", "项目编号无法读取，请核对。", error.body_text()))?;
        Ok(CasePath(id.parse()?))
    }
}
