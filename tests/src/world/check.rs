//! What must hold at the end, whatever happened; `tests/tests/simulation.rs` states it in words.

use super::World;
use super::gone::left;
use crate::office;
use crate::op::NOBODY;
use crate::phone::{FOREIGN_AGENT, FOREIGN_ENTERPRISE};
use daiban_core::admit;
use daiban_core::agent::RecordState;
use daiban_core::calendar::{Week, local_date};
use daiban_core::case::{CaseView, Entry, Row};
use daiban_core::doc::{export, fact_key, read_document};
use daiban_core::fact::{Body, Named, Node};
use daiban_core::ids::{ActorId, CaseId, ChangeHash, DeviceId, PersonId};
use daiban_core::limits::CLOCK_SKEW_SECONDS_MAX;
use daiban_core::rules::Duty;
use daiban_core::sync::Signer;
use daiban_server::ledger;
use std::collections::{BTreeMap, BTreeSet};

/// Chains a device may start in one case before the check gives up looking for its key.
const EPOCHS_LOOKED_AT: u32 = 64;

/// A letter older than this when it comes waits for the office; a day more than the half year for a phone whose day differs.
const LETTER_DAYS_MAX: i64 = 181;

/// Checks everything; gives the number of facts in all cases.
pub fn check(world: &mut World) -> Result<u64, String> {
    let cases = stored(world)?;
    promises(world, &cases)?;
    for (case, rows) in &cases {
        own_chains(world, *case, rows)?;
        document(*case, rows)?;
    }
    own_records(world)?;
    believed(world, &cases)?;
    same_views(world, &cases)?;
    left(world, &cases)?;
    let proved = world.server.app().db.read(ledger::verify).map_err(|e| e.to_string())?;
    proved.map(|proved| proved.changes).map_err(|bad| format!("the log does not prove: {bad}"))
}

/// What was said so far holds on the server as it now is: to be asked right after it died.
pub fn kept(world: &World) -> Result<(), String> {
    promises(world, &stored(world)?)
}

/// Every case with its rows, links checked anew.
fn stored(world: &World) -> Result<BTreeMap<CaseId, Vec<Row>>, String> {
    let app = world.server.app();
    let heads = app.db.read(daiban_server::db::sql::cases::list).map_err(|e| e.to_string())?;
    let mut out = BTreeMap::new();
    for head in heads {
        let rows = app.db.read(|conn| ledger::case_rows(conn, head.id)).map_err(|e| format!("{e:?}"))?;
        let mut chain = Row::chain_start(head.id);
        for (at, row) in rows.iter().enumerate() {
            if row.sequence != at as u64 + 1 || !row.follows(head.id, chain) {
                return Err(format!("case {} row {} does not follow", head.id, row.sequence));
            }
            chain = row.chain;
        }
        out.insert(head.id, rows);
    }
    Ok(out)
}

/// What was acknowledged is there, once, at its number; what went out is what is kept.
fn promises(world: &World, cases: &BTreeMap<CaseId, Vec<Row>>) -> Result<(), String> {
    let mut places: BTreeMap<(CaseId, ChangeHash), Vec<u64>> = BTreeMap::new();
    for (case, rows) in cases {
        for row in rows {
            if let Some(hash) = row.entry.hash() {
                places.entry((*case, hash)).or_default().push(row.sequence);
            }
        }
    }
    for ((case, hash), sequence) in &world.ledger.acknowledged {
        match places.get(&(*case, *hash)).map(Vec::as_slice) {
            None => return Err(format!("case {case}: change {hash} was acknowledged as row {sequence} and is lost")),
            Some([one]) if one == sequence => {}
            Some(found) => return Err(format!("case {case}: change {hash} acknowledged as row {sequence} stands at {found:?}")),
        }
    }
    if let Some(((case, hash), found)) = places.iter().find(|(_, found)| found.len() > 1) {
        return Err(format!("case {case}: change {hash} stands at {found:?}"));
    }
    for ((case, sequence), chain) in &world.ledger.links {
        let kept = cases.get(case).and_then(|rows| rows.get(usize::try_from(*sequence).ok()?.checked_sub(1)?));
        if kept.map(|row| row.chain) != Some(*chain) {
            return Err(format!("case {case} row {sequence} went out and is not what is kept"));
        }
    }
    let kept: i64 = count(world, "SELECT count(*) FROM quarantine")?;
    let told: BTreeSet<i64> = world.ledger.quarantined.keys().map(|(_, no)| *no).collect();
    if kept < told.len() as i64 {
        return Err(format!("{} refused changes were said to be in quarantine, {kept} are", told.len()));
    }
    Ok(())
}

