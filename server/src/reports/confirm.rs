//! Confirming: a person answers for a draft, and from then on its bytes never change.

use super::draft::place;
use super::material::{frozen_groups, read};
use super::{conflict, dated, frozen_already, must_have_run, named, not_drafted, owed, told, whose};
use crate::command_context::CommandContext;
use crate::db::sql::reports::{self, Signature};
use crate::db::sql::{cases, cbor};
use crate::db::{Connection, Transaction};
use crate::error::Problem;
use crate::ledger::{self, Env};
use crate::planted::Bug;
use axum::http::StatusCode;
use daiban_core::calendar::{Week, local_stamp};
use daiban_core::case::{JudgingState, Letter};
use daiban_core::fact::ruling::ReportConfirmed;
use daiban_core::fact::{Ruling, RulingBody};
use daiban_core::ids::{CaseId, FactId, PersonId};
use daiban_core::people::Group;
use daiban_core::plan::Plan;
use daiban_core::report::{DistrictReport, Gaps, GroupReport, Window, hash_of};
use daiban_core::requirement::Requirement;
use daiban_messages::say::reporting as say;
use daiban_messages::{Both, Say};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Which text a person answers for.
pub(crate) struct Confirmation {
    /// The week.
    pub(crate) week: Week,
    /// The group; the district without it.
    pub(crate) group: Option<Group>,
    /// The hash of the text that was read, or its beginning.
    pub(crate) hash: String,
    /// Whether what the text lacks is known and stays so.
    pub(crate) without_missing: bool,
}

/// Freezes a draft. A group's report is confirmed by its specialist and answers D3 in every case it covers, by a ruling there.
pub(crate) async fn confirm(context: CommandContext, confirmation: Confirmation) -> Result<Value, Problem> {
    let Confirmation { week, group, hash: read_hash, without_missing } = confirmation;
    let (calendar, numbers) = (context.app.calendar()?, context.app.numbers()?);
    let window = Window::of(&owed(&calendar, &numbers, week)?, numbers.of_week(&calendar, week));
    let person = context.person().clone();
    let district = context.app.plan();
    if group.is_some() && person.group != group && Requirement::R105.holds() {
        let said = say::NotTheSpecialist { whose: whose(&district, group), person: &person.name };
        return Err(Problem::said(StatusCode::FORBIDDEN, "not_the_specialist", said));
    }
    let read_hash = legible(&read_hash)?;
    let (app, by) = (context.app.clone(), Confirming::of(&context));
    let (env, unread) = (app.env(), app.planted(Bug::ConfirmUnread));
    let done = context
        .perform(place(week, group), move |tx, now| {
            let row = reports::find(tx, week, group)?.ok_or_else(|| not_drafted(&district, week, group))?;
            if row.state != "draft" {
                return Err(frozen_already(&district, week, group));
            }
            must_be_time(&district, window, week, group, now)?;
            let hash = hash_of(&row.text);
            if !unread {
                must_be_read(&district, (&read_hash, &hash), week, group)?;
            }
            if group.is_none() {
                must_be_current(tx, week, &row.text)?;
            }
            let whose = whose(&district, group);
            must_be_whole(&gaps(&row.text, group)?, without_missing, &whose, week)?;
            let covered = match group {
                Some(group) => answer(tx, &env, &by, (week, group, &whose), &row.text, &hash)?,
                None => 0,
            };
            reports::freeze(tx, week, group, &hash, by.signature(), now)?;
            let late = group.is_some() && window.is_some_and(|window| window.is_late(now));
            let document = json!({
                "week": week, "group": group, "state": "frozen", "hash": hash, "cases": covered, "late": late, "result": hash,
            });
            Ok(told(document, say::Confirmed { week: named(week), whose, late, recorded: &by.recorded }))
        })
        .await?;
    app.dirty.notify_one();
    Ok(done)
}

/// Who confirms, and who recorded it for that person.
struct Confirming {
    person: PersonId,
    recorded_by: Option<PersonId>,
    recorded: Both,
}

impl Confirming {
    fn of(context: &CommandContext) -> Confirming {
        let (person, recorded_by) = (context.person().id.clone(), context.recorded_by().cloned());
        Confirming { person, recorded_by, recorded: context.recorded() }
    }

    fn signature(&self) -> Signature<'_> {
        Signature { by: self.person.as_str(), recorded_by: self.recorded_by.as_ref().map(PersonId::as_str) }
    }
}

/// The fewest digits of a hash that name a text.
const DIGITS_MIN: usize = 8;

fn legible(hash: &str) -> Result<String, Problem> {
    let hash = hash.trim().to_ascii_lowercase();
    if (DIGITS_MIN..=64).contains(&hash.len()) && hash.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Ok(hash);
    }
    Err(Problem::said(StatusCode::BAD_REQUEST, "hash_unreadable", say::HashUnreadable { digits: DIGITS_MIN }))
}

