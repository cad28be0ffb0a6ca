//! What goes to the screen: readable lines, or one JSON value. What would steer a terminal stands there as signs, whoever brought it.

use crate::fault::Fault;
use daiban_core::fact::FieldError;
use daiban_core::fact::text::{visible, visible_json};
use daiban_messages::{Lang, Message, Say};
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
    lines: Vec<Line>,
    /// What scripts are told, see [`super::exit`].
    pub exit: u8,
}

/// A line for people.
#[derive(Debug)]
struct Line {
    spaces: usize,
    said: Message,
}

impl Report {
    /// A report without lines yet.
    pub fn new(value: Value) -> Report {
        Report { value, lines: Vec::new(), exit: super::exit::DONE }
    }

    /// Adds a line.
    pub fn line(self, said: impl Say) -> Report {
        self.under(0, said.say())
    }

    /// Adds a line that belongs to the one before: so many spaces further in.
    pub fn under(mut self, spaces: usize, said: Message) -> Report {
        self.lines.push(Line { spaces, said });
        self
    }
}

impl Output {
    /// Prints a report.
    pub fn report(self, report: &Report) {
        if self.json {
            return print(&pretty(&report.value));
        }
        let line = |line: &Line| format!("{:spaces$}{}", "", line.said.of(self.lang), spaces = line.spaces);
        let lines: Vec<String> = report.lines.iter().map(line).collect();
        print(&visible(&lines.join("\n")));
    }

    /// Prints why a command did not do what it was asked: both languages for people, `{"error": …}` for programs, field by field
    /// where fields are wrong.
    pub fn fault(self, fault: &Fault) {
        let said = fault.said();
        if self.json {
            let mut error = json!({ "code": fault.code(), "zh": said.zh, "en": said.en });
            if !fault.fields().is_empty() {
                error["fields"] = fault.fields().iter().map(about_field).collect();
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

/// What is said about a field, for programs: its place, both texts, and the sentence by name with what was put into it.
pub fn about_field(error: &FieldError) -> Value {
    json!({ "field": error.field, "key": error.key, "arguments": error.arguments, "zh": error.zh, "en": error.en })
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
