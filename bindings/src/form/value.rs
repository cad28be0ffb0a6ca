//! What stands in a field.

use daiban_core::fact::field::FieldValue;
use std::collections::HashMap;

/// A value as somebody typed or chose it. Blank words, an empty list and no fields are the same as nothing.
#[derive(Clone, Debug, PartialEq, uniffi::Enum)]
pub enum FormValue {
    /// Words; also whatever can be written, as people type it.
    Text {
        /// They.
        value: String,
    },
    /// A whole number.
    Integer {
        /// It.
        value: i64,
    },
    /// Yes or no.
    Flag {
        /// Which.
        value: bool,
    },
    /// Several values, or the rows of a table.
    Several {
        /// They.
        values: Vec<FormValue>,
    },
    /// Values by field name: a row, fields that belong together, or of several ways the chosen one with its fields inside.
    Fields {
        /// They.
        values: HashMap<String, FormValue>,
    },
}

impl From<&str> for FormValue {
    fn from(text: &str) -> Self {
        FormValue::Text { value: text.to_owned() }
    }
}

impl From<FieldValue> for FormValue {
    fn from(value: FieldValue) -> Self {
        match value {
            FieldValue::Text(value) => FormValue::Text { value },
            FieldValue::Integer(value) => FormValue::Integer { value },
            FieldValue::Flag(value) => FormValue::Flag { value },
            FieldValue::List(values) => FormValue::Several { values: values.into_iter().map(FormValue::from).collect() },
            FieldValue::Fields(values) => {
                FormValue::Fields { values: values.into_iter().map(|(name, value)| (name, value.into())).collect() }
            }
        }
    }
}

impl From<FormValue> for FieldValue {
    fn from(value: FormValue) -> Self {
        match value {
            FormValue::Text { value } => FieldValue::Text(value),
            FormValue::Integer { value } => FieldValue::Integer(value),
            FormValue::Flag { value } => FieldValue::Flag(value),
            FormValue::Several { values } => FieldValue::List(values.into_iter().map(FieldValue::from).collect()),
            FormValue::Fields { values } => FieldValue::Fields(typed(values)),
        }
    }
}

/// What was typed, in an order that is always the same.
pub(crate) fn typed(values: HashMap<String, FormValue>) -> Vec<(String, FieldValue)> {
    let mut typed: Vec<(String, FieldValue)> = values.into_iter().map(|(name, value)| (name, value.into())).collect();
    typed.sort_by(|a, b| a.0.cmp(&b.0));
    typed
}
