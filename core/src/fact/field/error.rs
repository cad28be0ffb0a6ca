//! What is wrong with a field, and what to do.

use super::{FieldInfo, Place};
use std::fmt;

/// A field that does not satisfy its kind. A fact that was written elsewhere is admitted and kept, but void (字段不符), and says so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {en}")]
pub struct FieldError {
    /// Where it stands: the field's name, with dots into lists (from 0) and rows: `rows.2.fee_basis`.
    pub field: String,
    /// A sentence for developers.
    pub en: String,
    /// A sentence for officials, with what to do next.
    pub zh: String,
}

impl FieldError {
    /// An error at a named place.
    pub fn new(field: impl Into<String>, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { field: field.into(), en: en.into(), zh: zh.into() }
    }

    pub(in crate::fact) fn shape(why: &str) -> Self {
        Self::new("fields", why, "字段不符合该类记录的格式，请更新应用后重新记录。")
    }
}

/// Everything that is wrong with a record, in the order of its fields; empty if nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    /// Adds an error at a field; `zh` goes on after the field's label.
    pub fn add(&mut self, place: &Place<'_>, field: &FieldInfo, en: impl Into<String>, zh: impl fmt::Display) {
        let zh = format!("{}{zh}", place.subject_zh(field));
        self.0.push(FieldError::new(place.path(), en, zh));
    }

    /// Adds an error whose sentence is whole.
    pub fn say(&mut self, field: impl Into<String>, en: impl Into<String>, zh: impl Into<String>) {
        self.0.push(FieldError::new(field, en, zh));
    }

    /// Nothing is wrong, or everything that is.
    pub fn done(self) -> Result<(), FieldErrors> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    /// The first error.
    pub fn first(&self) -> Option<&FieldError> {
        self.0.first()
    }

    /// Every sentence for officials, a line each.
    pub fn zh(&self) -> String {
        self.0.iter().map(|error| error.zh.as_str()).collect::<Vec<_>>().join("\n")
    }
}

impl fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, error) in self.0.iter().enumerate() {
            write!(f, "{}{error}", if at == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl std::error::Error for FieldErrors {}

impl From<FieldError> for FieldErrors {
    fn from(error: FieldError) -> Self {
        Self(vec![error])
    }
}
