//! Personal data.

use super::{FieldErrors, FieldInfo, FieldType, Place, Shape};
use crate::fact::Sealed;

impl FieldType for Sealed {
    const SHAPE: Shape = Shape::Sealed;

    fn check(&self, _: &FieldInfo, _: &Place<'_>, _: &mut FieldErrors) {}
}
