//! Sync: one signed POST per round, CBOR, compressed, idempotent, resumable.
//!
//! [`wire`] holds the messages, [`statement`] the portable batch statement, [`token`] the server's time tokens, [`signature`]
//! the one place that signs and verifies, [`envelope`] compression with a protocol version, [`enrol`] how a device becomes a
//! person's, [`address`] where the server is, [`answer_code`] what a refusal's code means, [`bounds`] how much a request may hold,
//! [`bundle`] work carried by hand, [`names`] what people, units and cases are called, [`session`] the phone's side of the exchange without any I/O.

pub mod address;
pub mod answer_code;
pub mod bounds;
pub mod bundle;
pub mod enrol;
pub mod envelope;
pub mod names;
pub mod request;
pub mod session;
pub mod signature;
pub mod statement;
pub mod token;
pub mod wire;

pub use address::{Address, AddressError};
pub use envelope::{EnvelopeError, PROTOCOL_VERSION, pack, pack_tight, unpack, unpack_counted};
pub use request::{HeaderError, RequestSignature};
pub use signature::{SignError, Signer, SoftwareKey, verify};
pub use statement::Statement;
pub use token::TimeToken;
