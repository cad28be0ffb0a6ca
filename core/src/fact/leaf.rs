//! The single values of a record, found by its kind's description: a new kind needs nothing of its own.

use super::field::{FieldInfo, Place, Shape};
use super::{Body, Node, fact_kind};

/// Which values are looked for, and what is done with each: where it stands, its field, its shape, the value.
pub struct Leaves<'v> {
    wanted: fn(&Shape) -> bool,
    visit: &'v mut dyn FnMut(&Place<'_>, &'static FieldInfo, &Shape, &Node),
}

impl<'v> Leaves<'v> {
    /// Visits the values of those shapes in the order of the fields. A record whose kind has none is not even taken apart.
    pub fn of(body: &Body, wanted: fn(&Shape) -> bool, visit: &'v mut dyn FnMut(&Place<'_>, &'static FieldInfo, &Shape, &Node)) {
        if let Some(kind) = fact_kind(body.kind()).filter(|kind| kind.fields.iter().any(|field| field.shape.holds(wanted))) {
            Leaves { wanted, visit }.fields(kind.fields, &Node::Map(body.fields()), &Place::RECORD);
        }
    }

    fn fields(&mut self, infos: &'static [FieldInfo], node: &Node, place: &Place<'_>) {
        for info in infos {
            if let Some(value) = node.get(info.name) {
                self.value(info, &info.shape, value, &place.then(info));
            }
        }
    }

    fn value(&mut self, info: &'static FieldInfo, shape: &Shape, node: &Node, place: &Place<'_>) {
        match (shape, node) {
            (Shape::List { of, .. }, Node::List(items)) => {
                items.iter().enumerate().for_each(|(at, item)| self.value(info, of, item, &place.row(at)));
            }
            (Shape::Fields(infos), node) => self.fields(infos, node, place),
            (Shape::OneOf(variants), node) => {
                for variant in *variants {
                    if let Some(inner) = node.get(variant.name) {
                        self.fields(variant.fields, inner, &place.within(variant));
                    }
                }
            }
            (shape, node) if (self.wanted)(shape) => (self.visit)(place, info, shape, node),
            _ => {}
        }
    }
}
