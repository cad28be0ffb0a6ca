//! The moment at which an author's seat in the case is asked: usually when it was recorded.

use super::Arrival;
use crate::case::JudgingState;
use crate::fact::Fact;

/// Where an author stood.
pub(super) struct Seat {
    /// The moment at which the author's roles are asked, Unix seconds.
    pub at: i64,
    /// The seat had ended by then, which the phone could not know: a person says whether the work still counts.
    pub ended: bool,
}

/// An author whose seat ended after the phone last heard from the server worked in good faith: asked is then the
/// last second of that seat. What the server itself wrote by order was written knowing better.
pub(super) fn seat(standing: &JudgingState, fact: &Fact, arrival: &Arrival<'_>, at: i64) -> Seat {
    let roster = &standing.roster;
    if arrival.commanded || roster.roles_at(&fact.by, at).next().is_some() {
        return Seat { at, ended: false };
    }
    let heard = arrival.token_at.max(arrival.floor_at);
    let unheard = |until: &i64| *until <= at && heard.is_none_or(|heard| heard < *until);
    let mine = roster.entries().iter().filter(|entry| entry.person == fact.by);
    match mine.filter_map(|entry| entry.until).filter(unheard).max() {
        Some(until) => Seat { at: until.saturating_sub(1), ended: true },
        None => Seat { at, ended: false },
    }
}
