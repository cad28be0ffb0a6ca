//! What a form holds in one field.

use super::{FieldInfo, Shape};
use crate::fact::Node;
use crate::fact::shown::{Opener, sealed};

/// A value as somebody typed or chose it. Texts may stand for anything that can be written: a date, an amount, a unit's name.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// Words.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Yes or no.
    Flag(bool),
    /// Several values.
    List(Vec<FieldValue>),
    /// Values by field name: a row, or of several ways the one that was chosen, with its fields inside.
    Fields(Vec<(String, FieldValue)>),
}

impl FieldValue {
    /// Nothing was typed: blank words, an empty list, a way without a name.
    pub fn is_empty(&self) -> bool {
        match self {
            FieldValue::Text(text) => text.trim().is_empty(),
            FieldValue::List(values) => values.is_empty(),
            FieldValue::Fields(values) => values.is_empty(),
            FieldValue::Integer(_) | FieldValue::Flag(_) => false,
        }
    }
}

impl From<serde_json::Value> for FieldValue {
    /// A number with a fraction stays text: no field takes one, and the error shows what was typed.
    fn from(json: serde_json::Value) -> Self {
        match json {
            serde_json::Value::Null => FieldValue::Text(String::new()),
            serde_json::Value::Bool(flag) => FieldValue::Flag(flag),
            serde_json::Value::Number(number) => {
                number.as_i64().map_or_else(|| FieldValue::Text(number.to_string()), FieldValue::Integer)
            }
            serde_json::Value::String(text) => FieldValue::Text(text),
            serde_json::Value::Array(items) => FieldValue::List(items.into_iter().map(FieldValue::from).collect()),
            serde_json::Value::Object(fields) => {
                FieldValue::Fields(fields.into_iter().map(|(name, value)| (name, FieldValue::from(value))).collect())
            }
        }
    }
}

impl From<&str> for FieldValue {
    fn from(text: &str) -> Self {
        FieldValue::Text(text.to_owned())
    }
}

/// The value of a recorded field in a form again, to correct it; sealed values whose key is not held are absent.
pub fn value_of(node: &Node, shape: &Shape, open: Opener<'_>) -> Option<FieldValue> {
    let fields = |infos: &[FieldInfo], node: &Node| {
        let value = |info: &FieldInfo| Some((info.name.to_owned(), value_of(node.get(info.name)?, &info.shape, open)?));
        FieldValue::Fields(infos.iter().filter_map(value).collect())
    };
    Some(match (shape, node) {
        (Shape::Sealed, node) => FieldValue::Text(open(&sealed(node)?)?),
        (Shape::List { of, .. }, Node::List(items)) => {
            FieldValue::List(items.iter().filter_map(|item| value_of(item, of, open)).collect())
        }
        (Shape::Fields(infos), node) => fields(infos, node),
        (Shape::OneOf(variants), node) => {
            let (variant, inner) = variants.iter().find_map(|variant| Some((variant, node.get(variant.name)?)))?;
            FieldValue::Fields(vec![(variant.name.to_owned(), fields(variant.fields, inner))])
        }
        (_, Node::Str(text)) => FieldValue::Text(text.clone()),
        (_, Node::Int(number)) => FieldValue::Integer(*number),
        (_, Node::Bool(flag)) => FieldValue::Flag(*flag),
        (_, Node::Bytes(bytes)) => FieldValue::Text(data_encoding::HEXLOWER.encode(bytes)),
        (_, Node::List(_) | Node::Map(_)) => return None,
    })
}
