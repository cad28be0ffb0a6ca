//! How long a writer rests before it runs a job again.

use std::time::Duration;

/// The first pause is this long at least, each later one twice the one before.
const FIRST: Duration = Duration::from_millis(20);
/// How often a job is run again.
const AGAIN: u32 = 4;

/// The pauses of one job, 0.3 to 0.6 s in all. Up to as much again is added by chance, so that two that met do not meet again.
pub(super) fn pauses() -> impl Iterator<Item = Duration> {
    (0..AGAIN).map(|time| {
        let [chance] = crate::random::bytes();
        let least = FIRST * 2u32.pow(time);
        least + least * u32::from(chance) / 256
    })
}
