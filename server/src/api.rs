//! The JSON and CBOR interface, by version.

pub mod openapi;
pub mod v1;
