//! Lists.

use super::{FieldErrors, FieldInfo, FieldType, Place, Shape};
use crate::limits::LIST_ITEMS_MAX;
use daiban_messages::say::fact as say;

impl<T: FieldType> FieldType for Vec<T> {
    const SHAPE: Shape = Shape::List { of: &T::SHAPE, least: 0 };
    const REQUIRED: bool = false;

    fn check(&self, field: &FieldInfo, place: &Place<'_>, out: &mut FieldErrors) {
        let least = if let Shape::List { least, .. } = field.shape { least } else { 0 };
        if self.len() < least {
            return out.at(place, field, |field| say::TooFew { field, least });
        }
        if self.len() > LIST_ITEMS_MAX {
            return out.at(place, field, |field| say::TooMany { field, most: LIST_ITEMS_MAX });
        }
        self.iter().enumerate().for_each(|(at, value)| value.check(field, &place.row(at), out));
    }
}
