//! What is wrong with a field, and what to do.

use super::{FieldInfo, Place};
use daiban_messages::say::fact as say;
use daiban_messages::{Both, Message, Say};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// A field that does not satisfy its kind. A fact that was written elsewhere is admitted and kept, but void (字段不符), and says so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {en}")]
pub struct FieldError {
    /// Where it stands: the field's name, with dots into lists (from 0) and rows: `rows.2.fee_basis`.
    pub field: String,
    /// The sentence's name in the catalogue of messages; empty where it does not stand there.
    pub key: Cow<'static, str>,
    /// What was put into the sentence, by name.
    pub arguments: BTreeMap<Cow<'static, str>, String>,
    /// A sentence for developers.
    pub en: String,
    /// A sentence for officials, with what to do next.
    pub zh: String,
}

impl FieldError {
    /// An error at a named place, in a sentence that stands in no catalogue.
    pub fn new(field: impl Into<String>, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { field: field.into(), key: Cow::default(), arguments: BTreeMap::new(), en: en.into(), zh: zh.into() }
    }

    /// An error at a named place.
    pub fn of(field: impl Into<String>, Message { key, arguments, zh, en }: Message) -> Self {
        Self { field: field.into(), key, arguments, en, zh }
    }

    pub(in crate::fact) fn shape(why: &str) -> Self {
        Self::of("fields", say::Misshapen { why: Both::new("", why) }.say())
    }
}

/// Everything that is wrong with a record, in the order of its fields; empty if nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    /// Adds an error at a field; the sentence is made with what people call the field there.
    pub fn at<S: Say>(&mut self, place: &Place<'_>, field: &FieldInfo, said: impl FnOnce(Both) -> S) {
        self.told(place.path(), said(place.subject(field)));
    }

    /// Adds an error whose sentence names its field itself.
    pub fn told(&mut self, field: impl Into<String>, said: impl Say) {
        self.0.push(FieldError::of(field, said.say()));
    }

    /// Nothing is wrong, or everything that is.
    pub fn done(self) -> Result<(), FieldErrors> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    /// The first error.
    pub fn first(&self) -> Option<&FieldError> {
        self.0.first()
    }

    /// Every sentence, a line each.
    pub fn both(&self) -> Both {
        let lines = |of: fn(&FieldError) -> &str| self.0.iter().map(of).collect::<Vec<_>>().join("\n");
        Both::new(lines(|error| &error.zh), lines(|error| &error.en))
    }

    /// The same as one message.
    pub fn message(&self) -> Message {
        say::Errors { errors: self.both() }.say()
    }

    /// Every sentence for officials, a line each.
    pub fn zh(&self) -> String {
        self.both().zh
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
