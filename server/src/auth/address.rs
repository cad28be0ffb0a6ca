//! Whose address a request comes from.

use crate::door::Place;
use axum::http::Extensions;
use std::net::{IpAddr, Ipv6Addr};

/// The client's address, as far as it is known here: where a request did not come over a socket there is none.
pub fn client_address(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<Place>().and_then(Place::address)
}

/// What counts as one address: of IPv6 the network, within which one machine has as many addresses as it likes.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        v4 => v4,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:2"));
        assert_ne!(of("2001:db8:0:1::1"), of("2001:db8:0:2::1"));
        assert_eq!(of("::ffff:10.0.0.1"), of("10.0.0.1"));
        assert_ne!(of("10.0.0.1"), of("10.0.0.2"));
    }
}
