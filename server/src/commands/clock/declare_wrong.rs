//! A stretch in which the server's clock was wrong, both ends by that clock and both included. What was received then stays, marked; what
//! was made from it is withdrawn.

use crate::app::KnownTime;
use crate::command_context::CommandContext;
use crate::commands::staff::require_reason;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::commands::words::{name, with_words};
use crate::db::Transaction;
use crate::db::sql::clocks::{self, ClockWrong};
use crate::db::sql::{devices, reports};
use crate::error::Problem;
use crate::watch::compute_all;
use axum::http::StatusCode;
use clap::Args;
use daiban_core::calendar::{Week, local_date, local_stamp};
use daiban_core::limits::SERVER_CLOCK_BACK_SECONDS_MAX;
use daiban_core::people::Role;
use daiban_messages::say::command_rules as say;
use daiban_messages::{Both, Say};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Declare when the clock was wrong: rows received then stay, marked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct ClockDeclareWrong {
    /// 起（当时显示的时间）：日期或 Unix 秒 · from, as that clock showed it: a date or Unix seconds
    #[arg(long, value_parser = typed::day_begins)]
    pub from: i64,
    /// 止（含），默认到最新的记录 · until and including; the newest known instant by default
    #[serde(default)]
    #[arg(long, value_parser = typed::day_ends)]
    pub until: Option<i64>,
    /// 原因 · reason
    #[schema(min_length = 1, max_length = 200)]
    #[arg(long)]
    pub reason: String,
}

impl Verb for ClockDeclareWrong {
    const ZH: &'static str = "登记时钟有误的时段：其间的记录保留并加注";
    const EN: &'static str = "declare when the clock was wrong: rows received then stay, marked";
    const ROLES: &'static [Role] = &[Role::Office, Role::Administrator];
    const OBJECT: &'static str = "时段 · stretch";
    const NEEDS_CLOCK: bool = false;
    const EXAMPLE: &'static str = "daiban clock declare-wrong --from 2027-05-01 --reason 主板电池失效，时间超前一年";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let ClockDeclareWrong { from, until, reason } = self;
        require_reason(&reason)?;
        let (app, by) = (context.app.clone(), context.by.id.clone());
        let (held, now) = (app.known_time(), app.now());
        let until = until.unwrap_or(held.newest);
        must_be_a_stretch(from, until, held.newest, now)?;
        let wrong = ClockWrong { from_at: from, until_at: until, reason, declared_at: now, declared_by: by.0 };
        let was_ahead = held.newest > now;
        let known = KnownTime { declared: held.declared.saturating_add(1), newest: now, alive: now };
        let document = context
            .perform(format!("clock/{from}-{until}"), move |tx, _| {
                let undone = undo(tx, &wrong, now)?;
                if was_ahead {
                    known.keep(tx)?;
                }
                Ok(told(&wrong, &undone))
            })
            .await?;
        if was_ahead {
            app.learn_time(known);
        }
        // What rests on those rows is computed anew by the right clock.
        compute_all(&app, |_, _| ()).await?;
        app.dirty.notify_one();
        Ok(document)
    }
}

fn must_be_a_stretch(from: i64, until: i64, newest: i64, now: i64) -> Result<(), Problem> {
    if from <= 0 || from > until {
        return Err(Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "clock_span", say::ClockSpanReversed));
    }
    if newest > now + SERVER_CLOCK_BACK_SECONDS_MAX && until < newest {
        let said = say::ClockSpanShort { newest: local_stamp(newest) };
        return Err(Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "clock_span", said));
    }
    Ok(())
}

/// What was taken back.
struct Undone {
    notices: usize,
    drafts: Vec<String>,
    frozen: Vec<String>,
    nights: usize,
    devices: usize,
}

fn undo(tx: &Transaction<'_>, wrong: &ClockWrong, now: i64) -> Result<Undone, Problem> {
    clocks::insert(tx, wrong)?;
    let today = local_date(now);
    let coming = reports::list(tx)?.into_iter().filter(|report| report.week > Week::of(today));
    let (drafts, frozen): (Vec<_>, Vec<_>) = coming.partition(|report| report.state == "draft");
    for draft in &drafts {
        reports::forget_draft(tx, draft.week, draft.group)?;
    }
    let name = |report: &reports::ReportRow| match report.group {
        Some(group) => format!("{}/{}", report.week, group.id()),
        None => report.week.to_string(),
    };
    Ok(Undone {
        notices: clocks::withdraw_notices(tx, wrong)?,
        drafts: drafts.iter().map(name).collect(),
        frozen: frozen.iter().map(name).collect(),
        nights: clocks::forget_jobs_after(tx, &today.to_string())?,
        devices: devices::forget_floors(tx, now, (wrong.from_at, wrong.until_at))?,
    })
}

fn told(wrong: &ClockWrong, undone: &Undone) -> Value {
    let Undone { notices, drafts, frozen, nights, devices } = undone;
    let reports: Vec<Both> = frozen.iter().map(name).collect();
    let left = (!reports.is_empty()).then(|| say::ClockReportsLeft { reports: Both::listed(&reports) }.say());
    let said = say::ClockDeclared {
        from: local_stamp(wrong.from_at),
        until: local_stamp(wrong.until_at),
        notices,
        drafts: drafts.len(),
        left: Both::from(left),
    };
    let document = json!({
        "declared_wrong": wrong, "notices_withdrawn": notices, "drafts_removed": drafts, "reports_left": frozen,
        "nights_forgotten": nights, "devices_reset": devices,
    });
    with_words(document, said.say())
}
