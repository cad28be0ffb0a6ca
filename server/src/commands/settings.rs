//! What the office settles for all cases: weighed against what is in force, kept only over that, and computed at once.

use crate::app::{App, Lane, Reference};
use crate::db::sql::cases;
use crate::db::sql::editions::{self, Eras};
use crate::db::{Connection, DbError, Transaction};
use crate::error::Problem;
use crate::watch::{Era, compute_case, district_duties, eras, settle};
use daiban_core::rules::Duty;
use serde_json::{Value, json};
use std::sync::Arc;

/// What is in force, and which state of the store that is.
pub(super) fn held(app: &App) -> Result<(Eras, Arc<Reference>), DbError> {
    app.db.read(|conn| Ok((editions::version(conn)?.eras, app.reference(conn)?)))
}

/// What is stored next was weighed against `before`: it is not stored over what somebody else settled meanwhile.
pub(super) fn must_still_be(tx: &Transaction<'_>, before: Eras) -> Result<(), DbError> {
    if editions::version(tx)?.eras == before { Ok(()) } else { Err(DbError::Contended) }
}

/// What follows a change that is kept already: whoever ordered it must not be told that it may simply be ordered again.
pub(super) async fn settled(app: &Arc<App>) -> Result<(), Problem> {
    settle(app).await.map(drop).map_err(|error| {
        tracing::error!(error = %error, "a change is in force, but what follows from it was not computed");
        DbError::Uncertain.into()
    })
}

/// The due dates that a coming era would move: of every case's standing duties and of the district's.
pub(super) async fn moved(app: &Arc<App>, next: Era) -> Result<Vec<Value>, Problem> {
    Ok(app.run_blocking_in(Lane::Office, |app| app.db.read(|conn| compared(conn, next))).await??)
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
