//! One round of a device that is known: check, write, and only then read and answer.

use super::{floor, names, pages, unsent};
use crate::app::App;
use crate::auth::device::{self, Asking, Seen};
use crate::config::Limits;
use crate::db::sql::pack;
use crate::db::sql::{cases, cbor, clocks, devices, duties};
use crate::db::{Connection, DbError, Transaction};
use crate::error::Problem;
use crate::intake::{self, Bringing, Cost, DayAccount, PreparedBatch};
use crate::planted::Bug;
use axum::body::Bytes;
use axum::http::StatusCode;
use daiban_core::admit::Cancel;
use daiban_core::fact::table::KINDS_VERSION;
use daiban_core::ids::CaseId;
use daiban_core::limits::SYNC_BODY_BYTES_MAX;
use daiban_core::rules::{Duty, ShownDuty};
use daiban_core::sync::bounds::{bound, stored};
use daiban_core::sync::wire::{BatchOutcome, CasePage, ShownDuties, SyncAnswer, SyncRequest, editions_version};
use daiban_core::sync::{EnvelopeError, PROTOCOL_VERSION, pack, pack_tight, unpack_counted};
use daiban_messages::Both;
use daiban_messages::say::server as say;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What became of the batches: own ones and carried ones. Kept with the device's counter, so that a repeated request is answered
/// alike; the rows it lacks are read afresh.
type Outcomes = (Vec<BatchOutcome>, Vec<BatchOutcome>);

/// Answers one round; the body is the one that was signed for.
pub async fn round(app: Arc<App>, asking: Asking, body: Bytes) -> Result<Vec<u8>, Problem> {
    let _place = app.enter()?;
    app.must_be_on_time()?;
    // Whatever ends the wait ends the work.
    let cancel = Cancel::default();
    let _waiting = cancel.when_dropped();
    let told = cancel.clone();
    let prepared = app.run_blocking(move |app| Prepared::new(app, asking, &body, told)).await??;
    let Prepared { asking, request, work } = prepared;
    let outcomes = match work {
        Work::Again(outcomes) => outcomes,
        Work::New(own, carried) => write(&app, asking.clone(), Intake::new(own, carried, cancel)).await?,
    };
    app.keep_time().await?;
    app.run_blocking(move |app| answer(app, &asking, &request, outcomes)).await?
}

struct Prepared {
    asking: Asking,
    request: SyncRequest,
    work: Work,
}

enum Work {
    Again(Outcomes),
    New(Vec<PreparedBatch>, Vec<PreparedBatch>),
}

impl Prepared {
    fn new(app: &App, mut asking: Asking, body: &[u8], cancel: Cancel) -> Result<Prepared, Problem> {
        let is_new = asking.counter > asking.last_counter;
        let seen = if is_new { Seen::New } else { app.db.read(|conn| device::seen(conn, &asking))? };
        let (mut request, inflated): (SyncRequest, usize) = unpack_counted(body, SYNC_BODY_BYTES_MAX).map_err(unreadable)?;
        bound(&request, body.len()).map_err(intake::beyond)?;
        asking.shows = floor::shown(app, &request);
        asking.says_unsent = unsent::said(&request);
        let work = match seen {
            Seen::Again(kept) => Work::Again(cbor::read(&kept, "answer")?),
            Seen::New => {
                let mut cost = Cost::of_round(body.len(), inflated, stored(&request), cancel)?;
                if !request.batches.is_empty() || !request.carried.is_empty() {
                    intake::room(app)?;
                }
                let bring = |conn: &Connection| bring(app, conn, &asking, &mut request, &mut cost);
                let work = app.db.read(bring)?;
                #[cfg(feature = "test-support")]
                app.units_spent.store(cost.spent(), std::sync::atomic::Ordering::SeqCst);
                work
            }
        };
        Ok(Prepared { asking, request, work })
    }
}

