//! What the office orders about the server's clock.

use super::directory::must_say;
use super::execute::Deed;
use crate::app::{App, ClockState, Known};
use crate::db::Transaction;
use crate::db::sql::clocks::{self, ClockWrong};
use crate::db::sql::{devices, reports};
use crate::error::Problem;
use crate::watch::compute_all;
use daiban_core::calendar::{Week, local_date, local_stamp};
use daiban_core::limits::SERVER_CLOCK_BACK_SECONDS_MAX;
use serde_json::{Value, json};

/// What is known of the clock.
pub(super) fn show(app: &App) -> Result<Value, Problem> {
    let (now, known) = (app.now(), app.known_time());
    let declared = app.db.read(clocks::list)?;
    let state = match app.clock_state() {
        ClockState::Right => "right",
        ClockState::Behind { .. } => "clock_behind",
        ClockState::Ahead { .. } => "clock_ahead",
    };
    let problem = app.clock_problem();
    let fine = || format!("服务器时间正常：{}（北京时间）。", local_stamp(now));
    Ok(json!({
        "state": state, "now": now, "newest": known.newest, "declared_wrong": declared,
        "zh": problem.as_ref().map_or_else(fine, |p| p.detail.clone()),
        "en": problem.map_or_else(|| format!("the clock is right: {}", local_stamp(now)), |p| p.detail_en),
    }))
}

/// Says that a clock far ahead of the last sign of life is right.
pub(super) async fn confirm(deed: Deed, reason: String) -> Result<Value, Problem> {
    must_say(&reason)?;
    let app = deed.app.clone();
    if !matches!(app.clock_state(), ClockState::Ahead { .. }) {
        let zh = "服务器时间没有等待确认；如时间早于已有记录，请校准服务器时间（daiban clock show 查看）。";
        return Err(Problem::conflict("clock_not_ahead", zh, "the clock does not wait for a confirmation"));
    }
    let (held, now) = (app.known_time(), app.now());
    let known = Known { newest: now, alive: now, ..held };
    let document = deed
        .perform(format!("clock/{now}"), move |tx, _| {
            known.keep(tx)?;
            Ok(json!({
                "now": now, "reason": reason,
                "zh": format!("已确认服务器时间 {} 正确，恢复收发记录。", local_stamp(now)),
                "en": format!("the clock is confirmed: {}", local_stamp(now)),
            }))
        })
        .await?;
    app.learn_time(known);
    app.dirty.notify_one();
    Ok(document)
}

/// Declares that the server's clock was wrong from `from` until `until` (both by that clock, both included; until the newest known
/// instant when absent). What was received then stays, marked; what was made from it is withdrawn.
pub(super) async fn declare_wrong(deed: Deed, from: i64, until: Option<i64>, reason: String) -> Result<Value, Problem> {
    must_say(&reason)?;
    let (app, by) = (deed.app.clone(), deed.by.id.clone());
    let (held, now) = (app.known_time(), app.now());
    let until = until.unwrap_or(held.newest);
    must_be_a_stretch(from, until, held.newest, now)?;
    let wrong = ClockWrong { from_at: from, until_at: until, reason, declared_at: now, declared_by: by.0 };
    let was_ahead = held.newest > now;
    let known = Known { declared: held.declared.saturating_add(1), newest: now, alive: now };
    let document = deed
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

fn must_be_a_stretch(from: i64, until: i64, newest: i64, now: i64) -> Result<(), Problem> {
    if from <= 0 || from > until {
        let zh = "时段的起点应早于终点，请核对 --from 和 --until。";
        return Err(Problem::unprocessable("clock_span", zh, "the stretch must begin before it ends"));
    }
    if newest > now + SERVER_CLOCK_BACK_SECONDS_MAX && until < newest {
        let zh = format!("最新的记录在 {}，时段须包含该时刻；请核对 --until，或不填。", local_stamp(newest));
        return Err(Problem::unprocessable("clock_span", zh, "the stretch must hold the newest entry; leave --until out"));
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
    let (from, until) = (local_stamp(wrong.from_at), local_stamp(wrong.until_at));
    let Undone { notices, drafts, frozen, nights, devices } = undone;
    let left = match frozen.is_empty() {
        true => String::new(),
        false => format!("；已确认的周报不能撤回，请核对：{}", frozen.join("、")),
    };
    json!({
        "declared_wrong": wrong, "notices_withdrawn": notices, "drafts_removed": drafts, "reports_left": frozen,
        "nights_forgotten": nights, "devices_reset": devices,
        "zh": format!(
            "已登记 {from} 至 {until} 为服务器时钟有误时段：记录保留并加注，撤回通知{notices}条、周报草稿{}份，时限已按当前时间重算{left}。",
            drafts.len()
        ),
        "en": format!(
            "{from} to {until} is declared clock-wrong: rows stay, marked; {notices} notices withdrawn, {} drafts removed, duties computed anew",
            drafts.len()
        ),
    })
}
