//! A text of the command line as the value of a field: from standard input, from a file, as JSON, or as it is.

use super::record::names::Line;
use super::{rows, words};
use crate::fault::Fault;
use daiban_core::fact::field::{FieldValue, Shape};
use daiban_core::ids::FactId;
use daiban_messages::say::terminal as say;
use std::path::Path;

/// What is needed to read texts.
#[derive(Clone, Copy)]
pub struct Typing<'a> {
    /// Names of the kind.
    pub line: &'a Line,
    /// Finds a record by the first digits of its id.
    pub records: &'a dyn Fn(&str) -> Result<FactId, Fault>,
}

impl Typing<'_> {
    /// The value of a field at a path. A list stands in one text, its entries between semicolons.
    pub fn one(&self, path: &str, shape: &Shape, text: &str) -> Result<FieldValue, Fault> {
        let composite = matches!(shape, Shape::List { .. } | Shape::Fields(_) | Shape::OneOf(_));
        match shape {
            _ if composite && text.trim_start().starts_with(['[', '{']) => json(path, text),
            Shape::Text { .. } if text == "-" => words::standard_input().map(FieldValue::Text),
            Shape::Record(_) => (self.records)(text).map(|id| FieldValue::Text(id.to_string())),
            Shape::List { of, .. } => {
                let parts = text.split(['\n', ';', '；']).map(str::trim).filter(|part| !part.is_empty());
                self.several(path, of, &parts.collect::<Vec<_>>())
            }
            _ => Ok(FieldValue::from(text)),
        }
    }

    /// The entries of a list, each typed by itself; a file of rows holds several.
    pub fn several(&self, path: &str, of: &Shape, texts: &[&str]) -> Result<FieldValue, Fault> {
        let mut entries = Vec::new();
        for text in texts {
            match of {
                Shape::Fields(infos) if rows::is_file(text) => {
                    let also = |field: &str| self.line.flag(&format!("{path}.{field}"));
                    entries.extend(rows::read(Path::new(text), infos, &also)?);
                }
                _ => entries.push(self.one(path, of, text)?),
            }
        }
        Ok(FieldValue::List(entries))
    }
}

fn json(path: &str, text: &str) -> Result<FieldValue, Fault> {
    let value: Result<serde_json::Value, _> = serde_json::from_str(text);
    value.map(FieldValue::from).map_err(|why| Fault::input("json", say::Json { field: path, why }))
}
