//! 记录 time: the phone's word, held between what the server can vouch for.

use super::Arrival;
use crate::limits::{CLOCK_SKEW_SECONDS_MAX, TIME_TOKEN_SECONDS_MAX};

/// What can be believed about when a fact was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// `recorded_at` clamped to [token or floor, whichever is later; 到达], Unix seconds.
    pub effective_at: i64,
    /// 时间存疑: the phone's clock was more than 10 minutes off, the claim had to be moved by more than that, it goes back behind what
    /// its device has shown with a token that is older still, or what it leans on proves nothing ([`Arrival::token_doubtful`]).
    pub clock_doubtful: bool,
    /// The token it leans on was older than 30 days on arrival; without a token, the claim itself was. What was recorded within minutes
    /// of its arrival needs no token: the server's own clock bounds it, and a false claim would gain nothing.
    pub token_expired: bool,
}

/// Clamps a claimed time. A command carries the server's own time and is never doubtful by skew.
pub fn timing(recorded_at: i64, arrival: &Arrival<'_>) -> Timing {
    let latest = arrival.received_at;
    let leans_on = arrival.token_at.unwrap_or(recorded_at).min(latest);
    let floor = arrival.floor_at.map_or(leans_on, |floor| floor.min(latest));
    let earliest = leans_on.max(floor);
    let effective_at = recorded_at.clamp(earliest, latest);
    let moved = recorded_at.abs_diff(effective_at);
    let limit = CLOCK_SKEW_SECONDS_MAX.unsigned_abs();
    let behind = leans_on < floor && recorded_at < floor;
    let clock_doubtful = arrival.skew_seconds.unsigned_abs() > limit || moved > limit || behind || arrival.token_doubtful;
    let fresh = !clock_doubtful && recorded_at.abs_diff(latest) <= limit;
    let expired = latest.saturating_sub(leans_on) > TIME_TOKEN_SECONDS_MAX;
    Timing { effective_at, clock_doubtful, token_expired: expired && !fresh && !arrival.commanded }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::PersonId;

    const NOW: i64 = 1_795_395_600;
    const DAY: i64 = 24 * 3600;

    fn timed(recorded_at: i64, token_at: Option<i64>, floor_at: Option<i64>, token_doubtful: bool) -> Timing {
        let person = PersonId::from("zhou-min");
        let mut arrival = Arrival::new(&person, NOW, token_at, 0);
        (arrival.floor_at, arrival.token_doubtful) = (floor_at, token_doubtful);
        timing(recorded_at, &arrival)
    }

    #[test]
    fn what_the_device_has_shown_bounds_what_it_may_claim() {
        let floor = Some(NOW - 60);
        for days in [1, 10, 29] {
            let none = timed(NOW - days * DAY, None, floor, true);
            assert!(none.clock_doubtful && none.effective_at == NOW - 60, "{days} d: {none:?}");
            let kept_back = timed(NOW - days * DAY, Some(NOW - 20 * DAY), floor, false);
            assert!(kept_back.clock_doubtful && kept_back.effective_at == NOW - 60, "{days} d: {kept_back:?}");
        }
        assert!(timed(NOW - 31 * DAY, None, floor, true).token_expired, "the late lane stays the late lane");
    }

    #[test]
    fn what_was_recorded_minutes_before_it_came_needs_no_young_token() {
        let old = Some(NOW - 45 * DAY);
        let fresh = |recorded_at, token_doubtful| !timed(recorded_at, old, old, token_doubtful).token_expired;
        assert!(fresh(NOW, false) && fresh(NOW - 600, false) && fresh(NOW + 600, false));
        assert!(!fresh(NOW - 601, false) && !fresh(NOW + 601, false) && !fresh(NOW - DAY, false));
        assert!(!fresh(NOW, true), "a token that proves nothing excuses nothing");
        let person = PersonId::from("zhou-min");
        let off = timing(NOW, &Arrival::new(&person, NOW, old, 601));
        assert!(off.token_expired && off.clock_doubtful, "nor does a clock that is off: {off:?}");
    }

    #[test]
    fn an_honest_claim_is_not_doubted() {
        let shown = Some(NOW - 5 * DAY);
        for (recorded_at, token_at, floor_at) in [
            (NOW - 3 * DAY, Some(NOW - 4 * DAY), shown),
            (NOW - 5 * DAY - 3, shown, shown),
            (NOW - DAY, Some(NOW - 20 * DAY), shown),
            (NOW - 3 * DAY, None, None),
        ] {
            let found = timed(recorded_at, token_at, floor_at, false);
            assert!(!found.clock_doubtful && !found.token_expired, "{recorded_at} {token_at:?}: {found:?}");
            assert!(found.effective_at.abs_diff(recorded_at) <= 3);
        }
    }

    #[test]
    fn ten_minutes_are_believed_and_a_second_more_is_not() {
        let person = PersonId::from("zhou-min");
        let doubted = |recorded_at, skew| timing(recorded_at, &Arrival::new(&person, NOW, Some(NOW - DAY), skew)).clock_doubtful;
        for (recorded_at, skew, expected) in [
            (NOW, 600, false),
            (NOW, 601, true),
            (NOW, -600, false),
            (NOW, -601, true),
            (NOW, i64::MIN, true),
            (NOW + 600, 0, false),
            (NOW + 601, 0, true),
            (NOW - DAY - 600, 0, false),
            (NOW - DAY - 601, 0, true),
        ] {
            assert_eq!(doubted(recorded_at, skew), expected, "{} {skew}", recorded_at - NOW);
        }
    }

    #[test]
    fn a_claim_is_behind_what_was_shown_only_if_it_and_its_token_are() {
        let shown = NOW - 60;
        for (recorded_at, token_at, expected) in
            [(shown - 1, shown - 1, true), (shown, shown - 1, false), (shown - 1, shown, false), (shown + 1, shown - 1, false)]
        {
            let found = timed(recorded_at, Some(token_at), Some(shown), false);
            assert_eq!((found.clock_doubtful, found.effective_at), (expected, recorded_at.max(shown)), "{}", recorded_at - shown);
        }
    }

    #[test]
    fn thirty_days_offline_are_in_time_and_an_order_never_expires() {
        for (since, expected) in [(30 * DAY, false), (30 * DAY + 1, true)] {
            assert_eq!(timed(NOW - DAY, Some(NOW - since), None, false).token_expired, expected);
            assert_eq!(timed(NOW - since, None, None, false).token_expired, expected, "without a token the claim itself");
        }
        let person = PersonId::from("zhou-min");
        let ordered = Arrival { commanded: true, ..Arrival::new(&person, NOW, Some(NOW - 31 * DAY), 0) };
        assert!(!timing(NOW, &ordered).token_expired);
    }

    #[test]
    fn nothing_was_recorded_after_it_arrived_whatever_token_and_floor_say() {
        for (token_at, floor_at) in [(Some(NOW + DAY), None), (None, Some(NOW + DAY)), (Some(NOW + DAY), Some(NOW + 2 * DAY))] {
            let found = timed(NOW - 60, token_at, floor_at, false);
            assert_eq!(found.effective_at, NOW, "{token_at:?} {floor_at:?}");
        }
    }
}
