//! Keeping the duty rows equal to what the rows of the cases say.

use super::{Computed, Era, eras, replay};
use crate::app::{App, ClockState, Lane};
use crate::clock::Clock;
use crate::db::sql::cases::{self, CaseHead};
use crate::db::sql::duties::{self, DutyRow, NewDuty};
use crate::db::sql::editions::{self, Eras};
use crate::db::sql::jobs::Turn;
use crate::db::sql::rows;
use crate::db::{Connection, DbError, Transaction};
use crate::ledger::read_fact;
use daiban_core::case::Told;
use daiban_core::ids::CaseId;
use daiban_core::rules::Duty;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Cases read and computed at once.
const BATCH_CASES: u32 = 32;
/// What was computed so long ago is not stored: the process stood still meanwhile, and somebody else may have gone on.
const STALE_SECONDS: i64 = 600;

/// The first difference between a stored duty and the computed one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseDiff {
    /// The case.
    pub case: CaseId,
    /// The duty's key.
    pub key: String,
    /// What differs.
    pub what: &'static str,
}

/// Computes every case with rows that no duty was computed from. Tells how many there were; none by a clock that is not right.
///
/// Nodes that share a store each begin somewhere else, so that they seldom compute the same case; if they do, the second one finds
/// nothing to change.
pub async fn compute_dirty(app: &Arc<App>) -> Result<u64, DbError> {
    if app.clock_state() != ClockState::Right {
        return Ok(0);
    }
    let first = if app.db.is_shared() { i64::from_be_bytes(crate::chance::bytes()) & i64::MAX } else { 0 };
    let mut done = 0;
    loop {
        let heads = app.db.read(|conn| cases::dirty(conn, first, BATCH_CASES))?;
        let last = heads.len() < BATCH_CASES as usize;
        done += heads.len() as u64;
        let stored = batch(app, heads, None).await?;
        if last || stored == 0 {
            return Ok(done);
        }
    }
}

/// Computes every case, dirty or not: what time alone moves. `progress` hears how many of how many are done.
pub async fn compute_all(app: &Arc<App>, progress: impl FnMut(u64, u64)) -> Result<u64, DbError> {
    compute_all_in(app, None, progress).await
}

/// [`compute_all`] as part of a job, if there is one: it stops at the first case after the job was taken over.
pub(super) async fn compute_all_in(
    app: &Arc<App>,
    turn: Option<&Turn>,
    mut progress: impl FnMut(u64, u64),
) -> Result<u64, DbError> {
    let heads = app.db.read(cases::list)?;
    let total = heads.len() as u64;
    let mut done = 0;
    for chunk in heads.chunks(BATCH_CASES as usize) {
        batch(app, chunk.to_vec(), turn).await?;
        done += chunk.len() as u64;
        progress(done, total);
    }
    Ok(total)
}

/// Deletes every standing duty row and computes it again; closed rows, the trace, stay.
pub async fn rebuild(app: &Arc<App>) -> Result<u64, DbError> {
    let forget = |tx: &Transaction<'_>| cases::list(tx)?.iter().try_for_each(|head| duties::forget_standing(tx, head.no));
    app.db.write(forget).await?;
    compute_all(app, |_, _| ()).await
}

/// Reads and computes away from the writer, then writes. A case that got rows meanwhile is left dirty for the next look; one that
/// cannot be read keeps nobody else from being computed.
async fn batch(app: &Arc<App>, heads: Vec<CaseHead>, turn: Option<&Turn>) -> Result<u64, DbError> {
    let turn = turn.cloned();
    let compute = move |app: &App| {
        app.db.read(|conn| {
            // Asked first: what is read afterwards is at least as new.
            let counted_by = editions::version(conn)?.eras;
            let eras = eras(conn)?;
            // What was settled by a clock that goes before this one's counts at once all the same.
            let now = eras.last().map_or(app.now(), |newest| newest.since.max(app.now()));
            let owed = |head: CaseHead| {
                let duties = readable(&head, compute_case(conn, &head, &eras, now))?.map(|computed| computed.duties);
                let (clock, turn) = (app.clock.clone(), turn.clone());
                Ok(duties.map(|duties| Owed { head, duties, counted_by, now, clock, turn }))
            };
            heads.into_iter().filter_map(|head| owed(head).transpose()).collect::<Result<Vec<_>, DbError>>()
        })
    };
    let computed = app.aside_in(Lane::Jobs, compute).await??;
    let kept: Vec<_> = computed.into_iter().map(|owed| app.db.submit(move |tx| owed.store_if_current(tx))).collect();
    let mut stored = 0;
    for done in kept {
        stored += u64::from(done.await?);
    }
    Ok(stored)
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
    duties: BTreeMap<String, Duty>,
    counted_by: Eras,
    now: i64,
    clock: Clock,
    turn: Option<Turn>,
}

