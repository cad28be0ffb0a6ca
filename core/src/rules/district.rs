//! What the district owes as a whole (四(四)3, R106): duties of no case.

use super::owed::through;
use super::{Duty, RulesInForce};
use crate::calendar::{Date, Week};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The district's duties at `now`, from the week of the first letter of any case to this one; [`super::owed`] for no case.
/// `sent` is when the district's report of a week was sent, Unix seconds by the server's clock.
pub fn owed_by_district(first_letter: Date, sent: &BTreeMap<Week, i64>, rules: &RulesInForce, now: i64) -> Vec<Duty> {
    let by = |at: i64| Cow::Owned(sent.iter().map(|(week, sent)| (*week, *sent)).filter(|(_, sent)| *sent <= at).collect());
    through(rules, i64::MIN, now, by, Cow::Borrowed(sent), |sent: &Cow<'_, BTreeMap<Week, i64>>, calendar, at| {
        rules.plan.duties_of_district(first_letter, sent, (calendar, &rules.numbers), at)
    })
}
