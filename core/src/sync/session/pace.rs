//! How much goes into one exchange: what the line has carried lately, and no more.
//!
//! A line that is slow gets pages that take it about [`PAGE_SECONDS`]. On a line that breaks, a page larger than any it carried is
//! taken for too large at once, and one that it carried before only when it breaks twice; pages then grow again by a third, but not
//! back to what broke before much was carried. A broken line is also asked for a connection for each exchange, so that what one
//! exchange leaves of a connection's life is not the next one's loss.

use serde::{Deserialize, Serialize};

/// What a first page may weigh, bytes on the line: eight seconds on a bad one.
const FIRST_BYTES: u64 = 16 * 1024;
/// The largest page.
const PAGE_BYTES_MAX: u64 = 256 * 1024;
/// The smallest page: a request with a record or two.
const PAGE_BYTES_MIN: u64 = 2 * 1024;
/// Below this no page shrinks for being slow: the exchange itself costs as much.
const SLOW_PAGE_BYTES_MIN: u64 = 4 * 1024;
/// What a request's body weighs besides its records: token, signature, cursors, names of fields.
const BODY_BYTES: u64 = 700;
/// A page should take about so long.
const PAGE_SECONDS: u64 = 8;
/// A page that took less makes the next one twice as large.
const FAST_SECONDS: u64 = 3;
/// A line that carried so much without a break is a good one.
const GOOD_LINE_BYTES: u64 = 512 * 1024;
/// After so many exchanges without a break, what broke before is tried again.
const QUIET_EXCHANGES: u32 = 32;
/// How much larger an answer may be while the line holds: what breaks is only fetched again.
const ANSWER_TIMES: usize = 4;

/// What is known of the line. Kept from one sync to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// What a page may weigh, bytes on the line.
    page: u64,
    /// It broke not long ago.
    weak: bool,
    /// The largest page that it carried since, or on a good line the last one.
    carried: u64,
    /// The smallest page that was too large.
    roof: Option<u64>,
    /// Breaks in a row.
    breaks: u32,
    /// Exchanges since the last break.
    quiet: u32,
    /// Bytes since the last break.
    since: u64,
    /// What packing leaves of changes, in percent.
    percent: u64,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace { page: FIRST_BYTES, weak: false, carried: 0, roof: None, breaks: 0, quiet: 0, since: 0, percent: 70 }
    }
}

impl Pace {
    /// What the next exchange may carry in one direction, bytes on the line. One record always may.
    pub fn page(&self) -> u64 {
        self.page
    }

    /// What changes may weigh in it before packing.
    pub fn plain(&self) -> usize {
        usize::try_from(self.page.saturating_sub(BODY_BYTES) * 100 / self.percent.max(1)).unwrap_or(usize::MAX)
    }

    /// What an answer's rows may weigh before packing.
    pub fn answer(&self) -> usize {
        self.plain().saturating_mul(if self.weak { 1 } else { ANSWER_TIMES })
    }

    /// The line broke not long ago.
    pub fn is_weak(&self) -> bool {
        self.weak
    }

    /// What packing made of so many bytes of changes: a body of `line` bytes.
    pub fn packed(&mut self, plain: usize, line: usize) {
        let (plain, line) = (plain as u64, (line as u64).saturating_sub(BODY_BYTES));
        if plain >= BODY_BYTES {
            self.percent = (line * 100 / plain).clamp(20, 120);
        }
    }

    /// An exchange was answered: so many bytes up and down, in so many seconds by the phone's clock.
    pub fn carried(&mut self, up: usize, down: usize, seconds: u64) {
        let work = up.max(down) as u64;
        (self.breaks, self.quiet) = (0, self.quiet.saturating_add(1));
        self.since = self.since.saturating_add((up + down) as u64);
        self.weak &= self.since < GOOD_LINE_BYTES;
        self.carried = if self.weak { self.carried.max(work) } else { work };
        if !self.weak || self.quiet >= QUIET_EXCHANGES {
            self.roof = None;
        }
        if seconds > PAGE_SECONDS {
            self.page = (work * PAGE_SECONDS / seconds).clamp(SLOW_PAGE_BYTES_MIN, self.page.max(SLOW_PAGE_BYTES_MIN));
        } else if work >= self.page * 5 / 8 {
            self.grow(seconds);
        }
    }

    fn grow(&mut self, seconds: u64) {
        let next = if self.weak { self.page + self.page / 3 } else { self.page * 2 };
        let in_time = if self.weak { seconds * 4 / 3 <= PAGE_SECONDS } else { seconds <= FAST_SECONDS };
        if in_time {
            let below = self.roof.map_or(PAGE_BYTES_MAX, |roof| roof * 7 / 8);
            self.page = next.min(below).min(PAGE_BYTES_MAX).max(self.page);
        }
    }

