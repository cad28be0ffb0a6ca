//! What the district owes as a whole: its weekly report (D4), owed by no case but by the dispatch lead.

use super::rows::{self, Difference, difference};
use super::{by_key, rules_in_force};
use crate::app::App;
use crate::db::sql::duties::{self, DISTRICT};
use crate::db::sql::jobs::Lease;
use crate::db::sql::reports::{self, ReportRow};
use crate::db::sql::{cases, cbor};
use crate::db::{Connection, DbError, OFFICE_WORK, Transaction};
use daiban_core::calendar::{Date, Week, local_date};
use daiban_core::case::{JudgingState, Letter};
use daiban_core::rules::{Duty, RulesInForce, owed_by_district};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The first day a letter of any case was signed and known here: from its week on, weekly reports are owed (W6). Of a letter kept
/// before its 到达 was, the day its case came counts.
pub(crate) fn first_letter(conn: &Connection) -> Result<Option<Date>, DbError> {
    let mut first = None;
    for head in cases::list(conn)? {
        let standing: JudgingState = cbor::read(&head.standing, "standing")?;
        if standing.closed {
            continue;
        }
        let known = |letter: &Letter| letter.signed_on.max(local_date(letter.heard_at.unwrap_or(head.opened_at)));
        first = standing.letters_in_force().map(known).chain(first).min();
    }
    Ok(first)
}

/// The district's duties from the week of the first letter to the current one.
pub fn district_duties(conn: &Connection, rules: &RulesInForce, now: i64) -> Result<Vec<Duty>, DbError> {
    since(conn, first_letter(conn)?, rules, now)
}

fn since(conn: &Connection, first: Option<Date>, rules: &RulesInForce, now: i64) -> Result<Vec<Duty>, DbError> {
    let Some(first) = first else { return Ok(Vec::new()) };
    Ok(owed_by_district(first, &reports::sent(conn)?, rules, now))
}

/// Brings the district's rows to the present, as part of a job if it is one.
pub(super) async fn compute_district(app: &Arc<App>, lease: Option<&Lease>) -> Result<(), DbError> {
    // Every case's head is looked at: not while the writer waits. A letter that comes meanwhile leaves its case to be computed.
    let first = app.run_blocking_in(crate::app::Lane::Jobs, |app| app.db.read(first_letter)).await??;
    let (clock, lease) = (app.clock.clone(), lease.cloned());
    app.db
        .write(move |tx| {
            tx.alone(OFFICE_WORK)?;
            lease.as_ref().map_or(Ok(()), |lease| lease.must_stand(tx))?;
            keep_since(tx, first, clock.now())
        })
        .await
}

/// The same in the transaction of an order of the office's that met one of them.
pub(crate) fn keep_district(tx: &Transaction<'_>, now: i64) -> Result<(), DbError> {
    keep_since(tx, first_letter(tx)?, now)
}

fn keep_since(tx: &Transaction<'_>, first: Option<Date>, now: i64) -> Result<(), DbError> {
    let rules = rules_in_force(tx)?;
    // What was settled by a clock that goes before this one's counts at once all the same.
    let now = rules.since().max(now);
    let owed = by_key(since(tx, first, &rules, now)?);
    let unowed = rows::keep_district(tx, &owed, &rules.plan, now)?;
    withdraw_drafts(tx, &unowed)
}

/// Removes the drafts of weeks that the district owes nothing for any more, unless somebody wrote over them or confirmed them.
fn withdraw_drafts(tx: &Transaction<'_>, unowed: &[String]) -> Result<(), DbError> {
    if unowed.is_empty() {
        return Ok(());
    }
    let weeks: BTreeSet<Week> = unowed.iter().filter_map(|key| key.rsplit('/').next()?.parse().ok()).collect();
    let idle = |report: &ReportRow| report.state == "draft" && weeks.contains(&report.week) && is_unwritten(report);
    let drafts: Vec<ReportRow> = reports::list(tx)?.into_iter().filter(idle).collect();
    drafts.iter().try_for_each(|draft| reports::forget_draft(tx, draft.week, draft.group))?;
    if !drafts.is_empty() {
        tracing::info!(drafts = drafts.len(), "drafts of weeks that owe no report any more are withdrawn");
    }
    Ok(())
}

fn is_unwritten(draft: &ReportRow) -> bool {
    draft.body["notes"].as_object().is_none_or(|notes| notes.values().all(|note| note == ""))
}

/// The first stored duty of the district that is not what its cases and reports say; while cases are still to be computed, or were
/// after it was, it is passed over.
pub fn compare_district(conn: &Connection, rules: &RulesInForce) -> Result<Option<Difference>, DbError> {
    let stored = duties::standing(conn, DISTRICT)?;
    let at = stored.iter().map(|row| row.computed_at).max();
    let newest = cases::newest_computed(conn)?.max(duties::newest(conn)?);
    let waits = !cases::dirty(conn, 0, 1)?.is_empty() || at.is_none_or(|at| newest > at);
    if waits {
        return Ok(None);
    }
    difference(&stored, by_key(district_duties(conn, rules, at.unwrap_or_default())?))
}
