//! Where in a record a correction goes: `delivery.mail.posted_on`, `rows.0.fee_basis`.

use daiban_core::fact::field::Shape;
use daiban_core::fact::{FieldInfo, Node};
use std::cmp::Ordering;

/// One part of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Field(&'static str),
    /// One way of several: choosing it drops the others.
    Way(&'static str),
    /// An entry of a list, from 0; the one behind the last is new.
    Entry(usize),
}

/// A field of a kind, however deep it stands.
#[derive(Clone, Debug)]
pub struct Place {
    steps: Vec<Step>,
    /// What it holds.
    pub info: FieldInfo,
}

impl Place {
    /// The place of a path; `None` if the kind has no such field.
    pub fn find(fields: &'static [FieldInfo], path: &str) -> Option<Place> {
        let names: Vec<&str> = path.split('.').collect();
        let mut steps = Vec::new();
        let info = field(fields, &names, &mut steps)?;
        Some(Place { steps, info })
    }

    /// Whether it is an entry of a list and no field.
    pub fn is_entry(&self) -> bool {
        matches!(self.steps.last(), Some(Step::Entry(_)))
    }

    /// The last entries of a list first, so that taking one out moves none that is still to be found.
    pub fn last_first(&self, other: &Place) -> Ordering {
        other.steps.cmp(&self.steps)
    }

    /// Puts a value here, or takes it out; `None` if the list is shorter.
    pub fn put(&self, tree: Node, value: Option<Node>) -> Option<Node> {
        put(Some(tree), &self.steps, value).flatten()
    }
}

fn field(fields: &'static [FieldInfo], names: &[&str], steps: &mut Vec<Step>) -> Option<FieldInfo> {
    let (name, rest) = names.split_first()?;
    let info = fields.iter().find(|info| info.name == *name)?;
    steps.push(Step::Field(info.name));
    inside(*info, rest, steps)
}

fn inside(info: FieldInfo, names: &[&str], steps: &mut Vec<Step>) -> Option<FieldInfo> {
    let Some((name, rest)) = names.split_first() else { return Some(info) };
    match info.shape {
        Shape::Fields(fields) => field(fields, names, steps),
        Shape::OneOf(ways) => {
            let way = ways.iter().find(|way| way.name == *name)?;
            steps.push(Step::Way(way.name));
            field(way.fields, rest, steps)
        }
        Shape::List { of, .. } => {
            steps.push(Step::Entry(name.parse().ok()?));
            inside(FieldInfo { shape: *of, required: true, ..info }, rest, steps)
        }
        _ => None,
    }
}

fn put(old: Option<Node>, steps: &[Step], value: Option<Node>) -> Option<Option<Node>> {
    let Some((step, rest)) = steps.split_first() else { return Some(value) };
    let (name, alone) = match step {
        Step::Entry(at) => {
            let Some(Node::List(entries)) = old else { return put_entry(Vec::new(), *at, rest, value) };
            return put_entry(entries, *at, rest, value);
        }
        Step::Field(name) => (*name, false),
        Step::Way(name) => (*name, true),
    };
    let mut fields = if let Some(Node::Map(fields)) = old { fields } else { Vec::new() };
    fields.retain(|(known, _)| !alone || known == name);
    let at = fields.iter().position(|(known, _)| known == name);
    let inner = put(at.map(|at| fields.remove(at).1), rest, value)?;
    fields.extend(inner.map(|inner| (name.to_owned(), inner)));
    Some(Some(Node::map(fields)))
}

fn put_entry(mut entries: Vec<Node>, at: usize, rest: &[Step], value: Option<Node>) -> Option<Option<Node>> {
    let old = (at < entries.len()).then(|| entries.remove(at));
    if old.is_none() && (at > entries.len() || value.is_none()) {
        return None;
    }
    if let Some(inner) = put(old, rest, value)? {
        entries.insert(at, inner);
    }
    Some(Some(Node::List(entries)))
}
