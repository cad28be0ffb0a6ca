//! The frame of a change: magic, checksum, kind, length, body (Automerge storage format, chunk types 1 and 2).

use flate2::{Compression, bufread::DeflateEncoder};
use sha2::{Digest, Sha256};
use std::io::Read;

/// The first four bytes of every Automerge chunk.
pub(crate) const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// A change as it is stored and hashed.
pub(crate) const KIND_CHANGE: u8 = 1;
/// A change whose body is deflated; its checksum is that of the plain form.
pub(crate) const KIND_DEFLATED: u8 = 2;
/// Magic, checksum and kind; the length follows.
const CHUNK_HEADER_MIN_BYTES: usize = 9;

/// SHA-256 over kind, length and body: the change's hash, whose first four bytes are the checksum.
pub(crate) fn chunk_sum(body: &[u8]) -> [u8; 32] {
    let mut head = vec![KIND_CHANGE];
    uleb(body.len() as u64, &mut head);
    Sha256::new().chain_update(&head).chain_update(body).finalize().into()
}

/// The header that stands before a plain body with this sum, with room for the body.
pub(crate) fn chunk_header(kind: u8, sum: &[u8; 32], body_bytes: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(CHUNK_HEADER_MIN_BYTES + 4 + body_bytes);
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&sum[..4]);
    out.push(kind);
    uleb(body_bytes as u64, &mut out);
    out
}

/// A raw change (type 1) in its deflated form (type 2) for the wire, files and bundles; the hash stays the same.
///
/// What is no type 1 chunk, or would not become smaller, comes back as it is: either form is admitted.
pub fn deflate(raw: &[u8]) -> Vec<u8> {
    deflated(raw).filter(|small| small.len() < raw.len()).unwrap_or_else(|| raw.to_vec())
}

fn deflated(raw: &[u8]) -> Option<Vec<u8>> {
    let kind = *raw.get(CHUNK_HEADER_MIN_BYTES - 1)?;
    if raw.get(..4)? != MAGIC || kind != KIND_CHANGE {
        return None;
    }
    let length_bytes = raw.get(CHUNK_HEADER_MIN_BYTES..)?.iter().position(|b| b & 0x80 == 0)? + 1;
    let body = raw.get(CHUNK_HEADER_MIN_BYTES + length_bytes..)?;
    let mut small = Vec::with_capacity(body.len() / 2);
    DeflateEncoder::new(body, Compression::default()).read_to_end(&mut small).ok()?;
    let mut out = Vec::with_capacity(small.len() + 16);
    out.extend_from_slice(raw.get(..CHUNK_HEADER_MIN_BYTES - 1)?);
    out.push(KIND_DEFLATED);
    uleb(small.len() as u64, &mut out);
    out.extend_from_slice(&small);
    Some(out)
}

fn uleb(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
