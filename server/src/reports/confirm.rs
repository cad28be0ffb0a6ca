//! Confirming: a person answers for a draft, and from then on its bytes never change.

use super::draft::place;
use super::material::{frozen_groups, read};
use super::{frozen_already, must_have_run, not_drafted, owed, whose};
use crate::command_context::CommandContext;
use crate::db::sql::reports::{self, Signature};
use crate::db::sql::{cases, cbor};
use crate::db::{Connection, Transaction};
use crate::error::Problem;
use crate::ledger::{self, Env};
use crate::planted::Bug;
use daiban_core::calendar::{Week, local_stamp};
use daiban_core::case::{JudgingState, Letter};
use daiban_core::fact::ruling::ReportConfirmed;
use daiban_core::fact::{Ruling, RulingBody};
use daiban_core::ids::{CaseId, FactId, PersonId};
use daiban_core::people::Group;
use daiban_core::plan::Plan;
use daiban_core::report::{DistrictReport, Gaps, GroupReport, Window, hash_of};
use daiban_core::requirement::Requirement;
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
        let zh = format!("{}周报应由本组代办专员确认；{}不是该组专员，请改为该组专员。", whose(&district, group), person.name);
        return Err(Problem::forbidden("not_the_specialist", zh, "a group's report is confirmed by its own specialist"));
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
            must_be_whole(&gaps(&row.text, group)?, without_missing, whose(&district, group), week)?;
            let covered = match group {
                Some(group) => answer(tx, &env, &by, (week, group, district.organisation.group_zh(group)), &row.text, &hash)?,
                None => 0,
            };
            reports::freeze(tx, week, group, &hash, by.signature(), now)?;
            let late = group.is_some() && window.is_some_and(|window| window.is_late(now));
            Ok(confirmed(whose(&district, group), week, group, &hash, covered, late, &by.recorded_zh))
        })
        .await?;
    app.dirty.notify_one();
    Ok(done)
}

/// Who confirms, and who recorded it for that person.
struct Confirming {
    person: PersonId,
    recorded_by: Option<PersonId>,
    recorded_zh: String,
}

impl Confirming {
    fn of(context: &CommandContext) -> Confirming {
        let (person, recorded_by) = (context.person().id.clone(), context.recorded_by().cloned());
        Confirming { person, recorded_by, recorded_zh: context.recorded_zh() }
    }

    fn signature(&self) -> Signature<'_> {
        Signature { by: self.person.as_str(), recorded_by: self.recorded_by.as_ref().map(PersonId::as_str) }
    }
}

fn confirmed(whose: &str, week: Week, group: Option<Group>, hash: &str, covered: usize, late: bool, recorded_zh: &str) -> Value {
    let told = if late { "（逾期确认）" } else { "" };
    json!({
        "week": week, "group": group, "state": "frozen", "hash": hash, "cases": covered, "late": late, "result": hash,
        "zh": format!("{}{}周报已确认并定稿{told}{recorded_zh}。", week.name_zh(), whose),
        "en": format!("report {week} ({}) confirmed and frozen", group.map_or("district", Group::id)),
    })
}

/// The fewest digits of a hash that name a text.
const DIGITS_MIN: usize = 8;

fn legible(hash: &str) -> Result<String, Problem> {
    let hash = hash.trim().to_ascii_lowercase();
    if (DIGITS_MIN..=64).contains(&hash.len()) && hash.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Ok(hash);
    }
    let zh = "请填写所核对周报文本的摘要（hash，至少前8位），可在“查看周报”中查到。";
    Err(Problem::bad_request("hash_unreadable", zh, "give the hash of the text that was read, at least its first 8 digits"))
}

/// A group's week is confirmed from the noon of its last working day, the district's once that day is over.
fn must_be_time(district: &Plan, window: Option<Window>, week: Week, group: Option<Group>, at: i64) -> Result<(), Problem> {
    let Some(group) = group else { return must_have_run(window, week, at) };
    let Some(window) = window.filter(|window| !window.is_open(at)) else { return Ok(()) };
    let zh = format!(
        "{}尚未结束，{}周报请于{}起确认。",
        week.zh(),
        district.organisation.group_zh(group),
        local_stamp(window.opens_at)
    );
    Err(Problem::conflict("week_not_run", zh, "a group confirms its week from the noon of its last working day"))
}

/// Somebody drafted again or wrote a note since the text was read.
fn must_be_read(district: &Plan, (read, hash): (&str, &str), week: Week, group: Option<Group>) -> Result<(), Problem> {
    if hash.starts_with(read) {
        return Ok(());
    }
    let zh = format!("{}{}周报草稿在您核对之后有变动，请重新查看全文，核对后再确认。", week.name_zh(), whose(district, group));
    Err(Problem::conflict("report_changed", zh, "the draft is not the text that was read; read it again and confirm that"))
}

fn gaps(text: &str, group: Option<Group>) -> Result<Gaps, Problem> {
    Ok(match group {
        Some(_) => read::<GroupReport>(text)?.gaps(),
        None => read::<DistrictReport>(text)?.gaps(),
    })
}

/// What a report lacks is asked about once; whoever confirms it all the same says so.
fn must_be_whole(gaps: &Gaps, without_missing: bool, whose: &str, week: Week) -> Result<(), Problem> {
    if without_missing || gaps.is_empty() {
        return Ok(());
    }
    let zh = format!(
        "{}{}周报内容不全。{}。请催报、补写说明后重新起草；确需按现有内容报送的，请注明（--without-missing），所缺人员和单位将在报告中列明。",
        week.name_zh(),
        whose,
        gaps.zh()
    );
    Err(Problem::conflict(
        "report_incomplete",
        zh,
        "groups, agents or sections are missing; say without_missing to confirm it so",
    ))
}

/// Writes the ruling into every case that owes the group's report of that week, or is told of in it.
fn answer(
    tx: &Transaction<'_>,
    env: &Env,
    by: &Confirming,
    (week, group, group_zh): (Week, Group, &str),
    text: &str,
    hash: &str,
) -> Result<usize, Problem> {
    let body = RulingBody::ReportConfirmed(ReportConfirmed { group, week, report: hash.to_owned() });
    let reason = format!("{}{}周报已确认{}", group_zh, week.name_zh(), by.recorded_zh);
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
    let zh = format!("{}全区周报起草之后又有工作组周报确认或退回，请重新起草后再确认。", week.name_zh());
    Err(Problem::conflict("draft_outdated", zh, "a group's report was confirmed or sent back since; draft it again"))
}
