//! `sync`: sends what is here, takes what is new, and says what became of it.

use super::output::{Output, Report};
use crate::fault::Fault;
use crate::field::{Field, SyncSummary};
use daiban_core::calendar::local_stamp;
use daiban_core::sync::session::{Event, Progress};
use daiban_messages::say::terminal as say;
use daiban_messages::{Both, Lang, Message, Say};
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
    say::SyncSoFar { sent: progress.sent, total: progress.total, left: progress.remaining }.say()
}

fn new_bar(lang: Lang) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template(say::SyncBar.say().of(lang));
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
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
    report = report.line(say::SyncDone { sent, left });
    for event in &summary.events {
        report = report.under(2, describe(field, event));
    }
    if summary.events.iter().any(|e| matches!(e, Event::Quarantined { .. })) {
        report = report.line(say::SyncQuarantined);
    }
    report
}

fn describe(field: &Field, event: &Event) -> Message {
    let mut what = event.message();
    if let Event::LineTooWeak { case, fact: Some(fact), .. } = event
        && let Some(record) = field.records(Some(*case)).into_iter().find(|record| record.fact == *fact)
    {
        let kind = Both::new(record.kind_zh, record.kind);
        what = say::SyncOfRecord { kind, when: local_stamp(record.recorded_at), record: fact, what }.say();
    }
    match event.case().map(|case| field.title(case)) {
        Some(case) => say::SyncOfCase { case, what }.say(),
        None => what,
    }
}
