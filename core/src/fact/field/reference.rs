//! People, units and other records.

use super::text::words;
use super::{FieldErrors, FieldInfo, FieldType, Place, Shape};
use crate::ids::{FactId, PersonId, UnitId};
use crate::limits::SHORT_TEXT_CHARS_MAX;

impl FieldType for PersonId {
    const SHAPE: Shape = Shape::Person;

    fn check(&self, field: &FieldInfo, place: &Place<'_>, out: &mut FieldErrors) {
        words(self.as_str(), SHORT_TEXT_CHARS_MAX, field, place, out);
    }
}

impl FieldType for UnitId {
    const SHAPE: Shape = Shape::Unit;

    fn check(&self, field: &FieldInfo, place: &Place<'_>, out: &mut FieldErrors) {
        words(self.as_str(), SHORT_TEXT_CHARS_MAX, field, place, out);
    }
}

impl FieldType for FactId {
    const SHAPE: Shape = Shape::Record(None);

    fn check(&self, _: &FieldInfo, _: &Place<'_>, _: &mut FieldErrors) {}
}
