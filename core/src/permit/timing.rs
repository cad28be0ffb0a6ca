//! 记录 time: the phone's word, held between what the server can vouch for (architecture.md §6, security.md §5.4).

use super::Arrival;
use crate::limits::{CLOCK_SKEW_SECONDS_MAX, TIME_TOKEN_SECONDS_MAX};

/// What can be believed about when a fact was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// `recorded_at` clamped to [token, 到达], Unix seconds.
    pub effective_at: i64,
    /// 时间存疑: the phone's clock was more than 10 minutes off, or the claim had to be moved by more than that.
    pub clock_doubtful: bool,
    /// The token it leans on was older than 30 days on arrival; without a token, the claim itself was.
    pub token_expired: bool,
}

/// Clamps a claimed time. A command carries the server's own time and is never doubtful by skew.
pub fn timing(recorded_at: i64, arrival: &Arrival<'_>) -> Timing {
    let latest = arrival.received_at;
    let earliest = arrival.token_at.unwrap_or(recorded_at).min(latest);
    let effective_at = recorded_at.clamp(earliest, latest);
    let moved = recorded_at.abs_diff(effective_at);
    let limit = CLOCK_SKEW_SECONDS_MAX.unsigned_abs();
    Timing {
        effective_at,
        clock_doubtful: arrival.skew_seconds.unsigned_abs() > limit || moved > limit,
        token_expired: !arrival.commanded && latest.saturating_sub(earliest) > TIME_TOKEN_SECONDS_MAX,
    }
}