    /// The line broke, or fell silent, with a page of so many bytes under way.
    pub fn broke(&mut self, bytes: u64) {
        let bytes = bytes.max(1);
        let (was_weak, since) = (self.weak, self.since);
        self.breaks = self.breaks.saturating_add(1);
        (self.weak, self.quiet, self.since) = (true, 0, 0);
        let known = bytes <= self.carried;
        if self.breaks == 1 && (known || (was_weak && since > 0)) {
            // It may have been the end of this connection, whatever its size.
            return;
        }
        self.roof = Some(self.roof.map_or(bytes, |roof| roof.min(bytes)));
        let page = match (known, self.carried) {
            (true, _) => bytes * 3 / 4,
            (false, 0) => bytes / 4,
            (false, carried) if was_weak => carried.max(bytes / 2),
            (false, _) => bytes / 4,
        };
        self.page = page.max(PAGE_BYTES_MIN);
        if known || !was_weak {
            self.carried = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What heads cost, and the answer.
    const HEADS: u64 = 390;
    const ANSWER: u64 = 570;

    /// Sends `records` of 990 bytes over a line that breaks as it is told, a new connection with each exchange or all on one; bytes on
    /// the line in percent of the records, and how often it broke.
    fn send(pace: &mut Pace, records: u64, one_connection: bool, mut life: impl FnMut() -> u64) -> (u64, u32) {
        let (mut left, mut line, mut breaks, mut room) = (records, 0, 0, life());
        while left > 0 {
            let page = (pace.page().saturating_sub(BODY_BYTES) / 990).max(1).min(left);
            let body = BODY_BYTES + page * 990;
            let cost = HEADS + body + ANSWER + 90 * page;
            if cost <= room {
                room = if one_connection || !pace.is_weak() { room - cost } else { life() };
                line += cost;
                left -= page;
                pace.carried(body as usize, 0, 4);
            } else {
                line += room;
                breaks += 1;
                room = life();
                pace.broke(body);
            }
            assert!(breaks < 1_000, "no progress: {pace:?}");
        }
        (line * 100 / (records * 990), breaks)
    }

    #[test]
    fn a_line_that_dies_every_so_often_carries_little_twice() {
        for (life, percent_max) in [(10_000, 160), (15_000, 155), (40_000, 170), (300_000, 120)] {
            let (percent, _) = send(&mut Pace::default(), 200, false, || life);
            assert!(percent <= percent_max, "a life of {life}: {percent} %");
        }
        let (percent, _) = send(&mut Pace::default(), 200, true, || 10_000);
        assert!(percent <= 200, "all on one connection: {percent} %");
        // One record fits a life of 2,800 bytes, two do not.
        assert!(send(&mut Pace::default(), 100, false, || 2_800).0 < 350);
    }

    #[test]
    fn a_line_that_dies_at_random_moves() {
        let mut seed = 1_u64;
        let life = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let unit = ((seed >> 33) as f64 + 1.0) / f64::from(1_u32 << 31);
            (-40_000.0 * unit.ln()) as u64
        };
        let (percent, _) = send(&mut Pace::default(), 1_000, false, life);
        assert!(percent <= 220, "{percent} %");
    }

    #[test]
    fn one_break_costs_one_page_and_is_forgotten() {
        let mut pace = Pace::default();
        let mut lives = [100_000, u64::MAX];
        lives.reverse();
        let mut lives = lives.to_vec();
        let (_, breaks) = send(&mut pace, 2_000, true, || lives.pop().unwrap_or(u64::MAX));
        assert_eq!(breaks, 1);
        assert!(!pace.is_weak());
    }

    #[test]
    fn pages_take_seconds_and_grow_on_a_good_line() {
        let mut slow = Pace::default();
        slow.carried(16_000, 3_000, 16);
        assert_eq!(slow.page(), 8_000);
        slow.carried(8_000, 1_000, 2);
        assert_eq!(slow.page(), 16_000);
        let mut good = Pace::default();
        for _ in 0..6 {
            good.carried(good.page() as usize, 0, 0);
        }
        assert_eq!(good.page(), PAGE_BYTES_MAX);
        good.broke(200);
        assert_eq!(good.page(), PAGE_BYTES_MAX, "what it carried is not taken for too large at once");
        assert_eq!(Pace::default().answer(), Pace::default().plain() * 4);
    }
}
