//! 退回: a confirmed group report goes back to its specialist, as long as the district's report of that week has not gone out.

use super::confirm::{covered, rule_in_each};
use super::draft::place;
use super::{conflict, named, told, whose};
use crate::command_context::CommandContext;
use crate::db::Transaction;
use crate::db::sql::directory::Person;
use crate::db::sql::notices::{self, Notice};
use crate::db::sql::reports::{self, ReportRow};
use crate::error::Problem;
use crate::ledger::Env;
use axum::http::StatusCode;
use daiban_core::calendar::Week;
use daiban_core::fact::RulingBody;
use daiban_core::fact::kind_info;
use daiban_core::fact::ruling::ReportReturned;
use daiban_core::people::{Group, Role};
use daiban_core::plan::Plan;
use daiban_core::rules::clause_in_full;
use daiban_messages::say::notice as words;
use daiban_messages::say::reporting as say;
use daiban_messages::{Both, Message, Say};
use serde_json::{Value, json};

/// How much of a hash names a notice.
const DIGITS: usize = 8;

/// Opens a confirmed report again: the frozen text stays as an earlier edition, D3 is due again by its first date, the specialist is
/// told. A district's report that was confirmed on it becomes a draft again, too.
pub(crate) async fn send_back(context: CommandContext, week: Week, group: Group, reason: String) -> Result<Value, Problem> {
    let district = context.app.plan();
    must_receive(&district, &context.by, group)?;
    let (app, env, by) = (context.app.clone(), context.app.env(), context.by.clone());
    let done = context
        .perform(place(week, Some(group)), move |tx, now| {
            let row = reports::find(tx, week, Some(group))?.filter(|row| row.state == "frozen");
            let row = row.ok_or_else(|| not_confirmed(&district, week, group))?;
            if reports::find(tx, week, None)?.is_some_and(|district| district.state == "sent") {
                return Err(sent_already(&district, week, group));
            }
            reports::send_back(tx, (week, Some(group)), by.id.as_str(), reason.trim(), now)?;
            let whole = reports::find(tx, week, None)?;
            let whose = whose(&district, Some(group));
            let outdated = reports::send_back(tx, (week, None), by.id.as_str(), &say::BuiltOnIt.say().zh, now)?;
            if let Some(row) = whole.filter(|_| outdated) {
                notices::insert(tx, &district_notice(week, &whose, &row, now))?;
            }
            let covered = reopen(tx, &env, &by, &reason, (week, group), &row)?;
            notices::insert(tx, &notice((week, group, &whose), &row, &by, reason.trim().trim_end_matches('。'), now))?;
            let document = json!({
                "week": week, "group": group, "state": "draft", "cases": covered, "district_reopened": outdated,
                "result": format!("returned {}", row.hash.unwrap_or_default()),
            });
            Ok(told(document, say::Returned { week: named(week), whose, reopened: outdated }))
        })
        .await?;
    app.dirty.notify_one();
    Ok(done)
}

/// Groups report to the dispatch group, the dispatch group to the office.
fn must_receive(district: &Plan, by: &Person, group: Group) -> Result<(), Problem> {
    let receives = match by.role {
        Role::GroupSpecialist => by.group == Some(Group::Dispatch) && group != Group::Dispatch,
        _ => true,
    };
    if receives {
        return Ok(());
    }
    let names = &district.organisation;
    let office = Both::new(names.role_zh(Role::Office), names.role_en(Role::Office));
    let receivers = match group {
        Group::Dispatch => say::LeadOrOffice { office }.say(),
        _ => say::GroupOrOffice { group: whose(district, Some(Group::Dispatch)), office }.say(),
    };
    let said = say::NotTheReceiver { whose: whose(district, Some(group)), receivers };
    Err(Problem::said(StatusCode::FORBIDDEN, "not_the_receiver", said))
}

fn not_confirmed(district: &Plan, week: Week, group: Group) -> Problem {
    conflict("not_confirmed", say::NothingToReturn { week: named(week), whose: whose(district, Some(group)) })
}

fn sent_already(district: &Plan, week: Week, group: Group) -> Problem {
    conflict("report_sent", say::GoneAlready { week: named(week), whose: whose(district, Some(group)) })
}

/// Writes the ruling into every case that the confirmation covers: those told of, and those with a letter, whatever became of it since.
fn reopen(
    tx: &Transaction<'_>,
    env: &Env,
    by: &Person,
    reason: &str,
    (week, group): (Week, Group),
    row: &ReportRow,
) -> Result<usize, Problem> {
    let covered = covered(tx, week, &row.text, |_, _| true)?;
    let report = row.hash.clone().unwrap_or_default();
    let body = RulingBody::ReportReturned(ReportReturned { group, week, report });
    rule_in_each(tx, env, &covered, (&by.id, reason), &body)
}

/// To whoever confirmed the district's report.
fn district_notice(week: Week, group: &Both, row: &ReportRow, now: i64) -> Notice {
    let said = words::DistrictReportReopened { week: named(week), group, clause: clause() }.say();
    to_confirmer((week, None), row, said, now)
}

fn notice((week, group, whose): (Week, Group, &Both), row: &ReportRow, by: &Person, reason: &str, now: i64) -> Notice {
    let person = &by.name;
    let said = words::GroupReportReturned { week: named(week), group: whose, person, reason, clause: clause() }.say();
    to_confirmer((week, Some(group)), row, said, now)
}

/// The clause by which reports are sent back.
fn clause() -> Both {
    let clause = kind_info("report_returned").map(|kind| kind.clause).unwrap_or_default();
    Both::new(clause_in_full(clause), clause)
}

/// To whoever confirmed the report of a week, once for each time that it is sent back.
fn to_confirmer((week, group): (Week, Option<Group>), row: &ReportRow, said: Message, now: i64) -> Notice {
    let to_whom = row.confirmed_by.clone().unwrap_or_else(|| group.unwrap_or(Group::Dispatch).id().to_owned());
    let digits: String = row.hash.iter().flat_map(|hash| hash.chars()).take(DIGITS).collect();
    let key = format!("district/report/{}/returned/{digits}/{now}/{to_whom}", place(week, group));
    Notice { key, kind: "other".to_owned(), to_whom, made_at: now, ..Notice::default() }.saying(said)
}
