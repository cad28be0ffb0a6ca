//! How often one address may be read: a bucket of readings that fills again with time. Every node counts for itself.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Addresses counted at once. Those that are full again are forgotten first; where that does not help, a new one goes uncounted.
const LINKS_MAX: usize = 10_000;
/// A bucket fills in this time, seconds.
const MINUTE: i64 = 60;

/// The readings left to each address.
#[derive(Default)]
pub struct Rates(Mutex<HashMap<[u8; 16], Bucket>>);

/// `left` in sixtieths of a reading: as many as come back in a second at one reading a minute.
struct Bucket {
    left: i64,
    at: i64,
}

impl Bucket {
    fn filled(&self, per_minute: i64, now: i64) -> i64 {
        let passed = now.saturating_sub(self.at).clamp(0, MINUTE);
        (self.left + passed * per_minute).min(per_minute * MINUTE)
    }
}

impl Rates {
    /// Takes one reading of an address, or tells after how many seconds there will be one. `now` in Unix seconds.
    pub fn take(&self, link: [u8; 16], per_minute: u32, now: i64) -> Result<(), u32> {
        let per_minute = i64::from(per_minute.max(1));
        let full = per_minute * MINUTE;
        let mut links = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if links.len() >= LINKS_MAX && !links.contains_key(&link) {
            links.retain(|_, bucket| bucket.filled(per_minute, now) < full);
            if links.len() >= LINKS_MAX {
                return Ok(());
            }
        }
        let bucket = links.entry(link).or_insert(Bucket { left: full, at: now });
        *bucket = Bucket { left: bucket.filled(per_minute, now), at: now };
        match bucket.left - MINUTE {
            left if left >= 0 => {
                bucket.left = left;
                Ok(())
            }
            missing => Err(u32::try_from((-missing).div_euclid(per_minute) + 1).unwrap_or(u32::MAX)),
        }
    }

    /// Forgets an address that is nobody's.
    pub fn forget(&self, link: &[u8; 16]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(link);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: [u8; 16] = [7; 16];

    #[test]
    fn so_many_a_minute_and_then_one_by_one() {
        let rates = Rates::default();
        assert!((0..60).all(|_| rates.take(LINK, 60, 1_000).is_ok()));
        let wait = rates.take(LINK, 60, 1_000).expect_err("the bucket is empty");
        assert!((1..=2).contains(&wait), "{wait}");
        assert!(rates.take([8; 16], 60, 1_000).is_ok(), "another address has its own");
        let then = 1_000 + i64::from(wait);
        assert!(rates.take(LINK, 60, then).is_ok());
        assert!((0..60).all(|_| rates.take(LINK, 60, then + 3_600).is_ok()) && rates.take(LINK, 60, then + 3_600).is_err());
        assert!(rates.take(LINK, 60, 0).is_err(), "a clock that goes back gives nothing");
        assert_eq!(rates.take([9; 16], 1, 0), Ok(()));
        let wait = rates.take([9; 16], 1, 0).expect_err("one a minute");
        assert!((60..=61).contains(&wait), "{wait}");
    }

    #[test]
    fn the_count_of_addresses_has_an_end_and_what_is_full_goes_first() {
        let rates = Rates::default();
        let link = |n: usize| (n as u128).to_be_bytes();
        assert!((0..LINKS_MAX).all(|n| rates.take(link(n), 60, 0).is_ok()));
        assert!((0..70).all(|_| rates.take(LINK, 60, 0).is_ok()), "no room to count it");
        assert_eq!(rates.0.lock().expect("unbroken").len(), LINKS_MAX);
        assert!(rates.take(LINK, 60, 60).is_ok());
        assert_eq!(rates.0.lock().expect("unbroken").len(), 1, "the others were full again");
        rates.forget(&LINK);
        assert!(rates.0.lock().expect("unbroken").is_empty());
    }
}
