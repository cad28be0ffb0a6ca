//! Keeping the duty rows equal to what the rows of the cases say.

use super::district::compute_district;
use super::rows::{Difference, difference, keep};
use super::telling::{Swept, Telling, tell};
use super::{Computed, replay, rules_in_force};
use crate::app::{App, ClockState, Lane};
use crate::clock::Clock;
use crate::db::sql::cases::{self, CaseHead};
use crate::db::sql::duties::{self, DISTRICT};
use crate::db::sql::editions::{self, Eras};
use crate::db::sql::jobs::Lease;
use crate::db::sql::notices::Notice;
use crate::db::sql::rows;
use crate::db::{Connection, DbError, Transaction};
use crate::ledger::read_fact;
use daiban_core::case::CaseEvent;
use daiban_core::ids::CaseId;
use daiban_core::rules::RulesInForce;
use std::sync::Arc;

/// Cases read and computed at once.
const BATCH_CASES: u32 = 32;
/// How often a case is computed that gets rows meanwhile, before it is left to the watch.
const TRIES: usize = 3;
/// What was computed so long ago is not stored: the process stood still meanwhile, and somebody else may have gone on.
const STALE_SECONDS: i64 = 600;

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
    let mut done = 0;
    loop {
        let heads = app.db.read(|conn| cases::dirty(conn, first, BATCH_CASES))?;
        let last = heads.len() < BATCH_CASES as usize;
        done += heads.len() as u64;
        let stored = batch(app, heads, None, None).await?.stored;
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
    Ok(compute_all_in(app, None, None, progress).await?.cases)
}

/// [`compute_all`] as part of a job, if there is one: it stops at the first case after the job was taken over. `telling` makes the notices
/// of each case while it is in hand, so that no case is read twice.
pub(super) async fn compute_all_in(
    app: &Arc<App>,
    lease: Option<&Lease>,
    telling: Option<&Arc<Telling>>,
    mut progress: impl FnMut(u64, u64),
) -> Result<Swept, DbError> {
    let ids: Vec<CaseId> = app.db.read(cases::ids)?;
    let mut swept = Swept { cases: ids.len() as u64, ..Swept::default() };
    let mut done = 0;
    for chunk in ids.chunks(BATCH_CASES as usize) {
        let mut left = chunk.to_vec();
        for _ in 0..TRIES {
            let heads = app.db.read(|conn| heads(conn, &left))?;
            let batch = batch(app, heads, lease, telling).await?;
            swept.add(batch.told);
            left = batch.missed;
            if left.is_empty() {
                break;
            }
        }
        done += chunk.len() as u64;
        progress(done, swept.cases);
    }
    compute_district(app, lease).await?;
    Ok(swept)
}

fn heads(conn: &Connection, ids: &[CaseId]) -> Result<Vec<CaseHead>, DbError> {
    ids.iter().filter_map(|id| cases::find(conn, *id).transpose()).collect()
}

/// Deletes every standing duty row and computes it again; closed rows, the trace, stay.
pub async fn rebuild(app: &Arc<App>) -> Result<u64, DbError> {
    let forget = |tx: &Transaction<'_>| {
        duties::forget_standing(tx, DISTRICT)?;
        cases::list(tx)?.iter().try_for_each(|head| duties::forget_standing(tx, head.no))
    };
    app.db.write(forget).await?;
    compute_all(app, |_, _| ()).await
}

/// What came of some cases.
struct Batch {
    stored: u64,
    /// Those that got rows while they were computed.
    missed: Vec<CaseId>,
    told: Swept,
}

