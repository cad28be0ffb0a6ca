//! Text.

use super::{FieldErrors, FieldInfo, FieldType, Place, Shape};
use crate::limits::SHORT_TEXT_CHARS_MAX;

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
        return out.add(place, field, "must not be empty", "不能为空，请填写。");
    }
    if text.chars().nth(max).is_some() {
        out.add(place, field, format!("longer than {max} characters"), format!("超过{max}字，请精简或分条记录。"));
    }
}
