//! Taking another pack over, unless it would change what is done and over. One that begins later holds from its first day on; what is
//! counted by the days before stays as the pack before it has it.

use super::{replay_under, rules_in_force, told_rows};
use crate::app::{App, OpenError};
use crate::db::sql::{audit, calendar, cases, directory, pack, policy};
use crate::db::{Connection, DbError};
use crate::pack::{PackProblem, PlacedFault, read};
use daiban_core::calendar::Date;
use daiban_core::plan::{PackFault, Place, Plan, Wrong};
use daiban_core::rules::{Duty, RulesInForce};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Whom the audit log names for it: whoever runs the server gave it.
const SERVER: &str = "server";
/// What the audit log calls it.
const TAKEN_OVER: &str = "pack_take";

/// Takes a pack over; one that is refused leaves the pack that the store holds.
pub fn take_pack(app: &App, folder: &Path) -> Result<(), OpenError> {
    let (given, now) = (read(folder)?, app.now());
    let Some(plan) = app.db.read(|conn| to_be_kept(conn, given, folder))?? else { return Ok(()) };
    let mut faults = app.db.read(|conn| names_taken(conn, &plan, folder))?;
    faults.extend(app.db.read(|conn| moves_closed(conn, &plan, folder, now))?);
    if !faults.is_empty() {
        return Err(PackProblem { folder: folder.to_owned(), faults }.into());
    }
    app.db.write_blocking(move |tx| {
        if pack::keep(tx, &plan)? {
            let first = plan.document.effective.map(|day| day.to_string()).unwrap_or_default();
            let result = format!("{} from {first}", plan.document.number);
            audit::append(tx, now, SERVER, TAKEN_OVER, &format!("pack/{}", plan.id), &result)?;
        }
        Ok::<_, DbError>(())
    })?;
    Ok(())
}

/// The pack behind those before it; `None` where the store has it already.
fn to_be_kept(conn: &Connection, given: Plan, folder: &Path) -> Result<Result<Option<Arc<Plan>>, PackProblem>, DbError> {
    let current = pack::current(conn)?;
    if current.own_hash() == given.own_hash() {
        return Ok(Ok(None));
    }
    // A district's first pack stands alone: nothing was ever counted by another.
    if !pack::is_kept(conn)? && cases::list(conn)?.is_empty() {
        return Ok(Ok(Some(Arc::new(given))));
    }
    let faults = |faults: Vec<PackFault>| faults.iter().map(|fault| PlacedFault::of(fault, folder, None)).collect();
    let following = given.following(&current).map(|plan| Some(Arc::new(plan)));
    Ok(following.map_err(|wrong| PackProblem { folder: folder.to_owned(), faults: faults(wrong) }))
}

/// The names of a pack by which a unit goes that the office added.
fn names_taken(conn: &Connection, plan: &Plan, folder: &Path) -> Result<Vec<PlacedFault>, DbError> {
    let (mut with, mut faults) = (plan.clone(), Vec::new());
    for unit in directory::units(conn)? {
        match with.with_unit(unit) {
            Ok(more) => with = more,
            Err(error) => {
                let fault = PackFault { place: Place::file("organisation").key("unit"), wrong: Wrong::Unit(error) };
                faults.push(PlacedFault::of(&fault, folder, None));
            }
        }
    }
    Ok(faults)
}

/// Says of a pack under which a duty that is closed would have another date, or would not be there, that it does.
fn moves_closed(conn: &Connection, plan: &Arc<Plan>, folder: &Path, now: i64) -> Result<Option<PlacedFault>, DbError> {
    let before = rules_in_force(conn)?;
    let after = RulesInForce::of_plan(plan, calendar::imports(conn)?, policy::decisions(conn)?);
    let after = after.map_err(|_| DbError::Corrupt("edition"))?;
    let (mut count, mut first) = (0, None);
    for head in cases::list(conn)? {
        let (view, duties) = replay_under(head.id, &told_rows(conn, &head)?, [&before, &after], now);
        let [old, new] = duties.each_ref().map(closed);
        for (key, due_on) in old.iter().filter(|(key, due_on)| new.get(*key) != Some(*due_on)) {
            count += 1;
            first.get_or_insert_with(|| format!("{} {key} {due_on}", view.title.as_deref().unwrap_or_default()));
        }
    }
    let Some(first) = first else { return Ok(None) };
    let effective = plan.document.effective.map(|day| day.to_string()).unwrap_or_default();
    let wrong = Wrong::MovesClosed { effective, count, first };
    let fault = PackFault { place: Place::file("pack").key("document").key("effective"), wrong };
    Ok(Some(PlacedFault::of(&fault, folder, None)))
}

fn closed(duties: &BTreeMap<String, Duty>) -> BTreeMap<&str, Date> {
    let over = duties.values().filter(|duty| !duty.state.is_open());
    over.map(|duty| (duty.key.as_str(), duty.due_on)).collect()
}