fn count(world: &World, sql: &str) -> Result<i64, String> {
    world.server.app().db.read(|conn| conn.number(sql, &[])).map_err(|e: daiban_server::db::DbError| e.to_string())
}

/// Every change is canonical, has its hash, and stands in a chain of the very device it is attributed to.
fn own_chains(world: &World, case: CaseId, rows: &[Row]) -> Result<(), String> {
    let phones = world.phones.iter().chain(world.gone.iter().map(|gone| &gone.phone));
    let mut keys: BTreeMap<DeviceId, [u8; 32]> = phones.map(|phone| (phone.device(), phone.key().public_key())).collect();
    keys.insert(world.server.app().device(), world.server.app().public_key());
    for row in rows {
        let Entry::Change { bytes, hash, actor, seq, author } = &row.entry else { continue };
        let place = format!("case {case} row {}", row.sequence);
        let checked =
            admit::check(bytes, *actor).map_err(|refusal| format!("{place} holds what admission refuses: {refusal}"))?;
        if checked.hash != *hash || checked.seq != *seq {
            return Err(format!("{place} holds another change than it names"));
        }
        let key = keys.get(&author.device).ok_or_else(|| format!("{place} is attributed to an unknown device"))?;
        if !(0..EPOCHS_LOOKED_AT).any(|epoch| ActorId::derive(key, case, epoch) == *actor) {
            return Err(format!("{place} stands in a chain that is not its device's"));
        }
    }
    Ok(())
}

/// The case as a standard Automerge file loads and holds exactly the case's facts.
fn document(case: CaseId, rows: &[Row]) -> Result<(), String> {
    let mut facts: Vec<(String, Node)> = Vec::new();
    let mut changes: Vec<&[u8]> = Vec::new();
    for row in rows {
        if let Entry::Change { bytes, actor, seq, .. } = &row.entry {
            let checked = admit::check(bytes, *actor).map_err(|refusal| refusal.to_string())?;
            facts.push((fact_key(*actor, *seq), checked.fact));
            changes.push(bytes);
        }
    }
    facts.sort_by(|a, b| a.0.cmp(&b.0));
    let file = export(case, changes.into_iter()).map_err(|error| format!("case {case} cannot be handed out: {error}"))?;
    let read = read_document(&file).map_err(|error| format!("case {case}, handed out, cannot be read: {error}"))?;
    if read == facts { Ok(()) } else { Err(format!("case {case}, handed out, does not hold its facts")) }
}

/// Nothing is in no state: every record of every phone is known to it, and none is left on it alone.
fn own_records(world: &World) -> Result<(), String> {
    let now = world.now();
    for (no, phone) in world.phones.iter().enumerate() {
        // What it shows from its glances is what its rows give.
        phone.agent().agrees(now).map_err(|why| format!("phone {no}: {why}"))?;
        let records = phone.agent().records(None, now);
        for own in &phone.own {
            match records.iter().find(|record| record.fact == own.fact).map(|record| &record.state) {
                None => return Err(format!("phone {no}: its record {} is in no state", own.fact)),
                Some(RecordState::Local { .. }) => return Err(format!("phone {no}: its record {} never left it", own.fact)),
                Some(_) => {}
            }
        }
    }
    Ok(())
}

/// Without a person's word nothing counts that names somebody unknown or of elsewhere, no letter with last year's number, and no
/// week to come.
fn believed(world: &World, cases: &BTreeMap<CaseId, Vec<Row>>) -> Result<(), String> {
    let app = world.server.app();
    for case in cases.keys() {
        let view = app.db.read(|conn| ledger::view(conn, *case)).map_err(|e| format!("{e:?}"))?;
        for fact in view.facts.iter().filter(|fact| fact.is_effective() && fact.ruled.is_none()) {
            let Some(whole) = fact.whole() else { continue };
            if Named::of(&whole.body).people.iter().any(|person| person.as_str() == NOBODY) {
                return Err(format!("case {case}: a record that names nobody known counts"));
            }
            let received_at = fact.received_at.unwrap_or_default();
            if let Some(why) = elsewhere(&whole.body, received_at) {
                return Err(format!("case {case}: {why} counts"));
            }
            let Body::AuthorizationLetterSigned(letter) = &whole.body else { continue };
            let days = local_date(received_at).signed_duration_since(letter.signed_on()).num_days();
            if days > LETTER_DAYS_MAX {
                return Err(format!("case {case}: a letter signed {days} days before it came starts clocks"));
            }
        }
    }
    Ok(())
}

