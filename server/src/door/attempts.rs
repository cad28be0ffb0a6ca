//! Enrolments that were refused, counted by address: whoever guesses is soon told to wait. A good code is never counted, and so
//! never made to wait by others.

use crate::error::Problem;
use axum::http::StatusCode;
use daiban_messages::say::server as say;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

/// Addresses remembered at once. While so many are at it within one minute, whoever else is refused is told to wait, too.
const ADDRESSES_MAX: usize = 4096;

/// The refusals of this minute.
#[derive(Debug, Default)]
pub struct Attempts(Mutex<Minute>);

#[derive(Debug, Default)]
struct Minute {
    number: i64,
    refused: HashMap<Option<IpAddr>, u32>,
}

impl Attempts {
    /// What an address is told that is refused with `problem`: that, or to wait if it was refused more than `most` times this minute.
    pub fn refused(&self, address: Option<IpAddr>, now: i64, most: u32, problem: Problem) -> Problem {
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if minute.number != now / 60 {
            *minute = Minute { number: now / 60, refused: HashMap::new() };
        }
        let address = address.map(network);
        let full = minute.refused.len() >= ADDRESSES_MAX && !minute.refused.contains_key(&address);
        if full {
            return too_often();
        }
        let count = minute.refused.entry(address).or_insert(0);
        *count = count.saturating_add(1);
        if *count > most { too_often() } else { problem }
    }
}

fn too_often() -> Problem {
    Problem::said(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", say::EnrolmentsTooMany)
}

/// What counts as one address: of IPv6 the network, within which one machine has as many addresses as it likes.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        v4 => v4,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn told(attempts: &Attempts, address: &str, now: i64) -> &'static str {
        attempts.refused(Some(address.parse().unwrap()), now, 3, Problem::unauthorized("code_invalid", "", "")).code
    }

    #[test]
    fn one_address_waits_and_the_others_do_not() {
        let attempts = Attempts::default();
        let first: Vec<_> = (0..5).map(|_| told(&attempts, "10.0.0.1", 60)).collect();
        assert_eq!(first, ["code_invalid", "code_invalid", "code_invalid", "too_many_requests", "too_many_requests"]);
        assert_eq!(told(&attempts, "10.0.0.2", 60), "code_invalid");
        assert_eq!(told(&attempts, "10.0.0.1", 120), "code_invalid", "the next minute");
    }

    #[test]
    fn the_table_is_bounded() {
        let attempts = Attempts::default();
        for n in 0..ADDRESSES_MAX as u32 + 100 {
            let code = told(&attempts, &std::net::Ipv4Addr::from_bits(n).to_string(), 60);
            assert_eq!(code == "too_many_requests", n >= ADDRESSES_MAX as u32);
        }
        assert_eq!(attempts.0.lock().unwrap().refused.len(), ADDRESSES_MAX);
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:2"));
        assert_ne!(of("2001:db8:0:1::1"), of("2001:db8:0:2::1"));
        assert_eq!(of("::ffff:10.0.0.1"), of("10.0.0.1"));
        assert_ne!(of("10.0.0.1"), of("10.0.0.2"));
    }
}
