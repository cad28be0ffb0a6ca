//! `daiban serve`: the server with its watch and its nights, until it is told to stop.

use super::call::runtime;
use super::show::{Out, in_both, say};
use super::{Failure, access};
use crate::app::{App, OpenError};
use crate::clock::Clock;
use crate::config::{ConfigArgs, ServingArgs};
use crate::pack::read_with;
use crate::serve::{self as listening, Running};
use crate::{jobs, telemetry, watch};
use daiban_messages::say::command_line as words;
use daiban_messages::{Message, Say};
use serde_json::json;
use std::fmt::Display;
use std::process::ExitCode;

/// Runs the server.
pub(super) fn serve(config: &ConfigArgs, serving: ServingArgs, out: Out) -> Result<ExitCode, Failure> {
    telemetry::start();
    let config = ConfigArgs { serving: serving.over(&config.serving), ..config.clone() };
    let loaded = config.load()?;
    if let Some(folder) = loaded.pack.as_deref() {
        read_with(folder, access::faults).map_err(OpenError::from)?;
    }
    let app = App::open(loaded, Clock::system())?;
    if let Some(folder) = app.config.pack.as_deref() {
        watch::take_pack(&app, folder)?;
    }
    runtime()?.block_on(async {
        let watching = tokio::spawn(watch::run(app.clone()));
        let nights = tokio::spawn(jobs::schedule(app.clone()));
        let days = tokio::spawn(jobs::daytime(app.clone()));
        let served = listening::serve(app.clone(), |running| tell(out, &app, running)).await;
        watching.abort();
        nights.abort();
        days.abort();
        served
    })?;
    Ok(ExitCode::SUCCESS)
}

fn tell(out: Out, app: &App, running: &Running) {
    let data = std::path::absolute(app.folder().path()).unwrap_or_else(|_| app.folder().path().to_owned());
    let token = data.join("office.token");
    let public = app.config.public_url.clone().unwrap_or_else(|| running.url());
    let store = app.db.address().to_string();
    if out.json {
        let hour = app.config.night_hour;
        out.document(&json!({
            "url": running.url(), "behind_tls_proxy": app.config.behind_tls_proxy, "public_url": public, "data": data, "store": store, "office_token": token, "night_hour": hour,
        }));
        return;
    }
    say(format_args!("{} {}", in_both(&words::Serving.say()), running.url()));
    line(&words::ServingData.say(), data.display());
    line(&words::ServingStore.say(), store);
    let private = in_both(&words::ServingTokenPrivate.say());
    line(&words::ServingToken.say(), format_args!("{}（{private}）", token.display()));
    line(&words::ServingPages.say(), format_args!("{public}/enter?key=<{}>", words::ServingKey.say().zh));
    line(&words::ServingDocument.say(), format_args!("{public}/v1/openapi.json"));
    if !running.address().ip().is_loopback() {
        line(&words::ServingNote.say(), in_both(&words::ServingClearText.say()));
    }
    let hour = format!("{:02}", app.config.night_hour);
    line(&words::ServingNight.say(), words::ServingNightAt { hour }.say().zh);
    if let Some(problem) = app.clock_problem() {
        line(&words::ServingAttention.say(), problem.detail);
        say(format_args!("{:COLUMNS$}{}", "", problem.detail_en));
    }
    say(in_both(&words::ServingStop.say()));
}

/// What stands before the second column.
const COLUMNS: usize = 30;

/// A label and what stands for it, at the same place in every line.
fn line(label: &Message, what: impl Display) {
    let label = format!("  {}", in_both(label));
    say(format_args!("{label}{:width$}{what}", "", width = COLUMNS.saturating_sub(columns(&label)).max(1)));
}

/// How wide a text is on a terminal: a Chinese character takes the place of two letters.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() || c == '·' { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_leaves_room_before_the_second_column() {
        assert_eq!(columns("a · 数据"), 8);
        let labels = [
            words::ServingData.say(),
            words::ServingStore.say(),
            words::ServingToken.say(),
            words::ServingPages.say(),
            words::ServingDocument.say(),
            words::ServingNote.say(),
            words::ServingNight.say(),
            words::ServingAttention.say(),
        ];
        assert!(labels.iter().all(|label| columns(&in_both(label)) + 2 < COLUMNS), "a label is too long for its column");
    }
}