/// What no directory, opening or calendar has.
fn elsewhere(body: &Body, received_at: i64) -> Option<&'static str> {
    let this_week = Week::of(local_date(received_at + CLOCK_SKEW_SECONDS_MAX));
    let (why, found) = match body {
        Body::AuthorizationLetterSigned(letter) => ("a letter of another enterprise", letter.enterprise == FOREIGN_ENTERPRISE),
        Body::FlowTableSubmitted(table) => {
            let foreign = |agent: &PersonId| agent.as_str() == FOREIGN_AGENT;
            ("an agent of another unit", table.rows.iter().filter_map(|row| row.agent.as_ref()).any(foreign))
        }
        Body::NoChange(nothing) => ("a week to come", nothing.week > this_week),
        _ => return None,
    };
    found.then_some(why)
}

/// Every phone holds exactly its person's cases, and sees in each what the server sees: facts, verdicts, duties.
fn same_views(world: &mut World, cases: &BTreeMap<CaseId, Vec<Row>>) -> Result<(), String> {
    let now = world.now();
    super::compute_duties(&mut world.server);
    for case in cases.keys() {
        let app = world.server.app().clone();
        let view = app.db.read(|conn| ledger::view(conn, *case)).map_err(|e| format!("{e:?}"))?;
        drop(app);
        let served = served_duties(world, *case)?;
        for no in 0..world.phones.len() {
            same_view(world, no, &view, &served, now).map_err(|why| format!("phone {no}, case {case}: {why}"))?;
        }
    }
    Ok(())
}

pub(super) fn served_duties(world: &mut World, case: CaseId) -> Result<Vec<Duty>, String> {
    let read = office::read(&mut world.server, &format!("/v1/cases/{case}/duties")).map_err(|refused| format!("{refused:?}"))?;
    let unread = |e: serde_json::Error| format!("duties of case {case} cannot be read: {e}");
    let mut served: Vec<Duty> = serde_json::from_value(read["duties"].clone()).map_err(unread)?;
    let stored = read["stored"].as_array().cloned().unwrap_or_default().into_iter();
    let mut stored: Vec<Duty> =
        stored.map(|row| serde_json::from_value(row["body"].clone())).collect::<Result<_, _>>().map_err(unread)?;
    served.sort_by(|a, b| a.key.cmp(&b.key));
    stored.sort_by(|a, b| a.key.cmp(&b.key));
    if served == stored { Ok(served) } else { Err(format!("case {case}: the stored duty rows are not what is owed now")) }
}

fn same_view(world: &World, no: usize, view: &CaseView, served: &[Duty], now: i64) -> Result<(), String> {
    let phone = &world.phones[no];
    let member = view.roster.roles_at(&phone.holder.person, now).next().is_some();
    let holds = phone.agent().cases(now).into_iter().find(|summary| summary.case == view.case);
    match (member, holds) {
        (false, None) => return Ok(()),
        (true, None) => return Err("its person is on the case, the phone does not hold it".into()),
        (false, Some(_)) => return Err("its person has left the case, the phone still holds it".into()),
        (true, Some(held)) => {
            if let Some(alarm) = held.alarm {
                return Err(format!("the phone calls an alarm: {alarm}"));
            }
        }
    }
    let own = phone.agent().case(view.case, now).map_err(|e| e.to_string())?;
    if own.sequence != view.sequence {
        return Err(format!("it stands at row {}, the server at {}", own.sequence, view.sequence));
    }
    if *own != *view {
        return Err(format!("it sees another case than the server:\n{own:#?}\n--- server:\n{view:#?}"));
    }
    let app = world.server.app();
    let (calendar, numbers) = (app.calendar().map_err(|e| e.to_string())?, app.numbers().map_err(|e| e.to_string())?);
    if phone.agent().calendar().version() != calendar.version() || phone.agent().numbers() != &numbers {
        return Err("it counts by another calendar or other numbers than the server".into());
    }
    let duties = phone.agent().duties(Some(view.case), now).map_err(|e| e.to_string())?;
    same_duties(&duties, served)
}

fn same_duties(own: &[Duty], served: &[Duty]) -> Result<(), String> {
    let by_key = |duties: &[Duty]| duties.iter().map(|d| (d.key.clone(), d.clone())).collect::<BTreeMap<_, _>>();
    let (own, served) = (by_key(own), by_key(served));
    for (key, duty) in &served {
        match own.get(key) {
            None => return Err(format!("the server knows of duty {key}, the phone does not")),
            Some(mine) if mine != duty => return Err(format!("duty {key} differs:\n{mine:#?}\n--- server:\n{duty:#?}")),
            Some(_) => {}
        }
    }
    match own.keys().find(|key| !served.contains_key(*key)) {
        Some(key) => Err(format!("the phone knows of duty {key}, the server does not")),
        None => Ok(()),
    }
}
