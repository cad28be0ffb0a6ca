//! What somebody should look at again: a code whose digits do not fit. Nothing is refused for it.

use super::field::Shape;
use super::leaf::Leaves;
use super::{Body, FieldError, Node};

impl Body {
    /// The values whose code looks wrong ([`super::field::Code::note`]), each with a sentence for officials.
    pub fn notes(&self) -> Vec<FieldError> {
        let mut notes = Vec::new();
        Leaves::of(self, |shape| matches!(shape, Shape::Text { .. }), &mut |place, info, _, value| {
            let (Some(code), Node::Str(text)) = (info.code, value) else { return };
            notes.extend(code.note(text).map(|words| {
                let zh = format!("{}{}。", info.label.zh, words.zh);
                FieldError::new(place.path(), format!("{}: {}", info.label.en, words.en), zh)
            }));
        });
        notes
    }
}
