//! `GET /v1/reports/{week}` and `GET /v1/reports/{week}/{group}`: one report, whole.

use super::read;
use crate::api::extract::PathFields;
use crate::app::App;
use crate::auth::Office;
use crate::commands::view::report_show;
use crate::error::Problem;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use daiban_core::calendar::{Week, WeekError};
use daiban_core::people::Group;
use daiban_messages::Both;
use daiban_messages::say::server as say;
use serde_json::Value;
use std::sync::Arc;

/// The district's.
pub async fn get_report(
    State(app): State<Arc<App>>,
    _: Office,
    PathFields(week): PathFields<String>,
) -> Result<Json<Value>, Problem> {
    let week = week_of(&week)?;
    read(app, move |conn| report_show(conn, week, None)).await
}

/// A group's.
pub async fn get_group_report(
    State(app): State<Arc<App>>,
    _: Office,
    PathFields((week, group)): PathFields<(String, String)>,
) -> Result<Json<Value>, Problem> {
    let week = week_of(&week)?;
    let group = group_of(&group)?;
    read(app, move |conn| report_show(conn, week, Some(group))).await
}

fn group_of(id: &str) -> Result<Group, Problem> {
    let groups = Group::all();
    groups.into_iter().find(|group| group.id() == id).ok_or_else(|| {
        let ids = groups.map(|group| Both::new(group.id(), group.id()));
        Problem::said(StatusCode::BAD_REQUEST, "name_unknown", say::GroupUnknown { groups: Both::listed(&ids) }).with("raw", id)
    })
}

/// A week as programs write it, `2026-W47`.
pub(super) fn week_of(text: &str) -> Result<Week, Problem> {
    match text.parse::<Week>() {
        Ok(week) if week.to_string() == text => Ok(week),
        Err(error @ WeekError::NoSuchWeek { .. }) => {
            Err(Problem::unprocessable("no_such_week", error.zh(), error.to_string()).with("raw", text))
        }
        Ok(_) | Err(WeekError::Unreadable { .. }) => {
            let error = WeekError::Unreadable { raw: text.to_owned() };
            Err(Problem::bad_request("week_unreadable", error.zh(), error.to_string()).with("raw", text))
        }
    }
}
