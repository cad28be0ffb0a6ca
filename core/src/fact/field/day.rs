//! Dates and weeks.

use super::{FieldErrors, FieldInfo, FieldType, Place, Shape};
use crate::calendar::{Date, Week};

impl FieldType for Date {
    const SHAPE: Shape = Shape::Date;

    /// Every date is one; which years a form takes stands in [`crate::fact::Fact::check`].
    fn check(&self, _: &FieldInfo, _: &Place<'_>, _: &mut FieldErrors) {}
}

impl FieldType for Week {
    const SHAPE: Shape = Shape::Week;

    fn check(&self, _: &FieldInfo, _: &Place<'_>, _: &mut FieldErrors) {}
}
