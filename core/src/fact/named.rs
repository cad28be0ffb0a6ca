//! Whom and which units a record names, found by its kind's description: a new kind needs nothing of its own.

use super::field::Shape;
use super::leaf::Leaves;
use super::{Body, Node};
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
    /// the office to have entered them ([`crate::permit::unplaced`] asks about it instead).
    pub fn of(body: &Body) -> Named {
        let mut named = Named::default();
        let names = |shape: &Shape| matches!(shape, Shape::Person | Shape::Unit);
        Leaves::of(body, names, &mut |_, _, shape, value| match (shape, value) {
            (Shape::Person, Node::Str(id)) => drop(named.people.insert(PersonId::from(id.as_str()))),
            (_, Node::Str(id)) => drop(named.units.insert(UnitId::from(id.as_str()))),
            _ => {}
        });
        if let Body::CaseOpened(opened) = body {
            named.units.remove(&opened.location);
        }
        named
    }
}
