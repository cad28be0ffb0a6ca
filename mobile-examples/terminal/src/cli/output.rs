//! What goes to the screen: readable lines, or one JSON value. What would steer a terminal stands there as signs, whoever brought it.

use crate::fault::Fault;
use crate::message::{Lang, Message};
use daiban_core::fact::text::{visible, visible_json};
use serde_json::{Value, json};
use std::io::Write;

/// How to speak.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    /// One JSON value on standard output, nothing else.
    pub json: bool,
    /// The language of readable lines.
    pub lang: Lang,
}

/// A finished command: the same content for a program and for a person.
#[derive(Debug)]
pub struct Report {
    /// For programs.
    pub value: Value,
    /// For people.
    pub lines: Vec<Message>,
    /// What scripts are told, see [`super::exit`].
    pub exit: u8,
}

impl Report {
    /// A report without lines yet.
    pub fn new(value: Value) -> Report {
        Report { value, lines: Vec::new(), exit: super::exit::DONE }
    }

    /// Adds a line.
    pub fn line(mut self, zh: impl Into<String>, en: impl Into<String>) -> Report {
        self.lines.push(Message::new(zh, en));
        self
    }
}

impl Output {
    /// Prints a report.
    pub fn report(self, report: &Report) {
        if self.json {
            return print(&pretty(&report.value));
        }
        let lines: Vec<&str> = report.lines.iter().map(|line| line.of(self.lang)).collect();
        print(&visible(&lines.join("\n")));
    }

    /// Prints why a command did not do what it was asked: both languages for people, `{"error": …}` for programs, field by field
    /// where fields are wrong.
    pub fn fault(self, fault: &Fault) {
        let said = fault.said();
        if self.json {
            let mut error = json!({ "code": fault.code(), "zh": said.zh, "en": said.en });
            if !fault.fields().is_empty() {
                error["fields"] = fault.fields().iter().map(|e| json!({ "field": e.field, "zh": e.zh, "en": e.en })).collect();
            }
            return print(&pretty(&json!({ "error": error })));
        }
        let (first, second) = match self.lang {
            Lang::Zh => (said.zh, said.en),
            Lang::En => (said.en, said.zh),
        };
        complain(&format!("{first}\n{second}"));
    }
}

/// Says something on standard error.
pub fn complain(text: &str) {
    let _gone = writeln!(std::io::stderr().lock(), "{}", visible(text));
}

fn pretty(value: &Value) -> String {
    visible_json(&serde_json::to_string_pretty(value).unwrap_or_default()).into_owned()
}

/// A reader that went away (`| head`) is no failure of the command.
fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _gone = writeln!(out, "{text}").and_then(|()| out.flush());
}
