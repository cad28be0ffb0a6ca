//! The days of a seat as somebody types them: last century's year, or the next one's, is a typing error.

use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::calendar::Date;
use daiban_messages::say::command_people as say;

/// The first year in which anybody's seat began.
const YEAR_MIN: i32 = 2000;
/// How far ahead a seat is given, days.
const AHEAD_DAYS_MAX: i64 = 366;
/// How long one lasts, days.
const LASTS_DAYS_MAX: i64 = 20 * 366;

/// Whether a seat may begin and end on these days, told on `today`.
pub(super) fn term_is_plausible(from: Date, until: Option<Date>, today: Date) -> Result<(), Problem> {
    use chrono::Datelike as _;
    let ahead = from.signed_duration_since(today).num_days();
    let lasts = until.map_or(0, |until| until.signed_duration_since(from).num_days());
    let wrong =
        if from.year() < YEAR_MIN || ahead > AHEAD_DAYS_MAX { Some(from) } else { until.filter(|_| lasts > LASTS_DAYS_MAX) };
    let refused = |day| Err(Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "term_implausible", say::TermImplausible { day }));
    wrong.map_or(Ok(()), refused)
}
