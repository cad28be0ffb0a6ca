//! Some cases at once: read and computed away from the writer, then stored together.

use super::rows::{Changes, read};
use super::telling::{Swept, Telling, tell};
use super::told_rows::{readable, told_rows};
use super::{Computed, by_key, replay, rules_in_force};
use crate::app::{App, Lane};
use crate::clock::Clock;
use crate::db::sql::cases::{self, CaseHead, Still};
use crate::db::sql::cbor;
use crate::db::sql::duties;
use crate::db::sql::editions::{self, Eras};
use crate::db::sql::jobs::Lease;
use crate::db::sql::notices::Notice;
use crate::db::{Connection, DbError, Transaction};
use daiban_core::case::JudgingState;
use daiban_core::ids::CaseId;
use daiban_core::rules::{Duty, RulesInForce, Seated, next_change, owed};
use std::borrow::Cow;
use std::sync::Arc;

/// Cases read and computed at once, and held by one transaction at most.
pub(super) const CASES_MAX: u32 = 32;
/// A transaction that writes as many rows takes no further case: whoever waits for one of its cases waits for all of them.
const ROWS_MAX: usize = 2_000;
/// What was computed so long ago is not stored: the process stood still meanwhile, and somebody else may have gone on.
const STALE_SECONDS: i64 = 600;

/// Computing cases, as part of a job or not.
#[derive(Clone)]
pub(super) struct Work {
    pub(super) app: Arc<App>,
    pub(super) lease: Option<Lease>,
    /// Who is told what: without it the duties are kept, and nobody hears of them yet.
    pub(super) telling: Option<Arc<Telling>>,
}

/// What came of some cases.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) stored: u64,
    /// Those that got rows while they were computed.
    pub(super) missed: Vec<CaseId>,
    pub(super) told: Swept,
}

impl Work {
    /// Reads, computes and stores some cases. One that got rows meanwhile is left dirty for the next look; one that cannot be read keeps
    /// nobody else from being computed.
    pub(super) async fn done(&self, heads: Vec<CaseHead>) -> Result<Batch, DbError> {
        let (lease, telling) = (self.lease.clone(), self.telling.clone());
        let compute = move |app: &App| app.db.read(|conn| computed(app, conn, heads, lease, telling.as_deref()));
        let groups = self.app.run_blocking_in(Lane::Jobs, compute).await??;
        let mut batch = Batch::default();
        for group in groups {
            match batch.store(&self.app, group.clone()).await {
                // Which one it was shows when each is stored by itself.
                Err(DbError::Corrupt(_)) => batch.store_one_by_one(&self.app, &group).await?,
                done => done?,
            }
        }
        Ok(batch)
    }
}

impl Batch {
    async fn store(&mut self, app: &App, group: Group) -> Result<(), DbError> {
        let cases: Vec<CaseId> = group.owed.iter().map(|owed| owed.head.id).collect();
        let done = app.db.write(move |tx| group.store_current(tx)).await?;
        for (case, told) in cases.into_iter().zip(done) {
            match told {
                Some(told) => {
                    self.stored += 1;
                    self.told.add(told);
                }
                None => self.missed.push(case),
            }
        }
        Ok(())
    }

    async fn store_one_by_one(&mut self, app: &App, group: &Group) -> Result<(), DbError> {
        for owed in group.owed.iter() {
            let done = self.store(app, group.only(owed)).await;
            readable(&owed.head, done)?;
        }
        Ok(())
    }
}

/// Reads and computes; in groups, each for one transaction, in the order in which cases are held.
fn computed(
    app: &App,
    conn: &Connection,
    mut heads: Vec<CaseHead>,
    lease: Option<Lease>,
    telling: Option<&Telling>,
) -> Result<Vec<Group>, DbError> {
    // Asked first: what is read afterwards is at least as new.
    let counted_by = editions::version(conn)?.eras;
    let rules = rules_in_force(conn)?;
    // What was settled by a clock that goes before this one's counts at once all the same.
    let now = rules.since().max(app.now());
    heads.sort_by_key(|head| head.id);
    let (mut groups, mut rows): (Vec<Vec<Arc<Owed>>>, usize) = (Vec::new(), 0);
    for head in heads {
        let Some(owed) = readable(&head, Owed::of(conn, &head, &rules, now, telling))? else { continue };
        let new = owed.changes.len() + owed.notices.len();
        match groups.last_mut() {
            Some(group) if rows + new <= ROWS_MAX => group.push(Arc::new(owed)),
            _ => {
                groups.push(vec![Arc::new(owed)]);
                rows = 0;
            }
        }
        rows += new;
    }
    let group = |owed| Group { owed, counted_by, now, clock: app.clock.clone(), lease: lease.clone() };
    Ok(groups.into_iter().map(group).collect())
}

/// What is to be written of a case.
struct Owed {
    /// The case as it was read.
    head: CaseHead,
    changes: Changes,
    /// What the sweep tells of it.
    notices: Vec<Notice>,
    still: Option<Still>,
}

