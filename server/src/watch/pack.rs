//! Taking another pack over, unless it would change what is done and over.

use super::{Computed, compute_case, rules_in_force};
use crate::app::{App, OpenError};
use crate::db::sql::{calendar, cases, directory, pack, policy};
use crate::db::{Connection, DbError};
use crate::pack::{PackProblem, PlacedFault, read};
use daiban_core::calendar::Date;
use daiban_core::plan::{PackFault, Place, Plan, Wrong};
use daiban_core::rules::RulesInForce;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Takes a pack over; one that is refused leaves the pack that the store holds.
pub fn take_pack(app: &App, folder: &Path) -> Result<(), OpenError> {
    let (plan, now) = (Arc::new(read(folder)?), app.now());
    app.db.read(|conn| must_leave_units(conn, &plan, folder))??;
    app.db.read(|conn| must_leave_closed(conn, &plan, folder, now))??;
    app.db.write_blocking(move |tx| pack::keep(tx, &plan))?;
    Ok(())
}

/// Refuses a pack that has a name which a unit added by the office goes by.
fn must_leave_units(conn: &Connection, plan: &Plan, folder: &Path) -> Result<Result<(), PackProblem>, DbError> {
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
    Ok(if faults.is_empty() { Ok(()) } else { Err(PackProblem { folder: folder.to_owned(), faults }) })
}

/// Refuses a pack under which a duty that is closed would have another date, or would not be there.
fn must_leave_closed(conn: &Connection, plan: &Arc<Plan>, folder: &Path, now: i64) -> Result<Result<(), PackProblem>, DbError> {
    if pack::current(conn)?.hash() == plan.hash() {
        return Ok(Ok(()));
    }
    let before = rules_in_force(conn)?;
    let after = RulesInForce::of_plan(plan, calendar::imports(conn)?, policy::decisions(conn)?);
    let after = after.map_err(|_| DbError::Corrupt("edition"))?;
    let (mut count, mut first) = (0, None);
    for head in cases::list(conn)? {
        let (old, new) = (closed(&compute_case(conn, &head, &before, now)?), closed(&compute_case(conn, &head, &after, now)?));
        for (key, due_on) in old.iter().filter(|(key, due_on)| new.get(*key) != Some(*due_on)) {
            count += 1;
            if first.is_none() {
                let title = compute_case(conn, &head, &before, now)?.view.title.unwrap_or_default();
                first = Some(format!("{title} {key} {due_on}"));
            }
        }
    }
    let Some(first) = first else { return Ok(Ok(())) };
    let effective = plan.document.effective.map(|day| day.to_string()).unwrap_or_default();
    let wrong = Wrong::MovesClosed { effective, count, first };
    let fault = PackFault { place: Place::file("pack").key("document").key("effective"), wrong };
    let faults = vec![PlacedFault::of(&fault, folder, None)];
    Ok(Err(PackProblem { folder: folder.to_owned(), faults }))
}

fn closed(computed: &Computed) -> BTreeMap<String, Date> {
    let over = computed.duties.values().filter(|duty| !duty.state.is_open());
    over.map(|duty| (duty.key.clone(), duty.due_on)).collect()
}
