//! Those who left, and what must hold of them at the end.

use super::World;
use super::check::served_duties;
use crate::phone::{Own, Phone};
use daiban_core::admit;
use daiban_core::case::Row;
use daiban_core::fact::Fact;
use daiban_core::ids::{CaseId, FactId, PersonId};
use daiban_core::rules::State;
use daiban_server::db::sql::quarantine;
use daiban_server::ledger;
use std::collections::{BTreeMap, BTreeSet};

/// A phone whose holder left.
pub struct Gone {
    /// The phone, put away.
    pub phone: Phone,
    /// What only it held on that day.
    pub unsent: Vec<Own>,
}

/// What a leaver left open is somebody else's wherever the leaver had a seat, and nothing that was unsent is lost: it stands in its case
/// or lies in quarantine.
pub(super) fn left(world: &mut World, cases: &BTreeMap<CaseId, Vec<Row>>) -> Result<(), String> {
    for gone in &world.gone {
        let kept = kept(world, gone)?;
        for own in &gone.unsent {
            let stands = |view: daiban_core::case::CaseView| view.fact(own.fact).is_some();
            let in_case = world.server.app().db.read(|conn| ledger::view(conn, own.case)).is_ok_and(stands);
            if !in_case && !kept.contains(&own.fact) {
                return Err(format!("{} left, and the unsent record {} is lost", gone.phone.holder.person, own.fact));
            }
        }
    }
    // A seat that began in the second of the leaving ends in the next one.
    world.advance(2);
    super::compute_duties(&mut world.server);
    let people: Vec<_> = world.gone.iter().map(|gone| gone.phone.holder.person.clone()).collect();
    for case in cases.keys() {
        let view = world.server.app().db.read(|conn| ledger::view(conn, *case)).map_err(|e| format!("{e:?}"))?;
        let seated = |person: &PersonId| view.roster.entries().iter().any(|entry| entry.person == *person);
        for duty in served_duties(world, *case)? {
            // What waits for a ruling is about the leaver's own record.
            let open = duty.state.is_open() && !matches!(duty.state, State::AwaitingRuling { .. });
            if let Some(person) = duty.subject.person.filter(|person| open && people.contains(person) && seated(person)) {
                return Err(format!("case {case}: {person} left and still owes {}", duty.key));
            }
        }
    }
    Ok(())
}

/// The records of a phone that lie in quarantine and can be read.
fn kept(world: &World, gone: &Gone) -> Result<BTreeSet<FactId>, String> {
    let read = |bytes: Vec<u8>| {
        let actor = admit::peek(&bytes).ok()?.actor;
        Some(Fact::read(admit::check(&bytes, actor).ok()?.fact).ok()?.id)
    };
    let found = world.server.app().db.read(|conn| {
        let rows = quarantine::before(conn, i64::MAX, u32::MAX)?;
        let mine = rows.into_iter().filter(|row| row.device == gone.phone.device());
        mine.map(|row| quarantine::bytes(conn, row.no)).collect::<Result<Vec<_>, daiban_server::db::DbError>>()
    });
    Ok(found.map_err(|e| e.to_string())?.into_iter().flatten().filter_map(read).collect())
}
