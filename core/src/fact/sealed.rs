//! Personal data inside a fact: only ciphertext, with a key that travels in its own lane and can be destroyed.
//!
//! One key per value, made on the phone. Erasing a person's data deletes the key everywhere; the fact, its signature and the
//! hash chain stay whole (个人信息保护法 47条).

use super::Node;
use crate::ids::KeyId;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};

/// A sealed value: XChaCha20-Poly1305 over UTF-8 text, the key's id as associated data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// Which key opens it.
    pub key: KeyId,
    /// 24 bytes, never used twice with one key.
    #[serde(with = "serde_bytes")]
    pub nonce: Vec<u8>,
    /// Ciphertext and tag.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

/// The keys of the sealed values that stand anywhere in a fact, whatever its kind.
pub fn sealed_keys(node: &Node) -> Vec<KeyId> {
    let mut found = Vec::new();
    collect(node, &mut found);
    found
}

fn collect(node: &Node, found: &mut Vec<KeyId>) {
    match node {
        Node::List(items) => items.iter().for_each(|item| collect(item, found)),
        Node::Map(fields) => {
            let key = node.get("key").and_then(Node::as_bytes).and_then(KeyId::from_slice);
            if let (Some(key), Some(_), Some(_)) = (key, node.get("nonce"), node.get("bytes")) {
                found.push(key);
            }
            fields.iter().for_each(|(_, field)| collect(field, found));
        }
        Node::Str(_) | Node::Int(_) | Node::Bool(_) | Node::Bytes(_) => {}
    }
}

/// The key of one sealed value, on its way beside the change that holds the value.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealKey {
    /// Its name.
    pub id: KeyId,
    /// 32 secret bytes.
    #[serde(with = "serde_bytes")]
    pub key: Vec<u8>,
}

impl std::fmt::Debug for SealKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SealKey({}, …)", self.id)
    }
}

/// A sealed value that cannot be made or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Key or nonce of the wrong length, or text past the limit.
    #[error("key, nonce or text has the wrong length")]
    Length,
    /// Another key's value, or a damaged one.
    #[error("this key does not open this value")]
    WrongKey,
}

impl Sealed {
    /// Seals `text`. `nonce` must be fresh random bytes.
    pub fn seal(text: &str, key: &SealKey, nonce: [u8; 24]) -> Result<Sealed, SealError> {
        let payload = Payload { msg: text.as_bytes(), aad: &key.id.0 };
        let bytes = cipher(key)?.encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::Length)?;
        Ok(Sealed { key: key.id, nonce: nonce.to_vec(), bytes })
    }

    /// Opens the value with its key.
    pub fn open(&self, key: &SealKey) -> Result<String, SealError> {
        let nonce: [u8; 24] = self.nonce.as_slice().try_into().map_err(|_| SealError::Length)?;
        let payload = Payload { msg: &self.bytes, aad: &self.key.0 };
        let plain = cipher(key)?.decrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::WrongKey)?;
        String::from_utf8(plain).map_err(|_| SealError::WrongKey)
    }
}

fn cipher(key: &SealKey) -> Result<XChaCha20Poly1305, SealError> {
    XChaCha20Poly1305::new_from_slice(&key.key).map_err(|_| SealError::Length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_with_its_key_only() {
        let key = SealKey { id: KeyId([1; 16]), key: vec![2; 32] };
        let sealed = Sealed::seal("王喆 13800138000", &key, [3; 24]).unwrap();
        assert_eq!(sealed.open(&key).unwrap(), "王喆 13800138000");
        let other = SealKey { key: vec![9; 32], ..key.clone() };
        assert_eq!(sealed.open(&other), Err(SealError::WrongKey));
    }
}
