//! Sealing at rest: XChaCha20-Poly1305 under the host's key, each value bound to its place.
//!
//! A sealed value: magic, namespace, generation, key, nonce, ciphertext. It says by itself what it is, so that single values can be found
//! in the remains of a file; the generation (the number of the save) tells which of two is newer.

use super::contract::Namespace;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};

/// First bytes of every sealed value.
pub(super) const MAGIC: &[u8; 4] = b"DBv1";
/// Magic, namespace, generation, lengths of key and ciphertext.
const HEAD: usize = 4 + 1 + 8 + 1 + 4;
const NONCE: usize = 24;

/// The at-rest key, ready for use.
#[derive(Clone)]
pub(super) struct Sealer(XChaCha20Poly1305, [u8; 16]);

/// A value that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Opened {
    pub namespace: Namespace,
    pub generation: u64,
    pub key: Vec<u8>,
    pub value: Vec<u8>,
}

impl Sealer {
    /// Takes the host's key.
    pub fn new(key: &[u8; 32]) -> Sealer {
        let sum = Sha256::new().chain_update(b"daiban-at-rest-1").chain_update(key).finalize();
        Sealer(XChaCha20Poly1305::new(key.into()), std::array::from_fn(|i| sum[i]))
    }

    /// Names the key without giving it away: tells a wrong key from a corrupt file.
    pub fn fingerprint(&self) -> [u8; 16] {
        self.1
    }

    /// Seals a value for its place. `None` only if the value is larger than memory allows.
    pub fn seal(&self, place: (Namespace, &[u8]), generation: u64, nonce: [u8; NONCE], value: &[u8]) -> Option<Vec<u8>> {
        let (namespace, key) = place;
        let mut out = Vec::with_capacity(HEAD + key.len() + NONCE + value.len() + 16);
        out.extend_from_slice(MAGIC);
        out.push(namespace as u8);
        out.extend_from_slice(&generation.to_be_bytes());
        out.push(u8::try_from(key.len()).ok()?);
        out.extend_from_slice(&u32::try_from(value.len().checked_add(16)?).ok()?.to_be_bytes());
        out.extend_from_slice(key);
        let cipher = self.0.encrypt(&XNonce::from(nonce), Payload { msg: value, aad: &out }).ok()?;
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&cipher);
        Some(out)
    }

    /// Opens the value at the start of `bytes`, whatever follows it.
    pub fn open(&self, bytes: &[u8]) -> Option<Opened> {
        let head = bytes.get(..HEAD)?;
        if head.get(..4)? != MAGIC {
            return None;
        }
        let namespace = Namespace::from_number(*head.get(4)?)?;
        let generation = u64::from_be_bytes(head.get(5..13)?.try_into().ok()?);
        let key_end = HEAD.checked_add(usize::from(*head.get(13)?))?;
        let length = usize::try_from(u32::from_be_bytes(head.get(14..18)?.try_into().ok()?)).ok()?;
        let nonce_end = key_end.checked_add(NONCE)?;
        let (aad, key) = (bytes.get(..key_end)?, bytes.get(HEAD..key_end)?);
        let nonce: [u8; NONCE] = bytes.get(key_end..nonce_end)?.try_into().ok()?;
        let msg = bytes.get(nonce_end..nonce_end.checked_add(length)?)?;
        let value = self.0.decrypt(&XNonce::from(nonce), Payload { msg, aad }).ok()?;
        Some(Opened { namespace, generation, key: key.to_vec(), value })
    }
}
