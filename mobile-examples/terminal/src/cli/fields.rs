//! A fact's fields for the terminal: as lines, and as JSON.

use daiban_core::fact::{Fact, Names, Node, shown};
use daiban_messages::say::terminal as say;
use daiban_messages::{Both, Message, Say};
use serde_json::{Map, Value};

pub use daiban_core::fact::shown::Opener;

/// The fields of a fact's kind as JSON: bytes in hex, sealed values as `{"sealed": key id}` or `{"opened": text}`.
pub fn json(fact: &Fact, open: Opener<'_>) -> Value {
    Value::Object(shown::own_fields(fact).into_iter().map(|(name, node)| (name, value(node, open))).collect())
}

/// The same as lines, one a field.
pub fn lines(fact: &Fact, names: &dyn Names, open: Opener<'_>) -> Vec<Message> {
    let fields = shown::fields(fact, open, names);
    let line = |f: &shown::ShownField| {
        let (label, text) = (Both::new(&*f.label_zh, &*f.label_en), Both::new(&*f.text_zh, &*f.text_en));
        say::Field { label, text }.say()
    };
    fields.iter().map(line).collect()
}

fn value(node: Node, open: Opener<'_>) -> Value {
    if let Some(sealed) = shown::sealed(&node) {
        return match open(&sealed) {
            Some(text) => serde_json::json!({ "opened": text }),
            None => serde_json::json!({ "sealed": sealed.key }),
        };
    }
    match node {
        Node::Str(text) => Value::String(text),
        Node::Int(number) => Value::from(number),
        Node::Bool(yes) => Value::Bool(yes),
        Node::Bytes(bytes) => Value::String(data_encoding::HEXLOWER.encode(&bytes)),
        Node::List(items) => Value::Array(items.into_iter().map(|n| value(n, open)).collect()),
        Node::Map(fields) => Value::Object(fields.into_iter().map(|(k, n)| (k, value(n, open))).collect::<Map<_, _>>()),
    }
}
