//! `GET /v1/workdays/…` and `GET /v1/weeks/{week}`: the calendar, as the command line answers it.

use super::get_report::week_of;
use crate::api::extract::{PathFields, QueryFields};
use crate::app::{App, Lane};
use crate::commands::dates::{add_document, between_document, check_document, week_document};
use crate::error::Problem;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use daiban_core::calendar::{Calendar, CountError, Date, DateError, parse_date};
use daiban_messages::say::server as say;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// `?start=…&n=…`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Add {
    start: String,
    n: i64,
}

/// `?from=…&to=…&closed=…`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Between {
    from: String,
    to: String,
    #[serde(default)]
    closed: bool,
}

/// How far apart the two dates of `between` may be, in days: about as long as the longest count, twenty years.
const SPAN_DAYS_MAX: i64 = 7_400;

/// A date as programs write it, `2026-02-09`.
fn date(text: &str) -> Result<Date, Problem> {
    let error = match parse_date(text) {
        Ok(date) if date.to_string() == text => return Ok(date),
        Ok(_) => DateError::Unreadable { raw: text.to_owned() },
        Err(error) => error,
    };
    let (zh, en) = (format!("{}。", error.zh()), error.to_string());
    let problem = match error {
        DateError::Unreadable { .. } => Problem::bad_request("date_unreadable", zh, en),
        DateError::Impossible { .. } => Problem::unprocessable("date_impossible", zh, en),
        DateError::YearOutside { .. } => Problem::unprocessable("date_year_outside", zh, en),
    };
    Err(problem.with("raw", text))
}

/// The calendar in force, read as anybody's question: never in a phone's place.
async fn calendar(app: &Arc<App>) -> Result<Calendar, Problem> {
    Ok(app.run_blocking_in(Lane::Public, App::calendar).await??)
}

/// The n-th working day from a start.
pub async fn get_workdays_add(
    State(app): State<Arc<App>>,
    QueryFields(question): QueryFields<Add>,
) -> Result<Json<Value>, Problem> {
    let refused = |error: CountError| Problem::bad_request("count", error.zh(), error.to_string());
    Ok(Json(add_document(&calendar(&app).await?, date(&question.start)?, question.n).map_err(refused)?))
}

/// The working days between two dates.
pub async fn get_workdays_between(
    State(app): State<Arc<App>>,
    QueryFields(question): QueryFields<Between>,
) -> Result<Json<Value>, Problem> {
    let (from, to) = (date(&question.from)?, date(&question.to)?);
    if (to - from).num_days() > SPAN_DAYS_MAX {
        return Err(Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "span_too_long", say::SpanTooLong { days: SPAN_DAYS_MAX }));
    }
    Ok(Json(between_document(&calendar(&app).await?, from, to, question.closed)))
}

/// Whether a date is a working day, and why.
pub async fn get_workdays_check(
    State(app): State<Arc<App>>,
    PathFields(day): PathFields<String>,
) -> Result<Json<Value>, Problem> {
    Ok(Json(check_document(&calendar(&app).await?, date(&day)?)))
}

/// What a reporting week owes.
pub async fn get_week(State(app): State<Arc<App>>, PathFields(week): PathFields<String>) -> Result<Json<Value>, Problem> {
    let week = week_of(&week)?;
    let found = app.run_blocking(|app| app.db.read(|conn| app.reference(conn))).await??;
    Ok(Json(week_document(&found.calendar, &found.plan, &found.numbers, week)))
}
