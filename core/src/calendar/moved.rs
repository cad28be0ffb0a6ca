//! What an imported edition changes: the preview an office sees before it takes one in.

use super::count::CountError;
use super::date::Date;
use super::working_days::Calendar;
use serde::{Deserialize, Serialize};

/// A due date that differs between two calendars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The day the count starts from, not counted itself.
    pub start: Date,
    /// The working days counted.
    pub n: i64,
    /// The due date by the old calendar.
    pub old: Date,
    /// The due date by the new one.
    pub new: Date,
}

/// The counts whose due date the new calendar moves, in the order given.
///
/// Precedent: on 2020-01-26 a notice took 2020-01-31 off, five days ahead. An open duty keeps the later of both dates (K7);
/// that is for the rules to say.
pub fn moved(old: &Calendar, new: &Calendar, counts: impl Iterator<Item = (Date, i64)>) -> Result<Vec<Moved>, CountError> {
    let mut found = Vec::new();
    for (start, n) in counts {
        let (before, after) = (old.add(start, n)?.date, new.add(start, n)?.date);
        if before != after {
            found.push(Moved { start, n, old: before, new: after });
        }
    }
    Ok(found)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::calendar::Edition;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_extension_of_2020_moved_the_deadlines_across_it() {
        let new = Calendar::builtin();
        let mut first_notice = new.editions().find(|e| e.year == 2020).unwrap().clone();
        first_notice.notices.truncate(1);
        first_notice.holidays[1].off.retain(|d| *d < day("2020-01-31"));
        first_notice.holidays[1].makeup.push(day("2020-02-01"));
        let old = new.with_edition(Edition::clone(&first_notice)).unwrap();
        let counts = [(day("2020-01-19"), 15), (day("2020-01-02"), 5), (day("2020-02-03"), 15)];
        let expected = Moved { start: day("2020-01-19"), n: 15, old: day("2020-02-13"), new: day("2020-02-17") };
        assert_eq!(moved(&old, &new, counts.into_iter()), Ok(vec![expected]));
        assert_eq!(moved(&new, &new, counts.into_iter()), Ok(vec![]));
    }

    #[test]
    fn a_count_that_cannot_be_made_is_not_passed_over() {
        let calendar = Calendar::builtin();
        let counts = [(day("2020-01-19"), 9_999)];
        assert_eq!(moved(&calendar, &calendar, counts.into_iter()), Err(CountError::TooLong { n: 9_999 }));
    }
}
