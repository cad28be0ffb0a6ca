//! The printed story: lines in Chinese with English, and the outcomes.

use daiban_messages::say::demo::Summary;
use daiban_messages::{Message, Say};
use std::io::{IsTerminal, Write};

/// Prints the story and counts outcomes.
#[derive(Debug, Default)]
pub(super) struct Told {
    held: u32,
    failed: Vec<String>,
}

impl Told {
    /// A new act.
    pub(super) fn act(&mut self, title: impl Say) {
        say(&format!("\n{}\n", bold(&format!("━━ {}", title.say().side_by_side()))));
    }

    /// Something happened, at a local time.
    pub(super) fn happened(&mut self, at: i64, what: impl Say) {
        let Message { zh, en, .. } = what.say();
        say(&format!("  {}  {zh}\n                    {}\n", daiban_core::calendar::local_stamp(at), dim(&en)));
    }

    /// An outcome that must hold, and why it matters.
    pub(super) fn outcome(&mut self, holds: bool, what: impl Say) {
        let Message { zh, en, .. } = what.say();
        if holds {
            self.held += 1;
            say(&format!("    ✔ {zh}\n      {}\n", dim(&en)));
        } else {
            self.failed.push(format!("{zh} · {en}"));
            say(&format!("    ✘ {}\n      {}\n", bold(&zh), dim(&en)));
        }
    }

    /// The last line; `true` if everything held.
    pub(super) fn summary(&self) -> bool {
        let summary = Summary { held: self.held, failed: self.failed.len() }.say();
        say(&format!("\n{}\n", summary.side_by_side()));
        for failed in &self.failed {
            say(&format!("  ✘ {failed}\n"));
        }
        self.failed.is_empty()
    }
}

/// Prints, and goes on when nobody listens any more.
pub(super) fn say(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

fn bold(text: &str) -> String {
    styled("1", text)
}

fn dim(text: &str) -> String {
    styled("2", text)
}

fn styled(style: &str, text: &str) -> String {
    if std::io::stdout().is_terminal() { format!("\x1b[{style}m{text}\x1b[0m") } else { text.to_owned() }
}
