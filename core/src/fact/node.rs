//! A fact as a tree of values: the common ground of the Automerge change, the typed kinds and the wire.

use ciborium::Value;
use serde::{Serialize, de::DeserializeOwned};

/// A value inside a fact. No float, null, unsigned, timestamp or counter: one way to say a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Plain text; never an Automerge `Text`.
    Str(String),
    /// Any whole number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// Raw bytes: ids, ciphertexts.
    Bytes(Vec<u8>),
    /// Fields, ascending by name, each once.
    Map(Vec<(String, Node)>),
    /// Elements in order.
    List(Vec<Node>),
}

/// A typed value that has no place in a fact, or a tree that does not have the type's shape.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ShapeError(pub String);

impl Node {
    /// A map with its fields put into ascending order; of fields with the same name the first is kept.
    pub fn map<K: Into<String>>(fields: impl IntoIterator<Item = (K, Node)>) -> Node {
        let mut fields: Vec<(String, Node)> = fields.into_iter().map(|(k, v)| (k.into(), v)).collect();
        fields.sort_by(|a, b| a.0.cmp(&b.0));
        fields.dedup_by(|a, b| a.0 == b.0);
        Node::Map(fields)
    }

    /// Text as a node.
    pub fn text(text: impl Into<String>) -> Node {
        Node::Str(text.into())
    }

    /// The field of a map.
    pub fn get(&self, name: &str) -> Option<&Node> {
        match self {
            Node::Map(fields) => fields.iter().find(|(k, _)| k == name).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text, if this is text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Node::Str(s) => Some(s),
            _ => None,
        }
    }

    /// The number, if this is one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Node::Int(i) => Some(*i),
            _ => None,
        }
    }

    /// The bytes, if these are bytes.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Node::Bytes(b) => Some(b),
            _ => None,
        }
    }

    /// Writes any serde type as a tree. Absent options must be skipped by the type (`skip_serializing_if`).
    pub fn of<T: Serialize>(value: &T) -> Result<Node, ShapeError> {
        let value = Value::serialized(value).map_err(|e| ShapeError(e.to_string()))?;
        Node::from_cbor(value)
    }

    /// Reads the tree as a serde type.
    pub fn read<T: DeserializeOwned>(self) -> Result<T, ShapeError> {
        self.into_cbor().deserialized().map_err(|e| ShapeError(e.to_string()))
    }

    /// From a CBOR value; what a fact cannot hold is an error.
    pub fn from_cbor(value: Value) -> Result<Node, ShapeError> {
        Ok(match value {
            Value::Text(s) => Node::Str(s),
            Value::Bool(b) => Node::Bool(b),
            Value::Bytes(b) => Node::Bytes(b),
            Value::Integer(i) => Node::Int(i64::try_from(i).map_err(|_| ShapeError("number out of range".into()))?),
            Value::Array(items) => Node::List(items.into_iter().map(Node::from_cbor).collect::<Result<_, _>>()?),
            Value::Map(fields) => {
                let mut out = Vec::with_capacity(fields.len());
                for (k, v) in fields {
                    let Value::Text(k) = k else { return Err(ShapeError("field name is not text".into())) };
                    out.push((k, Node::from_cbor(v)?));
                }
                let len = out.len();
                let Node::Map(fields) = Node::map(out) else { return Err(ShapeError("map".into())) };
                if fields.len() != len {
                    return Err(ShapeError("a field name stands twice".into()));
                }
                Node::Map(fields)
            }
            other => return Err(ShapeError(format!("{other:?} has no place in a fact"))),
        })
    }

    /// As a CBOR value, for the wire and for stores.
    pub fn into_cbor(self) -> Value {
        match self {
            Node::Str(s) => Value::Text(s),
            Node::Int(i) => Value::Integer(i.into()),
            Node::Bool(b) => Value::Bool(b),
            Node::Bytes(b) => Value::Bytes(b),
            Node::List(items) => Value::Array(items.into_iter().map(Node::into_cbor).collect()),
            Node::Map(fields) => Value::Map(fields.into_iter().map(|(k, v)| (Value::Text(k), v.into_cbor())).collect()),
        }
    }
}

impl Serialize for Node {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.clone().into_cbor().serialize(serializer)
    }
}

impl<'de> serde::Deserialize<'de> for Node {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Node::from_cbor(value).map_err(serde::de::Error::custom)
    }
}
