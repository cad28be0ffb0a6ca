//! The JSON and CBOR interface, by version.

pub mod extract;
pub mod openapi;
pub mod v1;
