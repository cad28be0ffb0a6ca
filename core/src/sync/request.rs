//! The signature on an HTTP request of a device, over its headers alone: who asks is known before a byte of the body is read.
//!
//! The headers name the body by its SHA-256 (`content-digest`, RFC 9530) and its length (`content-length`), so that the signature
//! over them stands for the body too, in the spirit of RFC 9421. Replay is stopped by a per-device counter. `daiban-device`,
//! `daiban-counter`, `daiban-signature` are lower-case hex and decimal, the signature's first byte names its algorithm;
//! `daiban-protocol` names the version of all this. `content-length` is set by whatever sends the request.

use super::envelope::PROTOCOL_VERSION;
use super::signature::{SignError, Signer, verify};
use crate::ids::DeviceId;
use data_encoding::{BASE64, HEXLOWER, HEXLOWER_PERMISSIVE};
use sha2::{Digest, Sha256};

/// Header with the device id.
pub const HEADER_DEVICE: &str = "daiban-device";
/// Header with the counter.
pub const HEADER_COUNTER: &str = "daiban-counter";
/// Header with the signature.
pub const HEADER_SIGNATURE: &str = "daiban-signature";
/// Header with the protocol's version.
pub const HEADER_PROTOCOL: &str = "daiban-protocol";
/// Header with the body's SHA-256 (RFC 9530).
pub const HEADER_DIGEST: &str = "content-digest";

/// What the headers of a signed request say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestSignature {
    /// Whose request.
    pub device: DeviceId,
    /// Rises with every request; the same counter with the same body gets the stored answer again.
    pub counter: u64,
    /// SHA-256 of the body.
    pub digest: [u8; 32],
    /// The body's length in bytes.
    pub length: u64,
    /// Algorithm byte and signature.
    pub signature: Vec<u8>,
}

/// Headers that are no signature of this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// One of them is missing or not of its form.
    #[error("the signature headers are missing or malformed")]
    Missing,
    /// Signed as an earlier version did: the app must be updated.
    #[error("the request speaks a protocol before version {PROTOCOL_VERSION}")]
    Older,
    /// Signed as a later version does: the server must be updated.
    #[error("the request speaks a protocol after version {PROTOCOL_VERSION}")]
    Newer,
    /// The body's length is not told.
    #[error("the request does not tell its body's length")]
    Length,
}

impl RequestSignature {
    /// Signs a request.
    pub fn sign(signer: &dyn Signer, counter: u64, method: &str, path: &str, body: &[u8]) -> RequestSignature {
        let device = DeviceId::of(&signer.public_key());
        let (digest, length) = (Sha256::digest(body).into(), body.len() as u64);
        let mut signed = RequestSignature { device, counter, digest, length, signature: Vec::new() };
        signed.signature = signer.sign(&signed.message(method, path));
        signed
    }

    /// Whether the headers are the device's. Says nothing yet of the body: see [`RequestSignature::covers`].
    pub fn verify(&self, public_key: &[u8; 32], method: &str, path: &str) -> Result<(), SignError> {
        verify(public_key, &self.message(method, path), &self.signature)
    }

    /// Whether this is the body that the headers name.
    pub fn covers(&self, body: &[u8]) -> bool {
        body.len() as u64 == self.length && Sha256::digest(body)[..] == self.digest
    }

    /// The headers to send beside `content-length`.
    pub fn headers(&self) -> [(&'static str, String); 5] {
        [
            (HEADER_PROTOCOL, PROTOCOL_VERSION.to_string()),
            (HEADER_DIGEST, self.content_digest()),
            (HEADER_DEVICE, self.device.to_string()),
            (HEADER_COUNTER, self.counter.to_string()),
            (HEADER_SIGNATURE, HEXLOWER.encode(&self.signature)),
        ]
    }

    /// Reads the headers; `header` gives a value by its lower-case name, `length` is what `content-length` says.
    pub fn read<'a>(header: impl Fn(&str) -> Option<&'a str>, length: Option<u64>) -> Result<RequestSignature, HeaderError> {
        if let Some(spoken) = header(HEADER_PROTOCOL).and_then(|value| value.parse::<u32>().ok()) {
            match spoken.cmp(&u32::from(PROTOCOL_VERSION)) {
                std::cmp::Ordering::Less => return Err(HeaderError::Older),
                std::cmp::Ordering::Greater => return Err(HeaderError::Newer),
                std::cmp::Ordering::Equal => {}
            }
        }
        let device = header(HEADER_DEVICE).and_then(|value| value.parse().ok()).ok_or(HeaderError::Missing)?;
        let counter = header(HEADER_COUNTER).and_then(|value| value.parse().ok()).ok_or(HeaderError::Missing)?;
        let signature = header(HEADER_SIGNATURE).and_then(|value| HEXLOWER_PERMISSIVE.decode(value.as_bytes()).ok());
        let signature = signature.ok_or(HeaderError::Missing)?;
        // Version 1 named neither itself nor its body.
        if header(HEADER_PROTOCOL).is_none() {
            return Err(HeaderError::Older);
        }
        let digest = header(HEADER_DIGEST).and_then(sha_256).ok_or(HeaderError::Missing)?;
        let length = length.ok_or(HeaderError::Length)?;
        Ok(RequestSignature { device, counter, digest, length, signature })
    }

    fn content_digest(&self) -> String {
        format!("sha-256=:{}:", BASE64.encode(&self.digest))
    }

    fn message(&self, method: &str, path: &str) -> Vec<u8> {
        let (device, counter, digest, length) = (self.device, self.counter, self.content_digest(), self.length);
        format!("daiban-request-2\n{method}\n{path}\n{device}\n{counter}\n{digest}\n{length}\n").into_bytes()
    }
}

/// The SHA-256 among the digests of a `content-digest`.
fn sha_256(value: &str) -> Option<[u8; 32]> {
    let member = value.split(',').find_map(|member| member.trim().strip_prefix("sha-256=:"))?;
    BASE64.decode(member.strip_suffix(':')?.as_bytes()).ok()?.try_into().ok()
}
