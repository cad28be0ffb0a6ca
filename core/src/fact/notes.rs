//! What somebody should look at again: a code whose digits do not fit. Nothing is refused for it.

use super::field::Shape;
use super::leaf::Leaves;
use super::{Body, FieldError, Node};
use daiban_messages::Say;
use daiban_messages::say::fact as say;

impl Body {
    /// The values whose code looks wrong ([`super::field::Code::note`]), each with a sentence for officials.
    pub fn notes(&self) -> Vec<FieldError> {
        let mut notes = Vec::new();
        Leaves::of(self, |shape| matches!(shape, Shape::Text { .. }), &mut |place, info, _, value| {
            let (Some(code), Node::Str(text)) = (info.code, value) else { return };
            let note = |note| FieldError::of(place.path(), say::CodeNote { field: info.label, note }.say());
            notes.extend(code.note(text).map(note));
        });
        notes
    }
}
