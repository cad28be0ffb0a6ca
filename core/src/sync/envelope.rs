//! The outside of every message: one byte protocol version, then deflated CBOR.

use crate::limits::SYNC_BODY_BYTES_MAX;
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use serde::{Serialize, de::DeserializeOwned};
use std::io::{Read, Write};

/// The version this code speaks; the first byte of every message. Since version 3 rows travel as bytes and duties as they are shown;
/// version 2 signs the headers, which name the body; version 1 signed the body.
pub const PROTOCOL_VERSION: u8 = 3;

/// A message that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// No bytes at all.
    #[error("the message is empty")]
    Empty,
    /// A version this code does not speak.
    #[error("protocol version {0} is not spoken here")]
    Version(u8),
    /// Inflates to more than the limit.
    #[error("the message inflates to more than {SYNC_BODY_BYTES_MAX} bytes")]
    TooBig,
    /// Not deflate, not CBOR, or not this message.
    #[error("the message cannot be read: {0}")]
    Malformed(String),
}

/// Writes a message, as cheaply as a server that answers everybody at once must.
pub fn pack<T: Serialize>(message: &T) -> Vec<u8> {
    pack_at(PROTOCOL_VERSION, message, Compression::fast())
}

/// Writes a message for a weak line: a third less for Chinese text, for ten times the work.
pub fn pack_tight<T: Serialize>(message: &T) -> Vec<u8> {
    pack_at(PROTOCOL_VERSION, message, Compression::default())
}

/// Writes a message without compression, in the same form.
pub fn pack_plain<T: Serialize>(message: &T) -> Vec<u8> {
    pack_plain_as(PROTOCOL_VERSION, message)
}

/// The same under a version of its own: what is kept in files outlives the protocol.
pub(super) fn pack_as<T: Serialize>(version: u8, message: &T) -> Vec<u8> {
    pack_at(version, message, Compression::fast())
}

/// The same without compression.
pub(super) fn pack_plain_as<T: Serialize>(version: u8, message: &T) -> Vec<u8> {
    pack_at(version, message, Compression::none())
}

fn pack_at<T: Serialize>(version: u8, message: &T, effort: Compression) -> Vec<u8> {
    let plain = crate::case::row::cbor(message);
    let mut encoder = DeflateEncoder::new(vec![version], effort);
    let done = encoder.write_all(&plain).and_then(|()| encoder.finish());
    debug_assert!(done.is_ok(), "memory takes every byte");
    done.unwrap_or_default()
}

/// Reads a message of at most `max` inflated bytes.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8], max: usize) -> Result<T, EnvelopeError> {
    unpack_counted(bytes, max).map(|(message, _)| message)
}

/// Reads a message and says how many bytes it was, inflated.
pub fn unpack_counted<T: DeserializeOwned>(bytes: &[u8], max: usize) -> Result<(T, usize), EnvelopeError> {
    unpack_as(PROTOCOL_VERSION, bytes, max)
}

/// The same under a version of its own.
pub(super) fn unpack_as<T: DeserializeOwned>(version: u8, bytes: &[u8], max: usize) -> Result<(T, usize), EnvelopeError> {
    let (spoken, rest) = bytes.split_first().ok_or(EnvelopeError::Empty)?;
    if *spoken != version {
        return Err(EnvelopeError::Version(*spoken));
    }
    let mut plain = Vec::new();
    let inflated = DeflateDecoder::new(rest).take(max as u64 + 1).read_to_end(&mut plain);
    inflated.map_err(|e| EnvelopeError::Malformed(e.to_string()))?;
    if plain.len() > max {
        return Err(EnvelopeError::TooBig);
    }
    let read = ciborium::de::from_reader_with_recursion_limit(&plain[..], 32);
    read.map(|message| (message, plain.len())).map_err(|e| EnvelopeError::Malformed(e.to_string()))
}
