//! `status`: where each own record stands. Nothing is ever in no state.

use super::args::Status;
use super::cases;
use super::output::Report;
use crate::fault::Fault;
use crate::field::{Field, gone};
use crate::message::Message;
use daiban_core::agent::{RecordState, RecordView};
use daiban_core::calendar::local_stamp;
use daiban_core::case::{Code, SentBack, Verdict};
use daiban_core::fact::text::visible_line;
use serde_json::{Value, json};
use std::borrow::Cow;

/// Own records by time of recording.
pub fn run(field: &Field, status: &Status) -> Result<Report, Fault> {
    let case = status.case.as_deref().map(|prefix| field.find_case(prefix)).transpose()?;
    let mut records = field.records(case);
    records.retain(|r| !status.open || !is_settled(&r.state));
    let values: Vec<Value> = records.iter().map(|record| value(field, record)).collect();
    let report = Report::new(json!({ "records": values }));
    if records.is_empty() {
        return Ok(report.line("没有记录。", "No records."));
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
        "state": name, "state_zh": record.state.zh(), "sequence": sequence, "verdict": verdict,
        "code": code, "quarantine": quarantine, "again": again, "adopted": adopted, "sent_back": sent_back, "next": next,
    })
}

fn line(report: Report, field: &Field, record: &RecordView) -> Report {
    let short: String = record.fact.to_string().chars().take(8).collect();
    let kind = cases::kind(&record.kind);
    let when = local_stamp(record.recorded_at);
    let title = record.title.as_deref().map_or(Cow::Borrowed("—"), visible_line);
    let title = field.names().number(record.case).map_or_else(|| title.to_string(), |number| format!("{title}（{number}）"));
    let mut report = report.line(
        format!("{short}  {when}  {}　{title}\n          {}", kind.zh, record.state.zh()),
        format!("{short}  {when}  {}  {title}\n          {}", kind.en, english(&record.state)),
    );
    if let Some(next) = next(field, record) {
        report = report.line(format!("          → {}", next.zh), format!("          → {}", next.en));
    }
    report
}

fn english(state: &RecordState) -> String {
    let named = |v: &Verdict| match &v.reason {
        Some(reason) => format!("{} ({})", v.code.name(), reason.en()),
        None => v.code.name().to_owned(),
    };
    match state {
        RecordState::Local { forecast } => format!("only here; if it were sent now: {}", named(forecast)),
        RecordState::Uploaded { sequence, verdict } => format!("on the server as no. {sequence}: {}", named(verdict)),
        RecordState::Judged { sequence, sent_back: Some(sent_back), .. } => format!("no. {sequence}: {}", sent_back.en()),
        RecordState::Judged { sequence, verdict, .. } => format!("no. {sequence}: {}", named(verdict)),
        RecordState::Quarantined { code, quarantine, .. } => format!("quarantined as no. {quarantine}: {code}"),
    }
}

/// What the person does next, where something is to be done.
fn next(field: &Field, record: &RecordView) -> Option<Message> {
    let verdict = match &record.state {
        RecordState::Local { forecast } if forecast.code != Code::Effective => {
            return Some(Message::new(
                "先按理由处理再运行 sync；不处理也可上传，结果以服务器为准",
                "resolve the reason, then run sync; it can be sent as it is, the server decides",
            ));
        }
        RecordState::Local { .. } => return Some(Message::new("有网络时运行 sync", "run sync when there is a network")),
        RecordState::Quarantined { again: Some(_), .. } | RecordState::Quarantined { adopted: Some(_), .. } => return None,
        RecordState::Quarantined { quarantine, .. } => {
            return Some(Message::new(
                format!("用 again 重新记录，或凭暂存编号{quarantine}请专班办公室采纳"),
                format!("record it with again, or ask the office to adopt quarantine no. {quarantine}"),
            ));
        }
        RecordState::Judged { sent_back: Some(sent_back), .. } => return mending(field, record, sent_back),
        RecordState::Uploaded { verdict, .. } | RecordState::Judged { verdict, .. } => verdict,
    };
    match verdict.code {
        Code::Effective => None,
        Code::Void if field.case(record.case).is_err() => Some(gone()),
        Code::Void => Some(Message::new("按理由处理后用 again 重新记录", "resolve the reason, then record it with again")),
        Code::Late => Some(Message::new("等待专班办公室认定", "wait for the office's ruling")),
        Code::Unrecognised => Some(Message::new("请等待服务器更新", "wait for the server to be updated")),
        Code::DuplicateId => Some(Message::new("请重新记录一遍", "record it anew")),
    }
}

/// What was sent back is filled in already: only what is wrong is typed.
fn mending(field: &Field, record: &RecordView, sent_back: &SentBack) -> Option<Message> {
    if sent_back.answered_by.is_some() {
        return None;
    }
    if field.case(record.case).is_err() {
        return Some(gone());
    }
    let short: String = record.fact.to_string().chars().take(8).collect();
    Some(Message::new(
        format!("用 amend {short} --set 栏目=内容 更正（其余内容照原样填好），再运行 sync 重报"),
        format!("correct it with amend {short} --set field=value (the rest is filled in), then run sync"),
    ))
}