/// A group's week is confirmed from the noon of its last working day, the district's once that day is over.
fn must_be_time(district: &Plan, window: Option<Window>, week: Week, group: Option<Group>, at: i64) -> Result<(), Problem> {
    if group.is_none() {
        return must_have_run(window, week, at);
    }
    let Some(window) = window.filter(|window| !window.is_open(at)) else { return Ok(()) };
    let from = local_stamp(window.opens_at);
    Err(conflict("week_not_run", say::WeekNotRun { week: dated(week), whose: whose(district, group), from }))
}

/// Somebody drafted again or wrote a note since the text was read.
fn must_be_read(district: &Plan, (read, hash): (&str, &str), week: Week, group: Option<Group>) -> Result<(), Problem> {
    if hash.starts_with(read) {
        return Ok(());
    }
    Err(conflict("report_changed", say::Changed { week: named(week), whose: whose(district, group) }))
}

fn gaps(text: &str, group: Option<Group>) -> Result<Gaps, Problem> {
    Ok(match group {
        Some(_) => read::<GroupReport>(text)?.gaps(),
        None => read::<DistrictReport>(text)?.gaps(),
    })
}

/// What a report lacks is asked about once; whoever confirms it all the same says so.
fn must_be_whole(gaps: &Gaps, without_missing: bool, whose: &Both, week: Week) -> Result<(), Problem> {
    if without_missing || gaps.is_empty() {
        return Ok(());
    }
    let (groups, agents, sections) = (gaps.groups.len(), gaps.silent.len(), gaps.sections.len());
    let gaps = Both::new(gaps.zh(), format!("groups {groups}, agents {agents}, sections {sections}"));
    Err(conflict("report_incomplete", say::Incomplete { week: named(week), whose, gaps }))
}

/// Writes the ruling into every case that owes the group's report of that week, or is told of in it.
fn answer(
    tx: &Transaction<'_>,
    env: &Env,
    by: &Confirming,
    (week, group, whose): (Week, Group, &Both),
    text: &str,
    hash: &str,
) -> Result<usize, Problem> {
    let body = RulingBody::ReportConfirmed(ReportConfirmed { group, week, report: hash.to_owned() });
    let reason = say::ConfirmedReason { whose, week: named(week), recorded: &by.recorded }.say().zh;
    let covered = covered(tx, week, text, |standing, letter| !standing.closed && !letter.returned)?;
    rule_in_each(tx, env, &covered, (&by.person, &reason), &body)
}

/// The cases that a group's report tells of, and those with such a letter signed in its week or before.
pub(super) fn covered(
    conn: &Connection,
    week: Week,
    text: &str,
    counts: impl Fn(&JudgingState, &Letter) -> bool,
) -> Result<BTreeSet<CaseId>, Problem> {
    let report: GroupReport = read(text)?;
    let told = report.cases.iter().chain(&report.supplements).map(|section| section.case);
    Ok(told.chain(lettered(conn, week, counts)?).collect())
}

/// Writes the same ruling, each by an id of its own, into all of these cases; gives how many.
pub(super) fn rule_in_each(
    tx: &Transaction<'_>,
    env: &Env,
    cases: &BTreeSet<CaseId>,
    (by, reason): (&PersonId, &str),
    body: &RulingBody,
) -> Result<usize, Problem> {
    for case in cases {
        let ruling = Ruling::new(FactId(crate::random::bytes()), by.clone(), reason, body);
        ledger::append_ruling(tx, env, *case, ruling)?;
    }
    Ok(cases.len())
}

/// Cases with such a letter signed in that week or before.
fn lettered(conn: &Connection, week: Week, counts: impl Fn(&JudgingState, &Letter) -> bool) -> Result<Vec<CaseId>, Problem> {
    let mut lettered = Vec::new();
    for head in cases::list(conn)? {
        let standing: JudgingState = cbor::read(&head.standing, "standing")?;
        if standing.letters.iter().any(|letter| letter.signed_on <= week.sunday() && counts(&standing, letter)) {
            lettered.push(head.id);
        }
    }
    Ok(lettered)
}

/// A district draft made before a group confirmed would leave that group out; one made before a group's report was sent back would tell
/// what nobody answers for.
fn must_be_current(conn: &Connection, week: Week, text: &str) -> Result<(), Problem> {
    let report: DistrictReport = read(text)?;
    let told: BTreeSet<&str> = report.groups.iter().map(|part| part.hash.as_str()).collect();
    let frozen = frozen_groups(conn, week)?;
    if frozen.iter().map(|part| part.hash.as_str()).collect::<BTreeSet<_>>() == told {
        return Ok(());
    }
    Err(conflict("draft_outdated", say::Outdated { week: named(week) }))
}
