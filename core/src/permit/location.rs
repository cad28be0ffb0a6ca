//! Where a project lies. Streets and parks are the district's own data, so no case waits for one; it is asked about where it is typed and
//! told until it is corrected.

use crate::fact::Body;
use crate::fact::field::FieldError;
use crate::people::{Organisation, Unit, near};
use daiban_messages::say::permit as say;
use daiban_messages::{Both, Say};

/// Characters that a place's name must share with what was typed to be offered.
const NEAR: usize = 2;

/// That the place of a project's opening is no subdistrict, town or park of the district; `None` for every other record.
pub fn unplaced(body: &Body, organisation: &Organisation) -> Option<FieldError> {
    let Body::CaseOpened(opened) = body else { return None };
    if organisation.place(&opened.location).is_some() {
        return None;
    }
    let places = organisation.units().filter(|unit| unit.is_place()).map(|unit| (unit.name.as_str(), unit.name.as_str()));
    let offered = near(opened.location.as_str(), NEAR, places);
    let near = Both::from((!offered.is_empty()).then(|| say::PlaceNear { places: offered.join("、") }.say()));
    let typed = organisation.unit(&opened.location).map_or(opened.location.as_str(), |unit: &Unit| unit.name.as_str());
    Some(FieldError::of("location", say::PlaceUnknown { place: typed, near }.say()))
}
