//! Where in a record a value stands.

use super::{FieldInfo, VariantInfo};

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
    pub(super) fn subject_zh(&self, field: &FieldInfo) -> String {
        match self.step {
            Step::Row(_) => self.row_zh(),
            _ if self.row_zh().is_empty() => field.label.zh.to_owned(),
            _ => format!("{}的{}", self.row_zh(), field.label.zh),
        }
    }

    fn row_zh(&self) -> String {
        let Some(before) = self.before else { return String::new() };
        match (self.step, before.step) {
            (Step::Row(number), Step::Field(list)) => {
                format!("{}{}第{}项", before.row_zh(), list.label.zh, number.saturating_add(1))
            }
            _ => before.row_zh(),
        }
    }
}
