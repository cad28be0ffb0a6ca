//! `status`: where each own record stands. Nothing is ever in no state.

use super::args::Status;
use super::cases;
use super::output::Report;
use crate::fault::Fault;
use crate::field::Field;
use daiban_core::agent::{RecordState, RecordView};
use daiban_core::calendar::local_stamp;
use daiban_core::case::{Code, SentBack, called};
use daiban_core::fact::text::visible_line;
use daiban_messages::say::terminal as say;
use daiban_messages::{Message, Say};
use serde_json::{Value, json};
use std::borrow::Cow;

/// How far the lines below a record stand in.
const INSIDE: usize = 10;

/// Own records by time of recording.
pub fn run(field: &Field, status: &Status) -> Result<Report, Fault> {
    let case = status.case.as_deref().map(|prefix| field.find_case(prefix)).transpose()?;
    let mut records = field.records(case);
    records.retain(|r| !status.open || !is_settled(&r.state));
    let values: Vec<Value> = records.iter().map(|record| value(field, record)).collect();
    let report = Report::new(json!({ "records": values }));
    if records.is_empty() {
        return Ok(report.line(say::StatusNone));
    }
    Ok(records.iter().fold(report, |report, record| line(report, field, record)))
}

fn is_settled(state: &RecordState) -> bool {
    match state {
        RecordState::Judged { sent_back: Some(sent_back), .. } => sent_back.answered_by.is_some(),
        RecordState::Judged { verdict, .. } => verdict.code == Code::Effective,
        RecordState::Quarantined { again, adopted, .. } => again.is_some() || adopted.is_some(),
        RecordState::Local { .. } | RecordState::Uploaded { .. } => false,
    }
}

fn value(field: &Field, record: &RecordView) -> Value {
    let (name, sequence, verdict, code, quarantine, again, adopted) = match &record.state {
        RecordState::Local { forecast } => ("local", None, Some(forecast), None, None, None, None),
        RecordState::Uploaded { sequence, verdict } => ("uploaded", Some(*sequence), Some(verdict), None, None, None, None),
        RecordState::Judged { sequence, verdict, .. } => ("judged", Some(*sequence), Some(verdict), None, None, None, None),
        RecordState::Quarantined { code, quarantine, again, adopted, .. } => {
            ("quarantined", None, None, Some(code), Some(*quarantine), *again, *adopted)
        }
    };
    let next = next(field, record);
    let sent_back = match &record.state {
        RecordState::Judged { sent_back, .. } => sent_back.as_ref(),
        _ => None,
    };
    json!({
        "record": record.fact, "case": record.case, "title": record.title, "kind": record.kind,
        "occurred_at": record.occurred_at, "recorded_at": record.recorded_at,
        "state": name, "state_zh": record.state.message().zh, "sequence": sequence, "verdict": verdict,
        "code": code, "quarantine": quarantine, "again": again, "adopted": adopted, "sent_back": sent_back, "next": next,
    })
}

fn line(report: Report, field: &Field, record: &RecordView) -> Report {
    let short: String = record.fact.to_string().chars().take(8).collect();
    let kind = cases::kind(&record.kind);
    let when = local_stamp(record.recorded_at);
    let title = record.title.as_deref().map_or(Cow::Borrowed("—"), visible_line);
    let title = called(Some(&title), field.names().number(record.case));
    let report = report.line(say::StatusLine { record: short, when, kind, title }).under(INSIDE, record.state.message());
    match next(field, record) {
        Some(next) => report.under(INSIDE, say::NextStep { next }.say()),
        None => report,
    }
}

/// What the person does next, where something is to be done.
fn next(field: &Field, record: &RecordView) -> Option<Message> {
    let verdict = match &record.state {
        RecordState::Local { forecast } if forecast.code != Code::Effective => return Some(say::NextReason.say()),
        RecordState::Local { .. } => return Some(say::NextSync.say()),
        RecordState::Quarantined { again: Some(_), .. } | RecordState::Quarantined { adopted: Some(_), .. } => return None,
        RecordState::Quarantined { quarantine, .. } => return Some(say::NextAgain { quarantine }.say()),
        RecordState::Judged { sent_back: Some(sent_back), .. } => return mending(field, record, sent_back),
        RecordState::Uploaded { verdict, .. } | RecordState::Judged { verdict, .. } => verdict,
    };
    match verdict.code {
        Code::Effective => None,
        Code::Void if field.case(record.case).is_err() => Some(say::RecordGone.say()),
        Code::Void => Some(say::NextVoid.say()),
        Code::Late => Some(say::NextLate.say()),
        Code::Unrecognised => Some(say::NextUnrecognised.say()),
        Code::DuplicateId => Some(say::NextDuplicate.say()),
    }
}

/// What was sent back is filled in already: only what is wrong is typed.
fn mending(field: &Field, record: &RecordView, sent_back: &SentBack) -> Option<Message> {
    if sent_back.answered_by.is_some() {
        return None;
    }
    if field.case(record.case).is_err() {
        return Some(say::RecordGone.say());
    }
    let short: String = record.fact.to_string().chars().take(8).collect();
    Some(say::NextMend { record: short }.say())
}
