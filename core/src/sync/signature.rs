//! Signatures. The first byte of every signature names the algorithm: 1 = Ed25519, 2 = ECDSA P-256 and 3 = SM2 are reserved.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

/// Ed25519.
pub const ALG_ED25519: u8 = 1;

/// A signature that does not stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// Not an algorithm this version verifies.
    #[error("unknown signature algorithm {0}")]
    Algorithm(u8),
    /// Wrong length, key that is no key, or plainly false.
    #[error("the signature does not stand")]
    Invalid,
}

/// Whoever holds a private key: a phone's key store, a test, the server.
pub trait Signer {
    /// The public key.
    fn public_key(&self) -> [u8; 32];
    /// Algorithm byte and signature over `message`.
    fn sign(&self, message: &[u8]) -> Vec<u8>;
}

/// A key held in memory.
#[derive(Clone)]
pub struct SoftwareKey(SigningKey);

impl SoftwareKey {
    /// From 32 secret bytes, which the caller drew.
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }
}

impl Signer for SoftwareKey {
    fn public_key(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(65);
        out.push(ALG_ED25519);
        out.extend_from_slice(&self.0.sign(message).to_bytes());
        out
    }
}

/// Verifies strictly: no malleable signatures, no weak keys.
pub fn verify(public_key: &[u8; 32], message: &[u8], signature: &[u8]) -> Result<(), SignError> {
    let (alg, bytes) = signature.split_first().ok_or(SignError::Invalid)?;
    if *alg != ALG_ED25519 {
        return Err(SignError::Algorithm(*alg));
    }
    let key = VerifyingKey::from_bytes(public_key).map_err(|_| SignError::Invalid)?;
    let signature = Signature::from_slice(bytes).map_err(|_| SignError::Invalid)?;
    key.verify_strict(message, &signature).map_err(|_| SignError::Invalid)
}
