//! Lists.

use super::{FieldErrors, FieldInfo, FieldType, Place, Shape};
use crate::limits::LIST_ITEMS_MAX;

impl<T: FieldType> FieldType for Vec<T> {
    const SHAPE: Shape = Shape::List { of: &T::SHAPE, least: 0 };
    const REQUIRED: bool = false;

    fn check(&self, field: &FieldInfo, place: &Place<'_>, out: &mut FieldErrors) {
        let least = if let Shape::List { least, .. } = field.shape { least } else { 0 };
        if self.len() < least {
            return out.add(place, field, format!("needs at least {least} entries"), format!("至少填写{least}项。"));
        }
        if self.len() > LIST_ITEMS_MAX {
            let zh = format!("超过{LIST_ITEMS_MAX}项，请分开记录。");
            return out.add(place, field, format!("more than {LIST_ITEMS_MAX} entries"), zh);
        }
        self.iter().enumerate().for_each(|(at, value)| value.check(field, &place.row(at), out));
    }
}
