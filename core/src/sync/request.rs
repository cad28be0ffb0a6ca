//! The signature on an HTTP request of a device: replay is stopped by a per-device counter.
//!
//! Headers: `daiban-device`, `daiban-counter`, `daiban-signature` (lower-case hex, algorithm byte first).

use super::signature::{SignError, Signer, verify};
use crate::ids::DeviceId;
use sha2::{Digest, Sha256};

/// Header with the device id.
pub const HEADER_DEVICE: &str = "daiban-device";
/// Header with the counter.
pub const HEADER_COUNTER: &str = "daiban-counter";
/// Header with the signature.
pub const HEADER_SIGNATURE: &str = "daiban-signature";

/// What those three headers say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestSignature {
    /// Whose request.
    pub device: DeviceId,
    /// Rises with every request; the same counter with the same body gets the stored answer again.
    pub counter: u64,
    /// Algorithm byte and signature.
    pub signature: Vec<u8>,
}

impl RequestSignature {
    /// Signs a request.
    pub fn sign(signer: &dyn Signer, counter: u64, method: &str, path: &str, body: &[u8]) -> RequestSignature {
        let device = DeviceId::of(&signer.public_key());
        let signature = signer.sign(&message(device, counter, method, path, body));
        RequestSignature { device, counter, signature }
    }

    /// Whether the request is the device's.
    pub fn verify(&self, public_key: &[u8; 32], method: &str, path: &str, body: &[u8]) -> Result<(), SignError> {
        verify(public_key, &message(self.device, self.counter, method, path, body), &self.signature)
    }

    /// The header values, in the order device, counter, signature.
    pub fn headers(&self) -> [(&'static str, String); 3] {
        [
            (HEADER_DEVICE, self.device.to_string()),
            (HEADER_COUNTER, self.counter.to_string()),
            (HEADER_SIGNATURE, data_encoding::HEXLOWER.encode(&self.signature)),
        ]
    }

    /// Reads the header values; `None` if one is not of its form.
    pub fn read(device: &str, counter: &str, signature: &str) -> Option<RequestSignature> {
        Some(RequestSignature {
            device: device.parse().ok()?,
            counter: counter.parse().ok()?,
            signature: data_encoding::HEXLOWER_PERMISSIVE.decode(signature.as_bytes()).ok()?,
        })
    }
}

fn message(device: DeviceId, counter: u64, method: &str, path: &str, body: &[u8]) -> Vec<u8> {
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(body));
    format!("daiban-request-1\n{method}\n{path}\n{device}\n{counter}\n{digest}\n").into_bytes()
}