/// Verifies, checks and reads everything that was brought, as far as the request's cost reaches.
fn bring(app: &App, conn: &Connection, asking: &Asking, request: &mut SyncRequest, cost: &mut Cost) -> Result<Work, Problem> {
    let token = request.token.as_ref().map(|token| token.to_vec()).unwrap_or_default();
    let skew = request.phone_now.saturating_sub(app.now());
    let mut bringing = Bringing { app, conn, cost };
    let own = std::mem::take(&mut request.batches).into_iter();
    let own = own.map(|batch| intake::own(&mut bringing, asking, &token, skew, batch)).collect::<Result<_, _>>()?;
    let carried = std::mem::take(&mut request.carried).into_iter();
    let carried = carried.map(|batch| intake::carried(&mut bringing, &asking.person, batch)).collect::<Result<_, _>>()?;
    Ok(Work::New(own, carried))
}

fn unreadable(error: EnvelopeError) -> Problem {
    let en = error.to_string();
    match error {
        EnvelopeError::TooBig => Problem::too_large("more than the limits of one round; send less at once"),
        EnvelopeError::Version(spoken) => device::other_version(spoken > PROTOCOL_VERSION, en),
        _ => Problem::said(StatusCode::BAD_REQUEST, "unreadable", say::SyncUnreadable { why: Both::new("", en) }),
    }
}

/// Takes the batches in and keeps what came of them; answered after all of it is on the disk.
///
/// A file's only writer does it in one transaction, committed with those of other devices. Where many write, every case has its
/// own, in the order of the ids, and the device's counter comes last: after a crash in between, the repeated request finds its
/// changes known.
async fn write(app: &Arc<App>, asking: Asking, work: Intake) -> Result<Outcomes, Problem> {
    let (anything, now) = (!work.cases.is_empty(), app.now());
    let outcomes = if app.db.is_shared() {
        case_by_case(app, asking, work, now).await?
    } else {
        let limits = app.config.limits;
        committed(app, move |tx| at_once(tx, &limits, &asking, &work, now)).await?
    };
    if anything {
        app.dirty.notify_one();
    }
    Ok(outcomes)
}

fn at_once(tx: &Transaction<'_>, limits: &Limits, asking: &Asking, work: &Intake, now: i64) -> Result<Outcomes, Problem> {
    if let Seen::Again(kept) = device::seen(tx, asking)? {
        return Ok(cbor::read(&kept, "answer")?);
    }
    let mut outcomes = work.outcomes.clone();
    let put_off = work.put_off(tx, limits, asking, now)?;
    for prepared in &work.cases {
        for (place, outcome) in take_case(tx, prepared, &put_off)? {
            put(&mut outcomes, place, outcome);
        }
    }
    conclude(tx, asking, &outcomes, now)
}

async fn case_by_case(app: &Arc<App>, asking: Asking, work: Intake, now: i64) -> Result<Outcomes, Problem> {
    let mut outcomes = work.outcomes.clone();
    if !work.cases.is_empty() {
        // The day's account first and by itself: who breaks off in the middle has had it charged.
        let (limits, who, work) = (app.config.limits, asking.clone(), Arc::new(work));
        let asked = work.clone();
        let put_off = Arc::new(committed(app, move |tx| asked.put_off(tx, &limits, &who, now)).await?);
        for at in 0..work.cases.len() {
            let (device, put_off, work) = (asking.device, put_off.clone(), work.clone());
            let job = move |tx: &Transaction<'_>| {
                // It may have been revoked since it was verified, perhaps at another node: what the office was told holds from then on.
                device::active(tx, device)?;
                let prepared = work.cases.get(at).map_or(&[][..], Vec::as_slice);
                Ok(take_case(tx, prepared, &put_off)?)
            };
            for (place, outcome) in committed(app, job).await? {
                put(&mut outcomes, place, outcome);
            }
        }
    }
    committed(app, move |tx| conclude(tx, &asking, &outcomes, now)).await
}

