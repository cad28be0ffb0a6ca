//! Yes or no.

use super::{FieldErrors, FieldInfo, FieldType, Place, Shape, Words};

impl FieldType for bool {
    const SHAPE: Shape = Shape::Flag { yes: Words { zh: "是", en: "yes" }, no: Words { zh: "否", en: "no" } };

    fn check(&self, _: &FieldInfo, _: &Place<'_>, _: &mut FieldErrors) {}
}
