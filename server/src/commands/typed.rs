//! Fields as people type them.

use crate::app::{CaseGiven, GroupGiven};
use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::calendar::{Date, DateError, Week, WeekError, local_midnight, parse_date};
use daiban_core::ids::{IdError, PersonId};
use daiban_core::people::{UnitKind, UnknownName};
use daiban_messages::say::command as say;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::str::FromStr;

const HOUR: i64 = 3600;
/// The first moment with ten digits, in 2001.
const SECONDS_MIN: i64 = 1_000_000_000;

/// What was typed and cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.detail)]
pub struct Mistyped(pub Problem);

impl From<DateError> for Mistyped {
    fn from(error: DateError) -> Mistyped {
        let code = match &error {
            DateError::Impossible { .. } => "date_impossible",
            DateError::YearOutside { .. } => "date_year_outside",
            DateError::Unreadable { .. } => "date_unreadable",
        };
        let problem = Problem::bad_request(code, format!("{}。", error.zh()), error.to_string());
        Mistyped(problem.with("raw", error.raw()).with("date", json!(null)))
    }
}

impl From<WeekError> for Mistyped {
    fn from(error: WeekError) -> Mistyped {
        let (WeekError::Unreadable { raw } | WeekError::NoSuchWeek { raw }) = &error;
        Mistyped(Problem::bad_request("week_unreadable", error.zh(), error.to_string()).with("raw", raw.as_str()))
    }
}

/// An id in hex.
pub(super) fn id<T: FromStr<Err = IdError>>(text: &str) -> Result<T, Mistyped> {
    text.parse().map_err(|error: IdError| Mistyped(error.into()))
}

/// A case, by its id or by its number as people write it.
pub(super) fn case(text: &str) -> Result<CaseGiven, Mistyped> {
    text.parse().map_err(|_| Mistyped(Problem::said(StatusCode::BAD_REQUEST, "bad_id", say::CaseUnreadable { text })))
}

/// A case, or a new one.
#[derive(Clone, Copy, Debug)]
pub struct CaseOrNew(pub Option<CaseGiven>);

/// A case's number or id, or `new`.
pub(super) fn case_or_new(text: &str) -> Result<CaseOrNew, Mistyped> {
    if text == "new" { Ok(CaseOrNew(None)) } else { case(text).map(|case| CaseOrNew(Some(case))) }
}

/// Somebody's id; whether there is such a person only the server knows.
pub(super) fn person(text: &str) -> Result<PersonId, Infallible> {
    Ok(PersonId::from(text))
}

/// A name of a list, such as a role or a group.
pub(super) fn named<T: FromStr<Err = UnknownName>>(text: &str) -> Result<T, Mistyped> {
    text.parse().map_err(|error: UnknownName| Mistyped(Problem::bad_request("name_unknown", error.zh(), error.to_string())))
}

/// A working group by any of its names; whether the district has it only the server knows.
pub(super) fn group(text: &str) -> Result<GroupGiven, Infallible> {
    Ok(GroupGiven(text.to_owned()))
}

/// What sort of unit.
pub(super) fn unit_kind(text: &str) -> Result<UnitKind, Mistyped> {
    serde_json::from_value(Value::String(text.to_owned()))
        .map_err(|_| Mistyped(Problem::said(StatusCode::BAD_REQUEST, "name_unknown", say::UnitKindUnknown { text })))
}

/// A reporting week.
pub(super) fn week(text: &str) -> Result<Week, Mistyped> {
    Ok(text.parse()?)
}

/// A date.
pub(super) fn date(text: &str) -> Result<Date, Mistyped> {
    Ok(parse_date(text)?)
}

/// The first instant of a date, or Unix seconds.
pub(super) fn day_begins(text: &str) -> Result<i64, Mistyped> {
    moment(text, 0)
}

/// Noon of a date, or Unix seconds.
pub(super) fn noon(text: &str) -> Result<i64, Mistyped> {
    moment(text, 12)
}

/// The end of a date, or Unix seconds.
pub(super) fn day_ends(text: &str) -> Result<i64, Mistyped> {
    moment(text, 24)
}

/// A moment: a date at that hour in Asia/Shanghai, or Unix seconds.
fn moment(text: &str, hour: i64) -> Result<i64, Mistyped> {
    match text.parse::<i64>() {
        // Fewer digits are a year or a day that somebody left unfinished, not a moment in 1970.
        Ok(seconds) if seconds >= SECONDS_MIN => Ok(seconds),
        _ => Ok(local_midnight(date(text)?) + hour * HOUR),
    }
}

/// JSON.
pub(super) fn json(text: &str) -> Result<Value, Mistyped> {
    serde_json::from_str(text)
        .map_err(|why| Mistyped(Problem::said(StatusCode::BAD_REQUEST, "not_json", say::JsonUnreadable { why })))
}

/// JSON in a file.
pub(super) fn json_file(path: &str) -> Result<Value, Mistyped> {
    let text = std::fs::read_to_string(path)
        .map_err(|why| Mistyped(Problem::said(StatusCode::BAD_REQUEST, "file", say::FileUnreadable { path, why })))?;
    json(&text)
}
