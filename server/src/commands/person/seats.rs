//! The seats of a person who leaves: ended in every case, each case in a transaction of its own, so that doing it again goes on where
//! it was cut off.

use crate::app::{App, Lane};
use crate::commands::words::{role, sentences, titled};
use crate::db::sql::directory::Person;
use crate::db::sql::{audit, cases, cbor, directory, members};
use crate::db::{Connection, DbError, OFFICE_WORK};
use crate::error::Problem;
use crate::ledger;
use daiban_core::case::JudgingState;
use daiban_core::ids::{CaseId, PersonId};
use daiban_core::people::{Roster, RosterEntry};
use daiban_core::rules::{Subject, successor};
use daiban_messages::say::command_people as say;
use daiban_messages::{Both, Say};
use serde::Serialize;
use std::sync::Arc;

/// A seat that ended, and who took over.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Ended {
    /// The case.
    pub(super) case: CaseId,
    /// Its title.
    pub(super) title: String,
    /// The row that ended it.
    pub(super) sequence: u64,
    /// The seat.
    pub(super) seat: RosterEntry,
    /// Who owes from now on what was left open; without a person where nobody took over.
    pub(super) successor: Option<Subject>,
    /// That person's name.
    pub(super) successor_name: Option<String>,
}

/// The cases in which a person has a seat that has not ended.
pub(super) fn seated(conn: &Connection, person: &PersonId, now: i64) -> Result<Vec<CaseId>, DbError> {
    let mut seated = Vec::new();
    for case in members::seated(conn, person, now)? {
        let Some(head) = cases::find(conn, case)? else { continue };
        let standing: JudgingState = cbor::read(&head.standing, "standing")?;
        if running(&standing.roster, person, now).next().is_some() {
            seated.push(case);
        }
    }
    Ok(seated)
}

/// Ends a person's seats in one case.
pub(super) async fn end(app: &Arc<App>, by: PersonId, case: CaseId, person: PersonId) -> Result<Vec<Ended>, Problem> {
    // Reading a whole case for its name is not what the writer waits for.
    let named = move |app: &App| app.db.read(|conn| Ok::<_, Problem>(ledger::view(conn, case)?.title));
    let title = titled(app.run_blocking_in(Lane::Office, named).await??.as_deref()).zh;
    let env = app.env();
    let ended = app.db.write(move |tx| {
        tx.alone(OFFICE_WORK)?;
        let Some(head) = cases::hold(tx, case)? else { return Ok(Vec::new()) };
        let JudgingState { mut roster, .. } = cbor::read(&head.standing, "standing")?;
        let seats: Vec<RosterEntry> = running(&roster, &person, env.now).cloned().collect();
        let mut rows = Vec::with_capacity(seats.len());
        for seat in seats {
            let seat = RosterEntry { until: Some(ends(&seat, env.now)), ..seat };
            rows.push((ledger::append_roster(tx, &env, case, seat.clone())?.sequence, seat.clone()));
            roster.set(seat);
        }
        if !rows.is_empty() {
            audit::append(tx, env.now, by.as_str(), "person_leave", &case.to_string(), &format!("seats of {person} ended"))?;
        }
        let told = |(sequence, seat): (u64, RosterEntry)| {
            let successor = successor(&roster, &seat, seat.until.unwrap_or(env.now));
            let heir = successor.as_ref().and_then(|subject| subject.person.as_ref());
            let known = heir.map(|heir| directory::person(tx, heir)).transpose()?.flatten();
            let successor_name = known.map(|known| known.name);
            Ok(Ended { case, title: title.clone(), sequence, seat, successor, successor_name })
        };
        rows.into_iter().map(told).collect::<Result<Vec<_>, Problem>>()
    });
    let ended = ended.await?;
    app.dirty.notify_one();
    Ok(ended)
}

/// The earliest moment at which a seat can end.
fn ends(seat: &RosterEntry, now: i64) -> i64 {
    now.max(seat.from.saturating_add(1))
}

fn running<'a>(roster: &'a Roster, person: &'a PersonId, now: i64) -> impl Iterator<Item = &'a RosterEntry> {
    let runs = move |entry: &&RosterEntry| entry.until.is_none_or(|until| until > ends(entry, now));
    roster.entries().iter().filter(move |entry| entry.person == *person).filter(runs)
}

/// What became of the seats, in sentences.
pub(super) fn told(leaver: &Person, ended: &[Ended]) -> Both {
    let told = |one: &Ended| {
        let (title, leaver, role) = (&one.title, &leaver.name, role(one.seat.role));
        match &one.successor_name {
            Some(name) => say::SeatTakenOver { title, leaver, role, name }.say(),
            None => say::SeatLeftEmpty { title, leaver, role }.say(),
        }
    };
    sentences(ended.iter().map(told))
}