/// Runs a job and gives what came of it once that is on the disk.
async fn committed<T: Clone + Send + 'static>(
    app: &Arc<App>,
    job: impl Fn(&Transaction<'_>) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    if app.planted(Bug::AckBeforeCommit) { too_early(app, job).await } else { app.db.write(job).await }
}

/// The planted bug: answers from inside the transaction.
async fn too_early<T: Clone + Send + 'static>(
    app: &Arc<App>,
    job: impl Fn(&Transaction<'_>) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let db = app.db.clone();
    tokio::spawn(async move {
        let early = move |tx: &Transaction<'_>| {
            let done = job(tx);
            let _ = tell.send(done.clone());
            done.map(|_| ())
        };
        db.write::<(), Problem>(early).await
    });
    told.recv().await.unwrap_or_else(|| Err(DbError::Stopped.into()))
}

/// Where a batch stands in the request: in which list, and its place there.
type BatchPlace = (bool, usize);

/// Batches that wait for another day, and what their sender is told.
type PutOff = BTreeMap<BatchPlace, BatchOutcome>;

/// A request's batches by case, the cases in the order of their ids, as every writer of several cases must take them.
struct Intake {
    cases: Vec<Vec<(BatchPlace, PreparedBatch)>>,
    outcomes: Outcomes,
    cancel: Cancel,
}

impl Intake {
    fn new(own: Vec<PreparedBatch>, carried: Vec<PreparedBatch>, cancel: Cancel) -> Intake {
        let empty = |len| vec![BatchOutcome { case: CaseId::default(), changes: Vec::new() }; len];
        let outcomes = (empty(own.len()), empty(carried.len()));
        let mut cases: BTreeMap<CaseId, Vec<(BatchPlace, PreparedBatch)>> = BTreeMap::new();
        let both = [(false, own), (true, carried)];
        let placed = both
            .into_iter()
            .flat_map(|(list, prepared)| prepared.into_iter().enumerate().map(move |(at, prepared)| ((list, at), prepared)));
        for (place, prepared) in placed {
            cases.entry(prepared.case).or_default().push((place, prepared));
        }
        Intake { cases: cases.into_values().collect(), outcomes, cancel }
    }

    /// Charges the day's account of the device and its holder, in the order of the request.
    fn put_off(&self, tx: &Transaction<'_>, limits: &Limits, asking: &Asking, now: i64) -> Result<PutOff, Problem> {
        if self.cancel.is_set() {
            return Err(DbError::Stopped.into());
        }
        let mut put_off = PutOff::new();
        if self.cases.is_empty() {
            return Ok(put_off);
        }
        let mut day = DayAccount::hold(tx, limits, asking.device, &asking.person, now)?;
        let mut prepared: Vec<_> = self.cases.iter().flatten().collect();
        prepared.sort_by_key(|(place, _)| *place);
        for (place, prepared) in prepared {
            // A person's own chain is their own work, by whichever of their devices and under whichever name it comes.
            let carried = place.0 && prepared.sent.person != asking.person;
            if let Err(code) = day.takes(tx, prepared, carried)? {
                put_off.insert(*place, day.put_off(prepared, code));
            }
        }
        day.close(tx)?;
        Ok(put_off)
    }
}

fn put(outcomes: &mut Outcomes, (carried, at): BatchPlace, outcome: BatchOutcome) {
    let list = if carried { &mut outcomes.1 } else { &mut outcomes.0 };
    if let Some(place) = list.get_mut(at) {
        *place = outcome;
    }
}

fn take_case(
    tx: &Transaction<'_>,
    prepared: &[(BatchPlace, PreparedBatch)],
    put_off: &PutOff,
) -> Result<Vec<(BatchPlace, BatchOutcome)>, DbError> {
    let take = |(place, prepared): &(BatchPlace, PreparedBatch)| match put_off.get(place) {
        Some(outcome) => Ok((*place, outcome.clone())),
        None => Ok((*place, intake::take(tx, prepared)?)),
    };
    prepared.iter().map(take).collect()
}

