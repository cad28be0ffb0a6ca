//! Keeping the duty rows equal to what the rows of the cases say.

use super::batch::{CASES_MAX, Work};
use super::district::compute_district;
use super::rows::{Difference, difference};
use super::telling::{Swept, Telling};
use super::told_rows::told_rows;
use super::{Computed, replay};
use crate::app::{App, ClockState};
use crate::db::sql::cases::{self, CaseHead};
use crate::db::sql::duties::{self, DISTRICT};
use crate::db::sql::jobs::Lease;
use crate::db::{Connection, DbError, Transaction};
use daiban_core::ids::CaseId;
use daiban_core::rules::RulesInForce;
use futures_util::{StreamExt, stream};
use std::sync::Arc;

/// Batches in hand at once: one is read and computed while another is stored.
const BATCHES_IN_HAND: usize = 2;
/// How often a case is computed that gets rows meanwhile, before it is left to the watch.
const TRIES: usize = 3;

/// Computes every case with rows that no duty was computed from, and then what the district owes. Tells how many cases there were; none
/// by a clock that is not right.
///
/// Nodes that share a store each begin somewhere else, so that they seldom compute the same case; if they do, the second one finds
/// nothing to change.
pub async fn compute_dirty(app: &Arc<App>) -> Result<u64, DbError> {
    if app.clock_state() != ClockState::Right {
        return Ok(0);
    }
    let first = if app.db.is_shared() { i64::from_be_bytes(crate::random::bytes()) & i64::MAX } else { 0 };
    let work = Work { app: app.clone(), lease: None, telling: None };
    let mut done = 0;
    loop {
        let heads = app.db.read(|conn| cases::dirty(conn, first, CASES_MAX))?;
        let last = heads.len() < CASES_MAX as usize;
        done += heads.len() as u64;
        let stored = work.done(heads).await?.stored;
        if last || stored == 0 {
            break;
        }
    }
    if done > 0 {
        compute_district(app, None).await?;
    }
    Ok(done)
}

/// Computes every case, dirty or not: what time alone moves. `progress` hears how many of how many are done.
pub async fn compute_all(app: &Arc<App>, progress: impl FnMut(u64, u64)) -> Result<u64, DbError> {
    let ids = app.db.read(cases::ids)?;
    Ok(compute_these(app, ids, None, None, progress).await?.cases)
}

/// Computes some cases, and then what the district owes; as part of a job, if there is one: it stops at the first cases after the job
/// was taken over. `telling` makes the notices of each case while it is in hand, so that no case is read twice.
pub(super) async fn compute_these(
    app: &Arc<App>,
    ids: Vec<CaseId>,
    lease: Option<&Lease>,
    telling: Option<&Arc<Telling>>,
    mut progress: impl FnMut(u64, u64),
) -> Result<Swept, DbError> {
    let work = Work { app: app.clone(), lease: lease.cloned(), telling: telling.cloned() };
    let mut swept = Swept { cases: ids.len() as u64, ..Swept::default() };
    let chunks: Vec<Vec<CaseId>> = ids.chunks(CASES_MAX as usize).map(<[CaseId]>::to_vec).collect();
    let in_hand = chunks.into_iter().map(|chunk| compute_chunk(work.clone(), chunk));
    let mut in_hand = stream::iter(in_hand).buffer_unordered(BATCHES_IN_HAND);
    let mut done = 0;
    while let Some(chunk) = in_hand.next().await {
        let (cases, told) = chunk?;
        swept.add(told);
        done += cases;
        progress(done, swept.cases);
    }
    compute_district(app, lease).await?;
    Ok(swept)
}

/// Tells how many cases it were, and what was told of them.
async fn compute_chunk(work: Work, chunk: Vec<CaseId>) -> Result<(u64, Swept), DbError> {
    let (cases, mut told, mut left) = (chunk.len() as u64, Swept::default(), chunk);
    for _ in 0..TRIES {
        let heads = work.app.db.read(|conn| heads(conn, &left))?;
        let batch = work.done(heads).await?;
        told.add(batch.told);
        left = batch.missed;
        if left.is_empty() {
            break;
        }
    }
    Ok((cases, told))
}

fn heads(conn: &Connection, ids: &[CaseId]) -> Result<Vec<CaseHead>, DbError> {
    ids.iter().filter_map(|id| cases::find(conn, *id).transpose()).collect()
}

/// Deletes every standing duty row and computes it again; closed rows, the trace, stay.
pub async fn rebuild(app: &Arc<App>) -> Result<u64, DbError> {
    let forget = |tx: &Transaction<'_>| {
        duties::forget_standing(tx, DISTRICT)?;
        cases::list(tx)?.iter().try_for_each(|head| duties::forget_standing(tx, head.no))?;
        cases::forget_computed(tx)
    };
    app.db.write(forget).await?;
    compute_all(app, |_, _| ()).await
}

/// What a case owes at a moment, from its rows; reads only.
pub fn compute_case(conn: &Connection, head: &CaseHead, rules: &RulesInForce, now: i64) -> Result<Computed, DbError> {
    Ok(replay(head.id, &told_rows(conn, head)?, rules, now))
}

/// The first stored duty of a case that is not what its rows say; a case still to be computed is passed over.
pub fn compare(conn: &Connection, head: &CaseHead, rules: &RulesInForce) -> Result<Option<Difference>, DbError> {
    if head.computed < head.sequence {
        return Ok(None);
    }
    let stored = duties::standing(conn, head.no)?;
    // A head that an earlier version wrote does not say; then every row does.
    let of_rows = || stored.iter().map(|row| row.computed_at).max().unwrap_or(head.opened_at);
    let at = head.computed_at.unwrap_or_else(of_rows);
    difference(&stored, compute_case(conn, head, rules, at)?.duties)
}
