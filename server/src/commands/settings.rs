//! Calendar editions and policy: what the office settles for all cases.

use super::execute::Deed;
use crate::app::{App, Lane, Reference};
use crate::db::sql::editions::{self, Eras};
use crate::db::sql::{calendar, cases, policy};
use crate::db::{Connection, DbError, Transaction};
use crate::error::Problem;
use crate::jobs::nightly;
use crate::watch::{Era, compute_case, compute_dirty, district_duties, eras, settle};
use daiban_core::calendar::{Calendar, Date, Edition, EditionError, local_date};
use daiban_core::rules::{Duty, Policy};
use serde_json::{Value, json};
use std::sync::Arc;

fn refused(error: &EditionError) -> Problem {
    Problem::unprocessable("edition_refused", error.zh(), error.to_string())
}

/// Takes in an edition, or only tells what would move. Open duties keep the later of old and new due date.
pub(super) async fn calendar_import(deed: Deed, edition: Value, preview: bool) -> Result<Value, Problem> {
    let app = deed.app.clone();
    let edition = Edition::from_json(&edition.to_string()).map_err(|e| refused(&e))?;
    let (before, held) = held(&app)?;
    let new = held.calendar.with_edition(edition.clone()).map_err(|e| refused(&e))?;
    let next = Era { since: app.now(), calendar: new.clone(), policy: held.policy.clone() };
    let moved = moved(&app, next).await?;
    let (year, version) = (edition.year, new.version());
    let count = moved.len();
    if preview {
        return Ok(json!({
            "preview": true, "year": year, "calendar": version, "moved": moved,
            "zh": format!("预览：导入{year}年放假安排将使{count}项截止日变动；尚未导入。"),
            "en": format!("preview: the edition of {year} would move {count} due dates; nothing was imported"),
        }));
    }
    compute_dirty(&app).await?;
    let by = deed.by.id.clone();
    let document = deed
        .perform(format!("edition/{year}"), move |tx, now| {
            must_still_be(tx, before)?;
            calendar::insert(tx, &edition, now, by.as_str())?;
            Ok(json!({
                "preview": false, "year": year, "calendar": version, "moved": moved, "result": version,
                "zh": format!("已导入{year}年放假安排，{count}项截止日变动。"),
                "en": format!("the edition of {year} is in; {count} due dates moved"),
            }))
        })
        .await?;
    settled(&app).await?;
    Ok(document)
}

/// Sets the policy; its number follows the one in force.
pub(super) async fn policy_set(deed: Deed, settings: Value) -> Result<Value, Problem> {
    let app = deed.app.clone();
    let refused = |e: daiban_core::rules::PolicyError| Problem::unprocessable("policy_refused", e.zh(), e.to_string());
    let mut policy = Policy::from_json(&settings.to_string()).map_err(refused)?;
    let (before, held) = held(&app)?;
    policy.number = held.policy.number.saturating_add(1);
    let (calendar, since) = (held.calendar.clone(), app.now());
    let moved = moved(&app, Era { since, calendar, policy: policy.clone() }).await?;
    compute_dirty(&app).await?;
    let by = deed.by.id.clone();
    let document = deed
        .perform(format!("policy/{}", policy.number), move |tx, now| {
            must_still_be(tx, before)?;
            policy::insert(tx, &policy, now, by.as_str())?;
            Ok(json!({
                "policy": policy, "moved": moved, "result": policy.number.to_string(),
                "zh": format!("第{}号规则参数已生效，{}项截止日变动。", policy.number, moved.len()),
                "en": format!("policy {} is in force; {} due dates moved", policy.number, moved.len()),
            }))
        })
        .await?;
    settled(&app).await?;
    Ok(document)
}

/// What is in force, and which state of the store that is.
fn held(app: &App) -> Result<(Eras, Arc<Reference>), DbError> {
    app.db.read(|conn| Ok((editions::version(conn)?.eras, app.reference(conn)?)))
}

