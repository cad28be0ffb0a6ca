//! `GET /v1/reports/{week}` and `GET /v1/reports/{week}/{group}`: one report, whole.

use super::read;
use crate::app::App;
use crate::auth::Office;
use crate::commands::view::report_show;
use crate::error::Problem;
use axum::Json;
use axum::extract::{Path, State};
use daiban_core::calendar::{Week, WeekError};
use daiban_core::people::{Group, UnknownName};
use serde_json::Value;
use std::sync::Arc;

/// The district's.
pub async fn get_report(State(app): State<Arc<App>>, _: Office, Path(week): Path<String>) -> Result<Json<Value>, Problem> {
    let week = week_of(&week)?;
    read(app, move |conn| report_show(conn, week, None)).await
}

/// A group's.
pub async fn get_group_report(
    State(app): State<Arc<App>>,
    _: Office,
    Path((week, group)): Path<(String, String)>,
) -> Result<Json<Value>, Problem> {
    let week = week_of(&week)?;
    let unknown = |error: UnknownName| Problem::bad_request("name_unknown", error.zh(), error.to_string());
    let group: Group = group.parse().map_err(unknown)?;
    read(app, move |conn| report_show(conn, week, Some(group))).await
}

pub(super) fn week_of(text: &str) -> Result<Week, Problem> {
    text.parse().map_err(|error: WeekError| Problem::bad_request("week_unreadable", error.zh(), error.to_string()))
}
