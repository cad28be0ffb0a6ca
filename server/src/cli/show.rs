//! Printing: documents with `--json`, else short readable lines. What would steer a terminal stands there as signs, whoever brought it.

use daiban_core::fact::text::{visible, visible_json, visible_line};
use daiban_messages::say::command_line as words;
use daiban_messages::{Message, Say};
use serde_json::Value;
use std::fmt::Display;
use std::io::Write;

/// Prints a line. A reader that went away (`| head`) wants no more of it, and that is no failure.
pub(super) fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout().lock(), "{}", visible(&line.to_string()));
}

/// Prints a line on stderr.
pub(super) fn complain(line: impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "{}", visible(&line.to_string()));
}

/// A label or short line in both languages.
pub(super) fn in_both(said: &Message) -> String {
    format!("{} · {}", said.zh, said.en)
}

/// A document as indented JSON in which every character can be seen.
fn json(document: &Value) -> String {
    visible_json(&format!("{document:#}")).into_owned()
}

/// How to print.
#[derive(Clone, Copy, Debug)]
pub(super) struct Out {
    /// Whole documents.
    pub(super) json: bool,
}

impl Out {
    /// The document as indented JSON.
    pub(super) fn document(self, document: &Value) {
        say(json(document));
    }

    /// The document, or its lines.
    pub(super) fn answer(self, document: &Value) {
        if self.json {
            self.document(document);
        } else {
            lines(document).iter().for_each(say);
        }
    }
}

/// What people read: the `zh` and `en` sentences of a document if it has them, then its rows, else its fields.
fn lines(document: &Value) -> Vec<String> {
    match document {
        Value::Array(rows) if rows.is_empty() => {
            let none = words::None.say();
            vec![format!("{}· {}", none.zh, none.en)]
        }
        Value::Array(rows) => rows.iter().map(row).collect(),
        Value::Object(fields) => {
            let said = ["zh", "en"].iter().filter_map(|name| fields.get(*name)?.as_str());
            let mut out: Vec<String> = said.map(|sentence| visible(sentence).into_owned()).collect();
            // What has lines for people is told by them; the rest is for programs, which read JSON.
            let told = |rows: &Vec<Value>| rows.iter().any(|row| row["zh"].is_string());
            for (name, value) in fields.iter().filter(|(_, value)| value.as_array().is_some_and(told)) {
                out.push(format!("{}：", heading(name)));
                out.extend(lines(value).into_iter().map(|line| format!("  {line}")));
            }
            let nested = || fields.values().any(|value| value.as_array().is_some_and(|rows| rows.iter().any(Value::is_object)));
            match out.is_empty() {
                true if nested() => json(document).lines().map(str::to_owned).collect(),
                true => fields.iter().map(|(name, value)| format!("{name}: {}", short(value))).collect(),
                false => out,
            }
        }
        other => vec![short(other)],
    }
}

/// What rows of a document are called.
fn heading(name: &str) -> String {
    let called = words::Rows { of: name }.say();
    if called.zh == called.en { called.zh } else { in_both(&called) }
}

/// One row on one line: its values in order, absent ones left out.
fn row(value: &Value) -> String {
    match value {
        Value::Object(fields) if fields.get("zh").is_some_and(Value::is_string) => short(&value["zh"]),
        Value::Object(fields) => {
            let shown = fields.iter().filter(|(_, v)| !v.is_null() && !v.is_array() && !v.is_object());
            shown.map(|(name, v)| format!("{name}={}", short(v))).collect::<Vec<_>>().join("  ")
        }
        other => short(other),
    }
}

fn short(value: &Value) -> String {
    value.as_str().map_or_else(|| json(value), |text| visible_line(text).into_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use daiban_core::fact::text::refused;
    use serde_json::json;

    #[test]
    fn a_sentence_is_printed_before_fields() {
        assert_eq!(lines(&json!({"zh": "已确认", "en": "confirmed", "no": 1})), ["已确认", "confirmed"]);
        assert_eq!(lines(&json!([])), ["（无）· none"]);
        assert_eq!(lines(&json!([{"id": "a", "left_at": null}])), ["id=a"]);
        let left = json!({"zh": "已退出", "seats": [{"case": "0f", "from": 1}], "duties": [{"zh": "〔红〕甲"}]});
        let edition = lines(&json!({"year": 2026, "holidays": [{"name": "元旦"}]})).concat();
        assert!(edition.starts_with('{') && edition.contains("\"元旦\""), "{edition}");
        assert_eq!(lines(&left), ["已退出", "应办事项 · duties：", "  〔红〕甲"]);
    }

    #[test]
    fn what_would_steer_a_terminal_is_shown() {
        let title = "甲\u{1B}[31m\u{202E}\n乙\0\u{7}\u{9B}\u{10FFFF}";
        assert_eq!(lines(&json!([{ "title": title }])), ["title=甲␛[31m⟨U+202E⟩␊乙␀␇⟨U+009B⟩⟨U+10FFFF⟩"]);
        let document = super::json(&json!({ "title": title }));
        assert!(!document.chars().any(refused), "{document:?}");
        assert_eq!(serde_json::from_str::<Value>(&document).unwrap()["title"], title);
    }
}