/// What is stored next was weighed against `before`: it is not stored over what somebody else settled meanwhile.
fn must_still_be(tx: &Transaction<'_>, before: Eras) -> Result<(), DbError> {
    if editions::version(tx)?.eras == before { Ok(()) } else { Err(DbError::Contended) }
}

/// What follows a change that is kept already: whoever ordered it must not be told that it may simply be ordered again.
async fn settled(app: &Arc<App>) -> Result<(), Problem> {
    settle(app).await.map(drop).map_err(|error| {
        tracing::error!(error = %error, "a change is in force, but what follows from it was not computed");
        DbError::Uncertain.into()
    })
}

/// The due dates that a coming era would move: of every case's standing duties and of the district's.
async fn moved(app: &Arc<App>, next: Era) -> Result<Vec<Value>, Problem> {
    Ok(app.aside_in(Lane::Office, |app| app.db.read(|conn| compared(conn, next))).await??)
}

fn compared(conn: &Connection, next: Era) -> Result<Vec<Value>, DbError> {
    let now = next.since;
    let before = eras(conn)?;
    let after: Vec<Era> = before.iter().cloned().chain([next]).collect();
    let mut moved = Vec::new();
    for head in cases::list(conn)? {
        let old = compute_case(conn, &head, &before, now)?;
        let new = compute_case(conn, &head, &after, now)?;
        let title = old.view.title.clone();
        let pairs = old.duties.values().filter_map(|duty| Some((duty, new.duties.get(&duty.key)?)));
        moved.extend(pairs.filter_map(|(old, new)| change(old, new, title.as_deref())));
    }
    let (old, new) = (district_duties(conn, &before, now)?, district_duties(conn, &after, now)?);
    let pairs = old.iter().filter_map(|duty| Some((duty, new.iter().find(|other| other.key == duty.key)?)));
    moved.extend(pairs.filter_map(|(old, new)| change(old, new, None)));
    Ok(moved)
}

fn change(old: &Duty, new: &Duty, title: Option<&str>) -> Option<Value> {
    let trace = new.trace.iter().skip(old.trace.len()).next_back();
    let to = trace.map_or(new.due_on, |trace| trace.to);
    if old.due_on == to {
        return None;
    }
    let kept = if new.due_on == old.due_on { "（保留较晚的原日期）" } else { "" };
    Some(json!({
        "case": old.case, "title": title, "key": old.key, "from": old.due_on, "to": to, "kept": new.due_on,
        "zh": format!("{}：{}，{}→{to}{kept}", title.unwrap_or("全区"), old.title_zh, old.due_on),
    }))
}

/// The editions held, with their notices and imports.
pub(super) fn calendar_list(conn: &Connection, held: &Calendar) -> Result<Value, Problem> {
    let editions: Vec<Value> = held
        .editions()
        .map(|edition| {
            let notice = edition.citation().unwrap_or_else(|| "尚未公布，仅法定节假日".to_owned());
            let makeup = edition.makeup_days().count();
            let zh = format!("{}年：{notice}，调休上班{makeup}天", edition.year);
            json!({ "year": edition.year, "status": edition.status, "notices": edition.notices, "zh": zh })
        })
        .collect();
    Ok(json!({ "calendar": held.version(), "editions": editions, "imports": calendar::list(conn)? }))
}

/// Runs the night's work, and notes who ordered it, on a task of its own, so that a caller who hangs up does not stop it half way.
pub(super) async fn night_run(deed: Deed, on: Option<Date>) -> Result<Value, Problem> {
    let on = on.unwrap_or_else(|| local_date(deed.app.now()));
    let night = async move {
        let document = nightly(&deed.app, on, |_| ()).await?.document();
        deed.perform(format!("nightly/{on}"), move |_, _| Ok(document.clone())).await
    };
    tokio::spawn(night).await.map_err(|_| DbError::Stopped)?
}
