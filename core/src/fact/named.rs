//! Whom and which units a record names, found by its kind's description: a new kind needs nothing of its own.

use super::field::Shape;
use super::{Body, FieldInfo, Node, fact_kind};
use crate::ids::{PersonId, UnitId};
use std::collections::BTreeSet;

/// The people and units that a record's fields name, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// People of the task force.
    pub people: BTreeSet<PersonId>,
    /// Units.
    pub units: BTreeSet<UnitId>,
}

impl Named {
    /// What a record names. Where a project lies is left out: streets and parks are the district's own data, and no case waits for
    /// the office to have entered them.
    pub fn of(body: &Body) -> Named {
        let mut named = Named::default();
        if let Some(info) = fact_kind(body.kind()) {
            named.fields(info.fields, &Node::Map(body.fields()));
        }
        if let Body::CaseOpened(opened) = body {
            named.units.remove(&opened.location);
        }
        named
    }

    fn fields(&mut self, infos: &[FieldInfo], node: &Node) {
        for info in infos {
            if let Some(value) = node.get(info.name) {
                self.value(&info.shape, value);
            }
        }
    }

    fn value(&mut self, shape: &Shape, node: &Node) {
        match (shape, node) {
            (Shape::Person, Node::Str(id)) => drop(self.people.insert(PersonId::from(id.as_str()))),
            (Shape::Unit, Node::Str(id)) => drop(self.units.insert(UnitId::from(id.as_str()))),
            (Shape::List { of, .. }, Node::List(items)) => items.iter().for_each(|item| self.value(of, item)),
            (Shape::Fields(infos), node) => self.fields(infos, node),
            (Shape::OneOf(variants), Node::Map(chosen)) => {
                for variant in variants.iter() {
                    if let Some((_, inner)) = chosen.iter().find(|(name, _)| name == variant.name) {
                        self.fields(variant.fields, inner);
                    }
                }
            }
            _ => {}
        }
    }
}
