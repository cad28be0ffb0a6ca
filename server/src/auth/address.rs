//! Whose address a request comes from.

use crate::door::ConnectionPlace;
use axum::http::Extensions;
use std::net::IpAddr;

/// The client's address, as far as it is known here: where a request did not come over a socket there is none.
pub fn client_address(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<ConnectionPlace>().and_then(ConnectionPlace::address)
}
