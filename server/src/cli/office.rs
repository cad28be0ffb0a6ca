//! Gives a command that was typed, and prints its answer.

use super::Failure;
use super::call;
use super::show::{Out, say};
use crate::commands::Command;
use crate::config::ConfigArgs;
use daiban_messages::Say;
use daiban_messages::say::command_line::DraftHash;
use serde_json::Value;
use std::process::ExitCode;

/// Carries an office task out and prints its answer.
pub(super) fn perform(config: &ConfigArgs, out: Out, by: &str, command: Command) -> Result<ExitCode, Failure> {
    let whole_report = matches!(&command, Command::ReportShow(_));
    let answer = whole(config, by, command)?;
    if let Some(code) = answer["invitation"].as_str().filter(|_| !out.json).and_then(qr) {
        say(code);
    }
    match answer["text"].as_str().filter(|_| whole_report && !out.json) {
        Some(text) => {
            say(text);
            if let Some(arrived) = answer["arrived"]["zh"].as_str() {
                say(format_args!("（{arrived}）"));
            }
        }
        None => out.answer(&answer),
    }
    if let Some(hash) = answer["hash"].as_str().filter(|_| answer["state"] == "draft" && !out.json) {
        say(DraftHash { hash: hash.get(..12).unwrap_or(hash) }.say().zh);
    }
    Ok(ExitCode::SUCCESS)
}

/// The answer to a command; of a list all of it, part after part.
fn whole(config: &ConfigArgs, by: &str, command: Command) -> Result<Value, Failure> {
    let mut answer = call::give(config, by, command.clone())?;
    let mut next = answer.as_array().and_then(|rows| command.following(rows));
    while let (Some(command), Some(rows)) = (next.take(), answer.as_array_mut()) {
        let Value::Array(more) = call::give(config, by, command.clone())? else { break };
        next = command.following(&more);
        rows.extend(more);
    }
    Ok(answer)
}

/// An invitation as a code that a phone scans from the screen; `None` if it is too long for one.
fn qr(invitation: &str) -> Option<String> {
    Some(qrcode::QrCode::new(invitation).ok()?.render::<qrcode::render::unicode::Dense1x2>().build())
}
