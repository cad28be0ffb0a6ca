//! D4: the district's weekly report, owed by no case but by the dispatch lead.

use super::Era;
use crate::db::sql::{cases, cbor, reports};
use crate::db::{Connection, DbError};
use daiban_core::calendar::{Date, Week, local_date};
use daiban_core::case::Standing;
use daiban_core::rules::{Duty, district_duty};

/// The first day a letter of any case was signed: from its week on, weekly reports are owed (W6).
pub(crate) fn first_letter(conn: &Connection) -> Result<Option<Date>, DbError> {
    let mut first = None;
    for head in cases::list(conn)? {
        let standing: Standing = cbor::read(&head.standing, "standing")?;
        let signed = standing.letters.iter().map(|letter| letter.signed_on).min();
        first = match (first, signed) {
            (Some(a), Some(b)) => Some(std::cmp::min::<Date>(a, b)),
            (a, b) => a.or(b),
        };
    }
    Ok(first)
}

/// The district's duties from the week of the first letter to the current one.
pub fn district_duties(conn: &Connection, eras: &[Era], now: i64) -> Result<Vec<Duty>, DbError> {
    let (Some(first), Some(era)) = (first_letter(conn)?, eras.last()) else { return Ok(Vec::new()) };
    let last = Week::of(local_date(now));
    let weeks = std::iter::successors(Some(Week::of(first)), |week| Some(week.next()).filter(|next| next > week));
    let mut duties = Vec::new();
    for week in weeks.take_while(|week| *week <= last) {
        let sent_at = reports::find(conn, week, None)?.and_then(|report| report.sent_at);
        duties.extend(district_duty(week, sent_at, &era.calendar, &era.policy, now));
    }
    Ok(duties)
}