/// Reads and computes away from the writer, then writes, each case in a transaction of its own. A case that got rows meanwhile is left
/// dirty for the next look; one that cannot be read keeps nobody else from being computed.
async fn batch(
    app: &Arc<App>,
    heads: Vec<CaseHead>,
    lease: Option<&Lease>,
    telling: Option<&Arc<Telling>>,
) -> Result<Batch, DbError> {
    let (lease, telling) = (lease.cloned(), telling.cloned());
    let compute = move |app: &App| {
        app.db.read(|conn| {
            // Asked first: what is read afterwards is at least as new.
            let counted_by = editions::version(conn)?.eras;
            let rules = rules_in_force(conn)?;
            // What was settled by a clock that goes before this one's counts at once all the same.
            let now = rules.since().max(app.now());
            let owed = |head: CaseHead| {
                let in_hand = told_rows(conn, &head).and_then(|rows| {
                    let computed = replay(head.id, &rows, &rules, now);
                    let tell = |telling: &Arc<Telling>| telling.of_case(conn, &head, &computed, &rows, &rules, now);
                    let notices = telling.as_ref().map(tell).transpose()?.unwrap_or_default();
                    Ok((computed, notices))
                });
                let (clock, lease) = (app.clock.clone(), lease.clone());
                let in_hand = readable(&head, in_hand)?;
                Ok(in_hand.map(|(computed, notices)| Owed { head, computed, notices, counted_by, now, clock, lease }))
            };
            heads.into_iter().filter_map(|head| owed(head).transpose()).collect::<Result<Vec<_>, DbError>>()
        })
    };
    let computed = app.run_blocking_in(Lane::Jobs, compute).await??;
    let keep = |owed: Owed| (owed.head.id, app.db.submit(move |tx| owed.store_if_current(tx)));
    let kept: Vec<_> = computed.into_iter().map(keep).collect();
    let mut batch = Batch { stored: 0, missed: Vec::new(), told: Swept::default() };
    for (case, done) in kept {
        match done.await? {
            Some(told) => {
                batch.stored += 1;
                batch.told.add(told);
            }
            None => batch.missed.push(case),
        }
    }
    Ok(batch)
}

/// What came of a case; `None`, with a word in the log, if what is stored of it cannot be read. Proving the store names it.
pub(super) fn readable<T>(head: &CaseHead, done: Result<T, DbError>) -> Result<Option<T>, DbError> {
    match done {
        Err(DbError::Corrupt(what)) => {
            tracing::error!(case = %head.id, what, "the case cannot be read; run `daiban verify`");
            Ok(None)
        }
        done => done.map(Some),
    }
}

/// What a case owes, and what that was computed from.
struct Owed {
    head: CaseHead,
    computed: Computed,
    /// What the sweep tells of it.
    notices: Vec<Notice>,
    counted_by: Eras,
    now: i64,
    clock: Clock,
    lease: Option<Lease>,
}

impl Owed {
    /// One case, one transaction, with what is told of it; `None` if it got rows since it was computed, if that was long ago, or if
    /// another calendar or policy came into force: then every case is computed again ([`super::run`]).
    fn store_if_current(&self, tx: &Transaction<'_>) -> Result<Option<Swept>, DbError> {
        let current = cases::hold(tx, self.head.id)?.is_some_and(|current| current.sequence == self.head.sequence);
        self.lease.as_ref().map_or(Ok(()), |lease| lease.must_stand(tx))?;
        let stale = self.clock.now().saturating_sub(self.now) > STALE_SECONDS;
        if !current || stale || editions::version(tx)?.eras != self.counted_by {
            return Ok(None);
        }
        store(tx, &self.head, &self.computed, self.now)?;
        tell(tx, &self.notices).map(Some)
    }
}

/// What a case owes at a moment, from its rows; reads only.
pub fn compute_case(conn: &Connection, head: &CaseHead, rules: &RulesInForce, now: i64) -> Result<Computed, DbError> {
    Ok(replay(head.id, &told_rows(conn, head)?, rules, now))
}

/// What the rows of a case say.
fn told_rows(conn: &Connection, head: &CaseHead) -> Result<Vec<CaseEvent>, DbError> {
    let mut told: Vec<CaseEvent> = Vec::new();
    // Row by row: the bytes of a large case are never all in memory beside what they say.
    rows::walk(conn, head.no, 0, |row| {
        told.extend(CaseEvent::row(&row, read_fact(&row)));
        Ok(true)
    })?;
    Ok(told)
}

/// The first stored duty of a case that is not what its rows say; a case still to be computed is passed over.
pub fn compare(conn: &Connection, head: &CaseHead, rules: &RulesInForce) -> Result<Option<Difference>, DbError> {
    if head.computed < head.sequence {
        return Ok(None);
    }
    let stored = duties::standing(conn, head.no)?;
    let at = stored.iter().map(|row| row.computed_at).max().unwrap_or(head.opened_at);
    difference(&stored, compute_case(conn, head, rules, at)?.duties)
}

fn store(tx: &Transaction<'_>, head: &CaseHead, computed: &Computed, now: i64) -> Result<(), DbError> {
    keep(tx, head.no, &computed.duties, &computed.view.roster, now)?;
    cases::set_computed(tx, head.no, head.sequence)
}