impl Owed {
    /// One case, one transaction; `false` if it got rows since it was computed, if that was long ago, or if another calendar or
    /// policy came into force: then every case is computed again ([`super::run`]).
    fn store_if_current(&self, tx: &Transaction<'_>) -> Result<bool, DbError> {
        let current = cases::hold(tx, self.head.id)?.is_some_and(|current| current.sequence == self.head.sequence);
        self.turn.as_ref().map_or(Ok(()), |turn| turn.must_stand(tx))?;
        let stale = self.clock.now().saturating_sub(self.now) > STALE_SECONDS;
        if !current || stale || editions::version(tx)?.eras != self.counted_by {
            return Ok(false);
        }
        store(tx, &self.head, &self.duties, self.now)?;
        Ok(true)
    }
}

/// What a case owes at a moment, from its rows; reads only.
pub fn compute_case(conn: &Connection, head: &CaseHead, eras: &[Era], now: i64) -> Result<Computed, DbError> {
    let mut told: Vec<Told> = Vec::new();
    // Row by row: the bytes of a large case are never all in memory beside what they say.
    rows::walk(conn, head.no, 0, |row| {
        told.extend(Told::row(&row, read_fact(&row)));
        Ok(true)
    })?;
    Ok(replay(head.id, &told, eras, now))
}

/// The first stored duty of a case that is not what its rows say; a case still to be computed is passed over.
pub fn compare(conn: &Connection, head: &CaseHead, eras: &[Era]) -> Result<Option<CaseDiff>, DbError> {
    if head.computed < head.sequence {
        return Ok(None);
    }
    let stored = duties::standing(conn, head.no)?;
    let differs = |key: &str, what| Some(CaseDiff { case: head.id, key: key.to_owned(), what });
    let Some(at) = stored.iter().map(|row| row.computed_at).max() else {
        let owed = compute_case(conn, head, eras, head.opened_at)?.duties;
        return Ok(owed.keys().next().and_then(|key| differs(key, "the row is missing")));
    };
    let mut computed = compute_case(conn, head, eras, at)?.duties;
    for row in &stored {
        let Some(duty) = computed.remove(&row.key) else { return Ok(differs(&row.key, "nothing in the case owes it")) };
        let fits = same(row, &duty)? && row.due_on == duty.due_on.to_string() && row.state == duty.state.name();
        if !fits {
            return Ok(differs(&row.key, "it is not what recomputing gives"));
        }
    }
    Ok(computed.into_keys().next().and_then(|key| differs(&key, "the row is missing")))
}

fn store(tx: &Transaction<'_>, head: &CaseHead, computed: &BTreeMap<String, Duty>, now: i64) -> Result<(), DbError> {
    let standing = duties::standing(tx, head.no)?;
    for row in &standing {
        match computed.get(&row.key) {
            Some(duty) => update(tx, head.no, row, duty, now)?,
            None => duties::close(tx, row, "所依据的记录已更正或失效，不再负有此项", now)?,
        }
    }
    for duty in computed.values().filter(|duty| standing.iter().all(|row| row.key != duty.key)) {
        insert(tx, head.no, duty, now)?;
    }
    duties::touch(tx, head.no, now)?;
    cases::set_computed(tx, head.no, head.sequence)
}

fn update(tx: &Transaction<'_>, case_no: i64, row: &DutyRow, duty: &Duty, now: i64) -> Result<(), DbError> {
    if same(row, duty)? {
        return Ok(());
    }
    let old: Duty = serde_json::from_value(row.body.clone()).map_err(|_| DbError::Corrupt("duty"))?;
    let why = if old.due_on != duty.due_on {
        Some(format!("截止日由{}改为{}（放假安排或规则参数变更）", old.due_on, duty.due_on))
    } else if !old.state.is_open() {
        Some(format!("结论由“{}”改为“{}”（有新的记录或认定）", old.state.zh(), duty.state.zh()))
    } else {
        None
    };
    match why {
        Some(why) => {
            duties::close(tx, row, &why, now)?;
            insert(tx, case_no, duty, now)
        }
        None => {
            let body = body(duty)?;
            let (due_on, state) = (duty.due_on.to_string(), duty.state.name());
            duties::refresh(tx, row, NewDuty { key: &duty.key, due_on: &due_on, state, body: &body }, now)
        }
    }
}

fn insert(tx: &Transaction<'_>, case_no: i64, duty: &Duty, now: i64) -> Result<(), DbError> {
    let body = body(duty)?;
    let due_on = duty.due_on.to_string();
    duties::insert(tx, case_no, NewDuty { key: &duty.key, due_on: &due_on, state: duty.state.name(), body: &body }, now)
}

fn body(duty: &Duty) -> Result<String, DbError> {
    serde_json::to_string(duty).map_err(|_| DbError::Corrupt("duty"))
}

fn same(row: &DutyRow, duty: &Duty) -> Result<bool, DbError> {
    let fresh: Value = serde_json::to_value(duty).map_err(|_| DbError::Corrupt("duty"))?;
    Ok(row.body == fresh)
}
