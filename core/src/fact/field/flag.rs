//! Yes or no.

use super::{FieldErrors, FieldInfo, FieldType, Place, Shape, Words};
use daiban_messages::say::fact as say;

impl FieldType for bool {
    const SHAPE: Shape = Shape::Flag { yes: Words::of(say::Yes::FIXED), no: Words::of(say::No::FIXED) };

    fn check(&self, _: &FieldInfo, _: &Place<'_>, _: &mut FieldErrors) {}
}
