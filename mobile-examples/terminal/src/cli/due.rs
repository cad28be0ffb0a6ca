//! `due`: who owes what by when, on which clause, counted how.

use super::args::Due;
use super::output::Report;
use crate::fault::Fault;
use crate::field::Field;
use daiban_core::fact::Names as _;
use daiban_core::rules::ShownDuty;
use daiban_messages::say::terminal as say;
use daiban_messages::{Both, Message, Say};
use serde_json::json;

/// How far the lines below a duty stand in.
const INSIDE: usize = 4;

/// Duties of one case or of all, the most urgent first.
pub fn run(field: &Field, due: &Due) -> Result<Report, Fault> {
    let one = due.case.as_deref().map(|prefix| field.find_case(prefix)).transpose()?;
    let mut duties = field.duties(one)?;
    duties.retain(|duty| due.all || duty.open);
    duties.sort_by(|a, b| (b.lamp, a.due_on, &a.key).cmp(&(a.lamp, b.due_on, &b.key)));
    let mut report = Report::new(json!({ "duties": duties }));
    if duties.is_empty() {
        return Ok(report.line(say::DueNone));
    }
    for duty in &duties {
        report = lines(report, field, duty);
    }
    Ok(report)
}

fn lines(report: Report, field: &Field, duty: &ShownDuty) -> Report {
    let who = duty.person.as_ref().map_or(String::new(), |person| format!(" {}", field.names().person(person)));
    let english_certainty = if duty.provisional.is_none() { "" } else { " (provisional)" };
    let lamp = Both::new(duty.lamp.zh(), format!("{:?}", duty.lamp));
    let due = Both::new(duty.due_zh(), format!("{}{english_certainty}", duty.due_en()));
    let title = Both::new(&duty.title_zh, &duty.title_en);
    let head = match duty.case {
        Some(case) => say::DueLineOfCase { lamp, due, case: field.title(case), title }.say(),
        None => say::DueLine { lamp, due, title }.say(),
    };
    let state = Both::new(&duty.state.zh, &duty.state.en);
    let owed_by = Both::new(format!("{}{who}", duty.role.zh), format!("{}{who}", duty.role.en));
    let owed = say::DueOwed { state, owed_by, clause: clause(duty) }.say();
    let report = report.under(0, head).under(INSIDE, owed);
    let recounted = duty.recounted.as_ref().map(|why| say::DueRecounted { why: Both::new(&why.zh, &why.en) }.say());
    let report = recounted.into_iter().chain(counted(duty)).fold(report, |report, said| report.under(INSIDE, said));
    match &duty.provisional {
        Some(why) => report.under(INSIDE, say::DueProvisional { why: Both::new(&why.zh, &why.en) }.say()),
        None => report,
    }
}

/// What it is owed by: the grounds in force, then the words of the clause.
fn clause(duty: &ShownDuty) -> Both {
    let words = duty.clause.find('：').unwrap_or(duty.clause.len());
    let (clause, words) = duty.clause.split_at(words);
    let (zh, en) = duty.grounds.as_ref().map_or((clause, clause), |grounds| (grounds.zh.as_str(), grounds.en.as_str()));
    Both::new(format!("{zh}{words}"), format!("{en}{words}"))
}

/// The working days it was counted by.
fn counted(duty: &ShownDuty) -> Option<Message> {
    let (first, last) = (duty.counted.first()?, duty.counted.last()?);
    let (days, start) = (duty.counted.len(), duty.starts_on);
    Some(match (duty.period, days) {
        (true, _) => say::DuePeriod { days, first, last }.say(),
        (false, 1) => say::DueFirst { start, first }.say(),
        (false, _) => say::DueCounted { start, first, days, last }.say(),
    })
}
