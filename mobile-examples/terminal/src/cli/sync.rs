//! `sync`: sends what is here, takes what is new, and says what became of it.

use super::output::{Output, Report};
use crate::fault::Fault;
use crate::field::{Field, SyncSummary};
use crate::message::{Lang, Message};
use daiban_core::calendar::local_stamp;
use daiban_core::sync::session::{Event, Progress};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use std::io::IsTerminal;

/// From this many records on a bar is worth looking at.
const BAR_RECORDS_MIN: u64 = 2;

/// One exchange, until nothing is left to send or to fetch.
pub fn run(field: &mut Field, output: Output) -> Result<Report, Fault> {
    let mut bar: Option<ProgressBar> = None;
    let mut last = Progress::default();
    let shown = !output.json && std::io::stderr().is_terminal();
    let synced = field.sync(|progress: Progress| {
        last = progress;
        if shown && progress.total >= BAR_RECORDS_MIN {
            let bar = bar.get_or_insert_with(|| new_bar(output.lang));
            bar.set_length(progress.total);
            bar.set_position(progress.sent);
        }
    });
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    if synced.is_err() && !output.json && last.sent > 0 {
        eprintln!("{}", so_far(last).of(output.lang));
    }
    Ok(report(field, &synced?))
}

/// What is safe on the server although the sync did not come to its end.
fn so_far(progress: Progress) -> Message {
    let Progress { sent, total, remaining } = progress;
    Message::new(
        format!("本次已上传{sent}/{total}条，尚余{remaining}条在本机。"),
        format!("{sent} of {total} records were sent, {remaining} are still only here."),
    )
}

fn new_bar(lang: Lang) -> ProgressBar {
    let template = match lang {
        Lang::Zh => "上传 {bar:40} 第{pos}条/共{len}条，剩余 {eta}",
        Lang::En => "sending {bar:40} {pos}/{len} records, {eta} left",
    };
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

fn report(field: &Field, summary: &SyncSummary) -> Report {
    let value = json!({
        "sent": summary.progress.sent,
        "remaining": summary.progress.remaining,
        "rounds": summary.rounds,
        "bytes_up": summary.bytes_up,
        "bytes_down": summary.bytes_down,
        "events": summary.events,
    });
    let (sent, left) = (summary.progress.sent, summary.progress.remaining);
    let mut report = Report::new(value);
    if summary.events.iter().any(|e| matches!(e, Event::LineTooWeak { .. })) {
        report.exit = super::exit::OFFLINE;
    }
    report = report.line(
        format!("同步完成：上传{sent}条，本机尚余{left}条未上传。"),
        format!("Synced: {sent} sent, {left} still only here."),
    );
    for event in &summary.events {
        let said = describe(field, event);
        report = report.line(format!("  {}", said.zh), format!("  {}", said.en));
    }
    if summary.events.iter().any(|e| matches!(e, Event::Quarantined { .. })) {
        report = report.line(
            "校验未通过的记录仍在本机：用 status 查看理由，更正后用 again 重新记录，或请专班办公室采纳。",
            "Quarantined records are kept here: see status for the reason, then record them again, or ask the office to adopt them.",
        );
    }
    report
}

fn describe(field: &Field, event: &Event) -> Message {
    let about = event.case().map(|case| field.title(case));
    let mut said = Message::new(event.zh(), english(event));
    if let Event::LineTooWeak { case, fact: Some(fact), .. } = event
        && let Some(record) = field.records(Some(*case)).into_iter().find(|record| record.fact == *fact)
    {
        let (when, id) = (local_stamp(record.recorded_at), fact.to_string());
        said.zh = format!("{}（{when}记录，编号{id}）：{}", record.kind_zh, said.zh);
        said.en = format!("{} {id}, recorded {when}: {}", record.kind, said.en);
    }
    match about {
        Some(title) => Message::new(format!("{title}　{}", said.zh), format!("{title}  {}", said.en)),
        None => said,
    }
}

fn english(event: &Event) -> String {
    match event {
        Event::Judged { sequence, verdict, .. } => {
            let reason = verdict.reason.as_ref().map_or(String::new(), |r| format!(": {}", r.en()));
            format!("record sent (no. {sequence}): {}{reason}", verdict.code.name())
        }
        Event::Quarantined { code, .. } => format!("record quarantined: {code}"),
        Event::NewEpoch { epoch, .. } => format!("this device's chain goes on as epoch {epoch}; unsent records are sent again"),
        Event::CaseAdded { .. } => "a case came to this device".to_owned(),
        Event::CaseChanged { rows, .. } => format!("{rows} new rows"),
        Event::CaseWithdrawn { .. } => "no longer yours; its content was removed from this device".to_owned(),
        Event::ServerRestored { server_epoch } => {
            format!("the server was restored (epoch {server_epoch}); lost records go out again")
        }
        Event::HistoryAlarm { error, .. } => format!("the server's history does not extend what was seen: {error}"),
        Event::RulesChanged => "a new calendar edition or policy came; see due".to_owned(),
        Event::RulesUnreadable { why } => format!("a calendar edition or policy cannot be read, update the program: {why}"),
        Event::ClockOff { seconds } => {
            format!(
                "this device's clock is {} by {} minutes; correct it",
                if *seconds > 0 { "ahead" } else { "behind" },
                seconds.abs() / 60
            )
        }
        Event::LineTooWeak { bytes, behind, .. } => {
            format!(
                "a record of {bytes} bytes is more than this line carries, {behind} wait behind it; use a better network or a bundle"
            )
        }
        Event::ServerClockBehind { seconds } => format!(
            "the server's clock is {} hours before what is held here; nothing was removed, tell the office to set it",
            seconds / 3_600
        ),
        Event::ServerFull { .. } => "the server has no room; nothing was uploaded, reading went on".to_owned(),
        Event::Deferred { until, code, .. } => {
            format!("the day's limit ({code}) is reached; the records stay here and go on at {}", local_stamp(*until))
        }
        Event::CarriedDelivered { records, .. } => format!("{records} carried records reached the server"),
        Event::CarriedRefused { code, .. } => format!("carried records were refused ({code}); they stay here"),
    }
}
