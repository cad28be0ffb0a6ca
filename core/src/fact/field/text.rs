//! Text.

use super::{FieldErrors, FieldInfo, FieldType, Place, Shape};
use crate::limits::SHORT_TEXT_CHARS_MAX;
use daiban_messages::say::fact as say;

impl FieldType for String {
    const SHAPE: Shape = Shape::Text { max: SHORT_TEXT_CHARS_MAX, lines: false };

    fn check(&self, field: &FieldInfo, place: &Place<'_>, out: &mut FieldErrors) {
        let max = match field.shape {
            Shape::Text { max, .. } => max,
            Shape::List { of: Shape::Text { max, .. }, .. } => *max,
            _ => SHORT_TEXT_CHARS_MAX,
        };
        words(self, max, field, place, out);
    }
}

/// Text that must say something, up to `max` characters.
pub(super) fn words(text: &str, max: usize, field: &FieldInfo, place: &Place<'_>, out: &mut FieldErrors) {
    if text.trim().is_empty() {
        return out.at(place, field, |field| say::Empty { field });
    }
    if text.chars().nth(max).is_some() {
        out.at(place, field, |field| say::TooLong { field, most: max });
    }
}
