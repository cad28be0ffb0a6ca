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
use daiban_core::calendar::{Calendar, Week, WeekPlan, local_stamp};
use daiban_core::people::Group;
use daiban_core::plan::Plan;
use daiban_core::report::{Window, hash_of};
use daiban_core::rules::NumbersInForce;
use serde_json::{Value, json};

/// The plan of a week that owes a report; W4: one that owes none is refused with the reason.
fn owed(calendar: &Calendar, numbers: &NumbersInForce, week: Week) -> Result<WeekPlan, Problem> {
    let plan = numbers.plan(calendar, week);
    if plan.group_report_due.is_some() {
        return Ok(plan);
    }
    let days = plan.working_days.len();
    let zh = match days {
        0 => format!("{}无工作日，不报送周报，工作情况并入下一期周报报送。", week.zh()),
        _ => format!("{}仅有{days}个工作日，不单独报送周报，工作情况并入下一期周报报送。", week.zh()),
    };
    let en = format!("{week} has {days} working days and owes no report; its days go into the next one");
    Err(Problem::unprocessable("no_report_owed", zh, en))
}

/// Whose report, in Chinese.
fn whose(district: &Plan, group: Option<Group>) -> &str {
    group.map_or("全区", |group| district.organisation.group_zh(group))
}

/// The district's report is made of a week that is over for its groups.
fn must_have_run(window: Option<Window>, week: Week, at: i64) -> Result<(), Problem> {
    let Some(window) = window.filter(|window| !window.has_run(at)) else { return Ok(()) };
    let zh = format!("{}尚未结束，全区周报请于{}之后起草和确认。", week.zh(), local_stamp(window.ended_at));
    Err(Problem::unprocessable(
        "week_not_run",
        zh,
        "the week is not over; the district's report is made after its last working day",
    ))
}

fn not_drafted(district: &Plan, week: Week, group: Option<Group>) -> Problem {
    let zh = format!("{}{}周报尚未起草，请先起草。", week.name_zh(), whose(district, group));
    Problem::conflict("not_drafted", zh, "the report is not drafted yet; draft it first")
}

fn frozen_already(district: &Plan, week: Week, group: Option<Group>) -> Problem {
    let zh = format!("{}{}周报已定稿，不能再改；此后到达的记录列入下一期补报。", week.name_zh(), whose(district, group));
    Problem::conflict("report_frozen", zh, "the report is frozen and never changes; later arrivals go into the next one")
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
