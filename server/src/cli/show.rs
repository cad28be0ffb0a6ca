//! Printing: documents with `--json`, else short readable lines.

use serde_json::Value;
use std::fmt::Display;
use std::io::Write;

/// Prints a line. A reader that went away (`| head`) wants no more of it, and that is no failure.
pub(super) fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
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
        say(format_args!("{document:#}"));
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
        Value::Array(rows) if rows.is_empty() => vec!["（无）· none".to_owned()],
        Value::Array(rows) => rows.iter().map(row).collect(),
        Value::Object(fields) => {
            let said = ["zh", "en"].iter().filter_map(|name| fields.get(*name)?.as_str()).map(str::to_owned);
            let mut out: Vec<String> = said.collect();
            let rows = fields.iter().filter(|(_, value)| value.as_array().is_some_and(|rows| rows.iter().any(Value::is_object)));
            for (name, value) in rows {
                out.push(format!("{name}:"));
                out.extend(lines(value).into_iter().map(|line| format!("  {line}")));
            }
            if out.is_empty() { fields.iter().map(|(name, value)| format!("{name}: {}", short(value))).collect() } else { out }
        }
        other => vec![short(other)],
    }
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
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_sentence_is_printed_before_fields() {
        assert_eq!(lines(&json!({"zh": "已确认", "en": "confirmed", "no": 1})), ["已确认", "confirmed"]);
        assert_eq!(lines(&json!([])), ["（无）· none"]);
        assert_eq!(lines(&json!([{"id": "a", "left_at": null}])), ["id=a"]);
    }
}
