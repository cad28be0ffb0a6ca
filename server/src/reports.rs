//! Weekly reports: drafts people may have drawn up again, frozen bytes that never change, and the sending (四(四)3).
//!
//! Every step is a command; [`draft_missing`] is the nightly closing of a period, which drafts what nobody has drafted.

mod confirm;
mod draft;
mod material;
mod renew;
mod send;
mod send_back;

pub(crate) use confirm::{Confirmation, confirm};
pub use draft::draft_missing;
pub(crate) use draft::{Notation, draft, note};
pub use renew::Renewal;
pub(crate) use send::send;
pub(crate) use send_back::send_back;

use crate::db::sql::reports::ReportRow;
use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::calendar::{Calendar, Week, WeekPlan, local_stamp};
use daiban_core::people::Group;
use daiban_core::plan::Plan;
use daiban_core::report::{Window, hash_of};
use daiban_core::rules::NumbersInForce;
use daiban_messages::say::reporting as say;
use daiban_messages::{Both, Message, Say};
use serde_json::{Value, json};

/// The plan of a week that owes a report; W4: one that owes none is refused with the reason.
fn owed(calendar: &Calendar, numbers: &NumbersInForce, week: Week) -> Result<WeekPlan, Problem> {
    let plan = numbers.plan(calendar, week);
    if plan.group_report_due.is_some() {
        return Ok(plan);
    }
    let said = say::OwesNone { week: dated(week), days: plan.working_days.len() };
    Err(refused("no_report_owed", said))
}

/// Whose report.
fn whose(district: &Plan, group: Option<Group>) -> Both {
    let names = &district.organisation;
    group.map_or_else(|| say::District.say().into(), |group| Both::new(names.group_zh(group), names.group_en(group)))
}

/// 2026年第47周.
fn named(week: Week) -> Both {
    Both::new(week.name_zh(), week.to_string())
}

/// The same with its days: 2026年第47周（11月16日至11月22日）.
fn dated(week: Week) -> Both {
    Both::new(week.zh(), week.to_string())
}

/// 409: does not go together with what is there.
fn conflict(code: &'static str, said: impl Say) -> Problem {
    Problem::said(StatusCode::CONFLICT, code, said)
}

/// 422: the rules do not allow it.
fn refused(code: &'static str, said: impl Say) -> Problem {
    Problem::said(StatusCode::UNPROCESSABLE_ENTITY, code, said)
}

/// Adds what was done to the document that answers an order.
fn told(mut document: Value, said: impl Say) -> Value {
    let Message { zh, en, .. } = said.say();
    (document["zh"], document["en"]) = (Value::String(zh), Value::String(en));
    document
}

/// The district's report is made of a week that is over for its groups.
fn must_have_run(window: Option<Window>, week: Week, at: i64) -> Result<(), Problem> {
    let Some(window) = window.filter(|window| !window.has_run(at)) else { return Ok(()) };
    let said = say::WeekNotOver { week: dated(week), after: local_stamp(window.ended_at) };
    Err(refused("week_not_run", said))
}

fn not_drafted(district: &Plan, week: Week, group: Option<Group>) -> Problem {
    conflict("not_drafted", say::NotDrafted { week: named(week), whose: whose(district, group) })
}

fn frozen_already(district: &Plan, week: Week, group: Option<Group>) -> Problem {
    conflict("report_frozen", say::FrozenAlready { week: named(week), whose: whose(district, group) })
}

/// A report as the API sends it: the row, the report as plain text, and the editions of it that were sent back, newest first.
pub(crate) fn with_editions(row: &ReportRow, editions: &[ReportRow]) -> Value {
    let mut whole = document(row);
    whole["editions"] = editions.iter().map(document).collect();
    whole
}

/// The row, and the report as plain text.
fn document(row: &ReportRow) -> Value {
    let mut document = serde_json::to_value(row).unwrap_or_default();
    document["text"] = Value::String(row.text_zh());
    document["arrived"] = match row.arrived() {
        Some(arrived) => json!({ "since_at": arrived.since_at, "facts": arrived.facts, "zh": arrived.zh(), "en": arrived.en() }),
        None => Value::Null,
    };
    document["hash"] = Value::String(hash_of(&row.text));
    document
}
