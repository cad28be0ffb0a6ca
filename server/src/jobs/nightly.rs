//! The night's work: recognise what was unknown, take the field work in, close the reporting period, sweep the duties, back up, verify.

use super::recognise::recognise;
use super::verify_tails;
use crate::app::{App, BACKUPS, Lane};
use crate::backup::{backup, prune};
use crate::db::sql::jobs::{self, Lease, Taking};
use crate::db::sql::{budgets, notices};
use crate::db::{Address, DbError};
use crate::error::Problem;
use crate::reports::draft_missing;
use crate::watch::{Swept, compute_dirty, sweep};
use axum::http::StatusCode;
use daiban_core::calendar::{Date, local_date, local_midnight};
use daiban_messages::say::job as words;
use daiban_messages::{Both, Message, Say};
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// The job.
pub(super) const NAME: &str = "nightly";
/// How often whoever is at it shows a sign of life; well within [`jobs::LEASE_SECONDS`].
const BEAT: Duration = Duration::from_secs(5);
const DAY: i64 = 24 * 3600;
/// How long it is kept what a device or a person brought in a day.
const BUDGET_DAYS: i64 = 7;
/// The problem's code of [`DbError::Overtaken`].
const OVERTAKEN: &str = "overtaken";

/// What came of a night.
#[derive(Clone, Debug, Serialize)]
pub struct Night {
    /// The day it is for.
    pub day: Date,
    /// `done`, `early` (done before its hour, and so to be done again), `done_before` or `running`.
    pub state: &'static str,
    /// 待识别 facts that got a verdict because this server knows their kind by now.
    pub recognised: u64,
    /// Cases whose duties were computed from new rows.
    pub computed: u64,
    /// Reports drafted because their period closed.
    pub drafted: Vec<String>,
    /// Notices withdrawn since the day before.
    pub withdrawn: i64,
    /// What the sweep did.
    pub swept: Swept,
    /// The backup's file name; `None` where the database is not a file.
    pub backup: Option<String>,
    /// Chain links checked.
    pub links: u64,
}

impl Night {
    fn not_run(day: Date, state: &'static str) -> Night {
        Night {
            day,
            state,
            recognised: 0,
            computed: 0,
            drafted: Vec::new(),
            withdrawn: 0,
            swept: Swept::default(),
            backup: None,
            links: 0,
        }
    }

    /// As the API and the command line tell it.
    pub fn document(&self) -> Value {
        let mut document = json!(self);
        let Message { zh, en, .. } = self.message();
        document["zh"] = json!(zh);
        document["en"] = json!(en);
        document["result"] = json!(self.state);
        document
    }

    fn message(&self) -> Message {
        let day = self.day;
        match self.state {
            "done" => {
                let (notices, urged, escalated) = (self.swept.notices, self.swept.urged, self.swept.escalated);
                let backup = self.backup.as_ref().map_or_else(|| words::NoBackup.say().into(), |file| Both::new(file, file));
                let (computed, drafted, withdrawn, links) = (self.computed, self.drafted.len(), self.withdrawn, self.links);
                words::NightDone { day, computed, drafted, notices, urged, escalated, withdrawn, backup, links }.say()
            }
            "early" => words::NightEarly { day, notices: self.swept.notices }.say(),
            "running" => words::NightRunning { day }.say(),
            _ => words::NightDoneBefore { day }.say(),
        }
    }
}

/// Does the night's work of a day, once. `say` hears what is being done.
///
/// On its own day it works by the clock; for a day that is over, it tells what was due then at the hour of the night. Before its hour
/// it is done without counting as done: reports of a period that is still open are not drafted yet. Who loses the job to another node
/// while working on it stops, writes nothing more and is told that it is `running`. There are no nights by a clock that is not right.
pub async fn nightly(app: &Arc<App>, on: Date, say: impl Fn(&str) + Send) -> Result<Night, Problem> {
    if let Some(problem) = app.clock_problem() {
        return Err(problem);
    }
    app.keep_time().await?;
    let (day, now) = (on.to_string(), app.now());
    if on > local_date(now) {
        let said = words::NightToCome { day: on, time: format!("{:02}:10", app.config.night_hour) };
        return Err(Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "night_to_come", said));
    }
    let lease = match app.db.write(move |tx| jobs::take(tx, NAME, &day, now)).await? {
        Taking::Done(_) => return Ok(Night::not_run(on, "done_before")),
        Taking::Running(_) => return Ok(Night::not_run(on, "running")),
        Taking::Taken(lease) => lease,
    };
    let at = if on == local_date(now) { now } else { hour_of(app, on) };
    let done = tokio::select! {
        done = work(app, on, at, &lease, say) => done,
        () = until_overtaken(app, &lease) => Err(DbError::Overtaken.into()),
    };
    let ended = match done {
        Ok(night) => finish(app, &lease, night).await,
        Err(problem) => Err(problem),
    };
    match ended {
        Err(problem) if problem.code == OVERTAKEN => {
            tracing::warn!(day = %on, "the night's work was taken over by another node");
            Ok(Night::not_run(on, "running"))
        }
        Err(problem) => {
            // Where the store is gone too, the next one waits until the lease has run out.
            let _ = app.db.write(move |tx| lease.release(tx)).await;
            Err(problem)
        }
        done => done,
    }
}

