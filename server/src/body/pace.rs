//! The least pace of the other side: it may be slow, it may not stand still.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep_until};

/// How slow the other side may be. Only the time that is spent waiting for it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyPace {
    /// The longest silence.
    pub silence: Duration,
    /// Over which time its bytes are counted.
    pub window: Duration,
    /// How many there must be in a window.
    pub least: u64,
}

/// The other side stood still, or nearly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the other side is too slow")]
pub struct TooSlow;

/// The waiting for one side so far.
#[derive(Debug)]
struct Count {
    pace: BodyPace,
    /// Since when nothing came; `None` = something did, and nobody has waited since.
    silent: Option<Instant>,
    /// Up to when `waited` is counted.
    counted: Instant,
    waited: Duration,
    moved: u64,
}

impl Count {
    fn moved(&mut self, now: Instant, bytes: usize) {
        if self.silent.take().is_some() {
            self.wait_until(now);
        }
        self.moved = self.moved.saturating_add(bytes as u64);
    }

    fn wait_until(&mut self, now: Instant) {
        self.waited += now.saturating_duration_since(self.counted);
        self.counted = now;
    }

    /// When to look again, if nothing comes from now on.
    fn due(&mut self, now: Instant) -> Instant {
        if self.silent.is_none() {
            self.counted = now;
        }
        let silent = *self.silent.get_or_insert(now);
        let window_ends = self.counted + self.pace.window.saturating_sub(self.waited);
        window_ends.min(silent + self.pace.silence)
    }

    /// Whether it is over; else, if a window is, the next one begins.
    fn is_over(&mut self, now: Instant) -> bool {
        self.wait_until(now);
        let silent = self.silent.is_some_and(|since| now >= since + self.pace.silence);
        if self.waited < self.pace.window {
            return silent;
        }
        let starved = self.moved < self.pace.least;
        (self.waited, self.moved) = (Duration::ZERO, 0);
        silent || starved
    }
}

/// Watches one direction of one connection.
#[derive(Debug)]
pub(crate) struct Watch {
    count: Count,
    alarm: Option<Pin<Box<Sleep>>>,
}

impl Watch {
    pub(crate) fn new(pace: BodyPace) -> Watch {
        let count = Count { pace, silent: None, counted: Instant::now(), waited: Duration::ZERO, moved: 0 };
        Watch { count, alarm: None }
    }

    /// So many bytes came or went.
    pub(crate) fn moved(&mut self, bytes: usize) {
        self.count.moved(Instant::now(), bytes);
    }

    /// There is nothing to do but wait for the other side; ready when that has lasted too long.
    pub(crate) fn waiting(&mut self, cx: &mut Context<'_>) -> Poll<TooSlow> {
        loop {
            let due = self.count.due(Instant::now());
            let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(due)));
            if alarm.deadline() != due {
                alarm.as_mut().reset(due);
            }
            std::task::ready!(alarm.as_mut().poll(cx));
            if self.count.is_over(Instant::now()) {
                return Poll::Ready(TooSlow);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: BodyPace = BodyPace { silence: Duration::from_secs(20), window: Duration::from_secs(30), least: 6000 };

    fn count(now: Instant) -> Count {
        Count { pace: PACE, silent: None, counted: now, waited: Duration::ZERO, moved: 0 }
    }

    /// Whether somebody is cut off who is waited for from `now` until `then`.
    fn cut_between(count: &mut Count, mut now: Instant, then: Instant) -> bool {
        loop {
            now = count.due(now);
            if now >= then {
                return false;
            }
            if count.is_over(now) {
                return true;
            }
        }
    }

    /// Whether somebody who sends `bytes` every `every` seconds for half an hour is cut off.
    fn cut(every: u64, bytes: usize) -> bool {
        let mut now = Instant::now();
        let mut count = count(now);
        (0..1800 / every).any(|_| {
            let then = now + Duration::from_secs(every);
            let cut = cut_between(&mut count, now, then);
            count.moved(then, bytes);
            now = then;
            cut
        })
    }

    #[test]
    fn slow_is_allowed_and_standing_still_is_not() {
        assert!(!cut(1, 250), "250 bytes a second");
        assert!(!cut(15, 4000), "in bursts");
        assert!(cut(1, 150), "150 bytes a second");
        assert!(cut(25, 1_000_000), "25 seconds of silence");
        assert!(cut(1800, 0), "nothing at all");
    }

    #[test]
    fn what_we_take_ourselves_does_not_count() {
        let mut now = Instant::now();
        let mut count = count(now);
        for _ in 0..100 {
            now += Duration::from_secs(60);
            count.moved(now, 10);
            let then = now + Duration::from_millis(10);
            assert!(!cut_between(&mut count, now, then));
            count.moved(then, 10);
            now = then;
        }
    }
}