/// Keeps the counter and what is answered to it. The same request, worked off meanwhile by somebody else, has its answer already.
fn conclude(tx: &Transaction<'_>, asking: &Asking, outcomes: &Outcomes, now: i64) -> Result<Outcomes, Problem> {
    let kept = cbor::write(outcomes)?;
    if devices::advance(tx, asking.device, asking.counter, &asking.body_hash, &kept, now)? {
        floor::raise(tx, asking, &outcomes.0)?;
        unsent::keep(tx, asking, &outcomes.0)?;
        return Ok(outcomes.clone());
    }
    match device::seen(tx, asking)? {
        Seen::Again(kept) => Ok(cbor::read(&kept, "answer")?),
        // Revoked since it was verified.
        Seen::New => {
            Err(Problem::said(StatusCode::UNAUTHORIZED, "device_revoked", daiban_messages::say::auth::DeviceRevokedMeanwhile))
        }
    }
}

fn answer(app: &App, asking: &Asking, request: &SyncRequest, outcomes: Outcomes) -> Result<Vec<u8>, Problem> {
    let now = app.now();
    let answer = app.db.read(|conn| {
        let reference = app.reference(conn)?;
        let held = editions_version(&reference.calendar, reference.editions.len());
        let found = pages::pages(conn, app, asking, request, &outcomes.0, now)?;
        let duties = duties_for(conn, request, &found.cases)?;
        let names = request.names.as_ref().map(|held| names::new_to(conn, &reference, &asking.person, held, &found.brought, now));
        let names = names.transpose()?.flatten().map(|part| part.to_bytes().into());
        Ok::<_, Problem>(SyncAnswer {
            token: app.time_token().into(),
            now,
            server_epoch: app.epoch,
            outcomes: outcomes.0,
            carried: outcomes.1,
            need_cursors: found.need_cursors,
            cases: found.cases,
            withdrawn: found.withdrawn,
            editions: (request.calendar != held).then(|| reference.editions.clone()),
            policies: (request.policy != reference.numbers.newest().number).then(|| reference.policies.clone()),
            pack: pack_for(conn, request)?,
            duties,
            clock_wrong: clocks::list(conn)?.iter().map(|wrong| (wrong.from_at, wrong.until_at)).collect(),
            names,
            more: found.more,
        })
    })?;
    // Who asks for small pages is on a weak line.
    Ok(if request.page_bytes.is_some() { pack_tight(&answer) } else { pack(&answer) })
}

/// The pack for a phone that holds another one.
fn pack_for(conn: &Connection, request: &SyncRequest) -> Result<Option<String>, DbError> {
    let plan = pack::current(conn)?;
    let held = pack::is_kept(conn)?.then(|| plan.hash());
    Ok((request.pack != held).then(|| if held.is_some() { plan.to_json().to_owned() } else { String::new() }))
}

/// A phone with an older table of kinds shows the server's conclusions instead of its own.
fn duties_for(conn: &Connection, request: &SyncRequest, pages: &[CasePage]) -> Result<Vec<ShownDuties>, DbError> {
    if request.kinds_version >= KINDS_VERSION {
        return Ok(Vec::new());
    }
    let mut out = Vec::with_capacity(pages.len());
    for page in pages {
        let Some(head) = cases::find(conn, page.case)? else { continue };
        let plan = pack::current(conn)?;
        let shown = |row: duties::DutyRow| {
            let duty: Duty = serde_json::from_value(row.body)?;
            serde_json::to_string(&ShownDuty::of(&duty, &plan))
        };
        let duties: Result<_, serde_json::Error> = duties::standing(conn, head.no)?.into_iter().map(shown).collect();
        out.push(ShownDuties { case: page.case, duties: duties.map_err(|_| DbError::Corrupt("duty"))? });
    }
    Ok(out)
}