async fn finish(app: &Arc<App>, lease: &Lease, night: Night) -> Result<Night, Problem> {
    let (lease, outcome, now) = (lease.clone(), json!(night).to_string(), app.now());
    if now < hour_of(app, night.day) {
        app.db.write(move |tx| lease.release(tx)).await?;
        return Ok(Night { state: "early", ..night });
    }
    app.db.write(move |tx| lease.finish(tx, now, &outcome)).await?;
    Ok(night)
}

/// Shows signs of life until the job is somebody else's. A store that cannot be reached is asked again; meanwhile nothing is written.
async fn until_overtaken(app: &Arc<App>, lease: &Lease) {
    loop {
        tokio::time::sleep(BEAT).await;
        let (lease, now) = (lease.clone(), app.now());
        match app.db.write::<_, DbError>(move |tx| lease.renew(tx, now)).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => tracing::warn!(%error, "the night's work could show no sign of life"),
        }
    }
}

/// When the night's work of a day is due, Unix seconds: ten minutes past the configured hour.
pub(super) fn hour_of(app: &App, on: Date) -> i64 {
    local_midnight(on) + i64::from(app.config.night_hour) * 3600 + 600
}

async fn work(app: &Arc<App>, on: Date, at: i64, lease: &Lease, say: impl Fn(&str) + Send) -> Result<Night, Problem> {
    say(&words::Recognising.say().side_by_side());
    let recognised = recognise(app, lease).await?;
    say(&words::Computing.say().side_by_side());
    let computed = compute_dirty(app).await?;
    say(&words::Closing.say().side_by_side());
    let drafted = draft_missing(app, at, lease).await?;
    say(&words::Sweeping.say().side_by_side());
    let swept = sweep(app, at, Some(lease), |done, total| {
        if done == total || done % 256 == 0 {
            say(&format!("  {done}/{total}"));
        }
    })
    .await?;
    let withdrawn = app.db.read(move |conn| notices::count_withdrawn(conn, at - DAY, app.now()))?;
    forget_days(app, at).await?;
    let copied = copy(app, on, &say).await?;
    say(&words::Verifying.say().side_by_side());
    let links = tails(app).await?;
    Ok(Night { day: on, state: "done", recognised, computed, drafted, withdrawn, swept, backup: copied, links })
}

/// Removes what devices and people brought in days that are long over.
async fn forget_days(app: &Arc<App>, at: i64) -> Result<(), DbError> {
    let before = local_date(at - BUDGET_DAYS * DAY).to_string();
    app.db.write(move |tx| budgets::forget(tx, &before).map(|_| ())).await
}

/// Copies a database that is a file; a database server is backed up by whoever runs it.
async fn copy(app: &Arc<App>, on: Date, say: impl Fn(&str)) -> Result<Option<String>, Problem> {
    let Address::File(database) = app.db.address().clone() else { return Ok(None) };
    say(&words::BackingUp.say().side_by_side());
    let work = move |app: &App| {
        let folder = app.folder().path().join(BACKUPS);
        let file = folder.join(format!("{on}.sqlite"));
        if file.exists() {
            std::fs::remove_file(&file)?;
        }
        backup(&database, &file, |_, _| ())?;
        prune(&folder)?;
        Ok(Some(format!("{BACKUPS}/{on}.sqlite")))
    };
    app.run_blocking_in(Lane::Jobs, work).await?.map_err(|error: crate::backup::BackupError| {
        tracing::error!(%error, "the nightly backup failed");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "backup_failed", error.zh(), error.to_string())
    })
}

async fn tails(app: &Arc<App>) -> Result<u64, Problem> {
    // Of one moment: what phones bring meanwhile would look like rows that somebody slipped in.
    let found = app.run_blocking_in(Lane::Jobs, |app| app.db.read(|conn| conn.at_one_moment(verify_tails))).await??;
    found.map_err(|finding| {
        tracing::error!(finding = %finding.en, "the store does not verify");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "verify_failed", finding.zh, finding.en)
    })
}
