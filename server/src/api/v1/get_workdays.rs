//! `GET /v1/workdays/…` and `GET /v1/weeks/{week}`: the calendar, as the command line answers it.

use super::get_report::week_of;
use crate::app::{App, Lane};
use crate::commands::dates::{add_document, between_document, check_document, week_document};
use crate::error::Problem;
use axum::Json;
use axum::extract::{Path, Query, State};
use daiban_core::calendar::{Calendar, CountError, Date, DateError, parse_date};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// `?start=…&n=…`
#[derive(Debug, Deserialize)]
pub struct Add {
    start: String,
    n: i64,
}

/// `?from=…&to=…&closed=…`
#[derive(Debug, Deserialize)]
pub struct Between {
    from: String,
    to: String,
    #[serde(default)]
    closed: bool,
}

fn date(text: &str) -> Result<Date, Problem> {
    parse_date(text).map_err(|error: DateError| {
        Problem::bad_request("date_impossible", format!("{}。", error.zh()), error.to_string()).with("raw", text)
    })
}

/// The calendar in force, read as anybody's question: never in a phone's place.
async fn calendar(app: &Arc<App>) -> Result<Calendar, Problem> {
    Ok(app.aside_in(Lane::Public, App::calendar).await??)
}

/// The n-th working day from a start.
pub async fn get_workdays_add(State(app): State<Arc<App>>, Query(question): Query<Add>) -> Result<Json<Value>, Problem> {
    let refused = |error: CountError| Problem::bad_request("count", error.zh(), error.to_string());
    Ok(Json(add_document(&calendar(&app).await?, date(&question.start)?, question.n).map_err(refused)?))
}

/// The working days between two dates.
pub async fn get_workdays_between(State(app): State<Arc<App>>, Query(question): Query<Between>) -> Result<Json<Value>, Problem> {
    let (from, to) = (date(&question.from)?, date(&question.to)?);
    Ok(Json(between_document(&calendar(&app).await?, from, to, question.closed)))
}

/// Whether a date is a working day, and why.
pub async fn get_workdays_check(State(app): State<Arc<App>>, Path(day): Path<String>) -> Result<Json<Value>, Problem> {
    Ok(Json(check_document(&calendar(&app).await?, date(&day)?)))
}

/// What a reporting week owes.
pub async fn get_week(State(app): State<Arc<App>>, Path(week): Path<String>) -> Result<Json<Value>, Problem> {
    Ok(Json(week_document(&calendar(&app).await?, week_of(&week)?)))
}
