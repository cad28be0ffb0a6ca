//! Where in a record a value stands.

use super::{FieldInfo, VariantInfo};
use daiban_messages::say::fact as say;
use daiban_messages::{Argument, Both, Say};

/// A path into a record: fields, rows of lists, variants.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    step: Step<'a>,
    before: Option<&'a Place<'a>>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Record,
    Field(&'a FieldInfo),
    Row(usize),
    Variant(&'a VariantInfo),
}

impl<'a> Place<'a> {
    /// The record itself.
    pub const RECORD: Place<'static> = Place { step: Step::Record, before: None };

    /// A field inside this place.
    pub fn then(&'a self, field: &'a FieldInfo) -> Place<'a> {
        Place { step: Step::Field(field), before: Some(self) }
    }

    /// A row of the list at this place, from 0.
    pub fn row(&'a self, number: usize) -> Place<'a> {
        Place { step: Step::Row(number), before: Some(self) }
    }

    /// A variant at this place.
    pub fn within(&'a self, variant: &'a VariantInfo) -> Place<'a> {
        Place { step: Step::Variant(variant), before: Some(self) }
    }

    /// Its name for machines: `rows.2.fee_basis`.
    pub fn path(&self) -> String {
        let own = match self.step {
            Step::Record => return String::new(),
            Step::Field(field) => field.name.to_owned(),
            Step::Row(number) => number.to_string(),
            Step::Variant(variant) => variant.name.to_owned(),
        };
        match self.before.map(Place::path).filter(|path| !path.is_empty()) {
            Some(path) => format!("{path}.{own}"),
            None => own,
        }
    }

    /// What people call the value here: its label, and the row it stands in.
    pub(super) fn subject(&self, field: &FieldInfo) -> Both {
        match (self.step, self.in_row()) {
            (_, None) => field.label.both(),
            (Step::Row(_), Some(row)) => row,
            (_, Some(row)) => say::InRow { row, field: field.label }.say().into(),
        }
    }

    /// The row it is or stands in; of a list within a row, both.
    fn in_row(&self) -> Option<Both> {
        let before = self.before?;
        let outer = before.in_row();
        let (Step::Row(number), Step::Field(list)) = (self.step, before.step) else { return outer };
        let list = match outer {
            Some(outer) => Both::new(outer.zh + list.label.zh, format!("{}, {}", outer.en, list.label.en)),
            None => list.label.both(),
        };
        Some(say::Row { list, number: number.saturating_add(1) }.say().into())
    }
}
