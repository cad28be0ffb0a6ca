//! `sync`: sends what is here, takes what is new, and says what became of it.

use super::output::{Output, Report};
use crate::fault::Fault;
use crate::field::{Field, SyncSummary};
use crate::said::{Lang, Said};
use daiban_core::sync::session::{Event, Progress};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use std::io::IsTerminal;

/// From this many records on a bar is worth looking at.
const BAR_RECORDS_MIN: u64 = 50;

/// One exchange, until nothing is left to send or to fetch.
pub fn run(field: &mut Field, output: Output) -> Result<Report, Fault> {
    let mut bar: Option<ProgressBar> = None;
    let shown = !output.json && std::io::stderr().is_terminal();
    let summary = field.sync(|progress: Progress| {
        if shown && progress.total >= BAR_RECORDS_MIN {
            let bar = bar.get_or_insert_with(|| new_bar(output.lang));
            bar.set_length(progress.total);
            bar.set_position(progress.sent);
        }
    });
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    Ok(report(field, &summary?))
}

fn new_bar(lang: Lang) -> ProgressBar {
    let template = match lang {
        Lang::Zh => "上传 {bar:40} {pos}/{len} 条，剩余 {eta}",
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
    let mut report = Report::new(value).line(
        format!("同步完成：上传{sent}条，本机尚余{left}条未上传。"),
        format!("Synced: {sent} sent, {left} still only here."),
    );
    for event in &summary.events {
        let said = describe(field, event);
        report = report.line(format!("  {}", said.zh), format!("  {}", said.en));
    }
    if summary.events.iter().any(|e| matches!(e, Event::Quarantined { .. })) {
        report = report.line(
            "被隔离的记录仍在本机：用 status 查看理由，更正后用 again 重新记录，或请专班办公室采纳。",
            "Quarantined records are kept here: see status for the reason, then record them again, or ask the office to adopt them.",
        );
    }
    report
}

fn describe(field: &Field, event: &Event) -> Said {
    let about = event.case().map(|case| field.title(case));
    let said = Said::new(event.zh(), english(event));
    match about {
        Some(title) => Said::new(format!("{title}　{}", said.zh), format!("{title}  {}", said.en)),
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
        Event::CarriedDelivered { records, .. } => format!("{records} carried records reached the server"),
        Event::CarriedRefused { code, .. } => format!("carried records were refused ({code}); they stay here"),
    }
}
