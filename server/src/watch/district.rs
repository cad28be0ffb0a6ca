//! What the district owes as a whole: its weekly report (D4), owed by no case but by the dispatch lead.

use super::rows::{Difference, difference, keep};
use super::{Era, eras};
use crate::app::App;
use crate::db::sql::duties::{self, DISTRICT};
use crate::db::sql::jobs::Turn;
use crate::db::sql::{cases, cbor, reports};
use crate::db::{Connection, DbError, OFFICE_WORK, Transaction};
use daiban_core::calendar::Date;
use daiban_core::case::Standing;
use daiban_core::rules::{Duty, owed_by_district};
use std::collections::BTreeMap;
use std::sync::Arc;

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
    since(conn, first_letter(conn)?, eras, now)
}

fn since(conn: &Connection, first: Option<Date>, eras: &[Era], now: i64) -> Result<Vec<Duty>, DbError> {
    let Some(first) = first else { return Ok(Vec::new()) };
    Ok(owed_by_district(first, &reports::sent(conn)?, eras, now))
}

/// Brings the district's rows to the present, as part of a job if it is one.
pub(super) async fn compute_district(app: &Arc<App>, turn: Option<&Turn>) -> Result<(), DbError> {
    // Every case's head is looked at: not while the writer waits. A letter that comes meanwhile leaves its case to be computed.
    let first = app.aside_in(crate::app::Lane::Jobs, |app| app.db.read(first_letter)).await??;
    let (clock, turn) = (app.clock.clone(), turn.cloned());
    app.db
        .write(move |tx| {
            tx.alone(OFFICE_WORK)?;
            turn.as_ref().map_or(Ok(()), |turn| turn.must_stand(tx))?;
            keep_since(tx, first, clock.now())
        })
        .await
}

/// The same in the transaction of an order of the office's that met one of them.
pub(crate) fn keep_district(tx: &Transaction<'_>, now: i64) -> Result<(), DbError> {
    keep_since(tx, first_letter(tx)?, now)
}

fn keep_since(tx: &Transaction<'_>, first: Option<Date>, now: i64) -> Result<(), DbError> {
    let eras = eras(tx)?;
    // What was settled by a clock that goes before this one's counts at once all the same.
    let now = eras.last().map_or(now, |newest| newest.since.max(now));
    let owed = since(tx, first, &eras, now)?.into_iter().map(|duty| (duty.key.clone(), duty)).collect();
    keep(tx, DISTRICT, &owed, now)
}

/// The first stored duty of the district that is not what its cases and reports say; while cases are still to be computed, or were
/// after it was, it is passed over.
pub fn compare_district(conn: &Connection, eras: &[Era]) -> Result<Option<Difference>, DbError> {
    let stored = duties::standing(conn, DISTRICT)?;
    let at = stored.iter().map(|row| row.computed_at).max();
    let waits = !cases::dirty(conn, 0, 1)?.is_empty() || at.is_none_or(|at| duties::newest(conn).is_ok_and(|newest| newest > at));
    if waits {
        return Ok(None);
    }
    let owed = district_duties(conn, eras, at.unwrap_or_default())?;
    let owed: BTreeMap<String, Duty> = owed.into_iter().map(|duty| (duty.key.clone(), duty)).collect();
    difference(&stored, owed)
}