impl Owed {
    fn of(
        conn: &Connection,
        head: &CaseHead,
        rules: &RulesInForce,
        now: i64,
        telling: Option<&Telling>,
    ) -> Result<Owed, DbError> {
        if let Some(telling) = telling
            && let Some(brought) = Owed::brought(conn, head, rules, now, telling)?
        {
            return Ok(brought);
        }
        let rows = told_rows(conn, head)?;
        let at = telling.map_or(now, |telling| telling.at);
        let Computed { view, duties: then } = replay(head.id, &rows, rules, at);
        let until = next_change(&view, then.values(), rules, at).filter(|until| at <= now && now < *until);
        let standing = duties::written(conn, head.no)?;
        let changes = match until {
            Some(_) => Changes::between(standing, &then, &view.roster, &rules.plan)?,
            None => {
                let duties = by_key(owed(&view, rules, now, || Cow::Borrowed(&rows)));
                Changes::between(standing, &duties, &view.roster, &rules.plan)?
            }
        };
        let steps_before = until.map(|_| changes.steps_before());
        let tell = |telling: &Telling| telling.of_case(conn, head, &view, &then, steps_before.as_ref());
        let notices = telling.map(tell).transpose()?.unwrap_or_default();
        let still = telling.zip(until).map(|(telling, until)| Still { until, told_by: telling.told_by });
        Ok(Owed { head: head.clone(), changes, notices, still })
    }

    /// The short way, which reads no rows: of a case that was computed and told, only time went on, within the week, and nobody hears
    /// of it. `None` where it does not lead there.
    fn brought(
        conn: &Connection,
        head: &CaseHead,
        rules: &RulesInForce,
        now: i64,
        telling: &Telling,
    ) -> Result<Option<Owed>, DbError> {
        let standing: JudgingState = cbor::read(&head.standing, "standing")?;
        let (Some(from), true) = (head.computed_at, telling.was_told(head, &standing.roster)) else { return Ok(None) };
        let seated = Seated { roster: &standing.roster, closed: standing.closed };
        let unmet = duties::unmet(conn, head.no)?.into_iter().map(|row| Ok((row.no, read(&row.body)?)));
        let unmet = unmet.collect::<Result<Vec<_>, DbError>>()?;
        let mut new: Vec<Duty> = unmet.iter().map(|(_, old)| old.clone()).collect();
        if !seated.bring_to(&mut new, rules, from, telling.at) {
            return Ok(None);
        }
        let until = seated.next_change(&new, rules, telling.at);
        if !(telling.at..until).contains(&now) {
            return Ok(None);
        }
        let moved = unmet.into_iter().zip(new).map(|((no, old), new)| (no, old, new)).collect();
        let still = Some(Still { until, told_by: telling.told_by });
        let owed = |changes| Owed { head: head.clone(), changes, notices: Vec::new(), still };
        Ok(Changes::brought(moved, &rules.plan)?.map(owed))
    }

    /// Whether the case is as it was read; it stays so until the transaction ends.
    fn is_current(&self, tx: &Transaction<'_>) -> Result<bool, DbError> {
        let read = |head: &CaseHead| (head.sequence, head.computed_at);
        Ok(cases::hold(tx, self.head.id)?.is_some_and(|current| read(&current) == read(&self.head)))
    }

    fn store(&self, tx: &Transaction<'_>, now: i64) -> Result<Swept, DbError> {
        self.changes.write(tx, self.head.no, now)?;
        cases::set_computed(tx, self.head.no, self.head.sequence, now, self.still)?;
        tell(tx, &self.notices)
    }
}

/// Cases that are stored together, and what they were computed by.
#[derive(Clone)]
struct Group {
    owed: Vec<Arc<Owed>>,
    counted_by: Eras,
    now: i64,
    clock: Clock,
    lease: Option<Lease>,
}

impl Group {
    fn only(&self, owed: &Arc<Owed>) -> Group {
        Group { owed: vec![owed.clone()], ..self.clone() }
    }

    /// Stores each case with what is told of it; `None` for one that got rows, or was computed by somebody else, since it was read, and
    /// for all of them if that was long ago, or if another calendar or policy came into force: then every case is computed again
    /// ([`super::run`]).
    fn store_current(&self, tx: &Transaction<'_>) -> Result<Vec<Option<Swept>>, DbError> {
        let current = self.owed.iter().map(|owed| owed.is_current(tx)).collect::<Result<Vec<bool>, DbError>>()?;
        self.lease.as_ref().map_or(Ok(()), |lease| lease.must_stand(tx))?;
        let stale = self.clock.now().saturating_sub(self.now) > STALE_SECONDS || editions::version(tx)?.eras != self.counted_by;
        let store = |(owed, current): (&Arc<Owed>, bool)| (current && !stale).then(|| owed.store(tx, self.now)).transpose();
        self.owed.iter().zip(current).map(store).collect()
    }
}
