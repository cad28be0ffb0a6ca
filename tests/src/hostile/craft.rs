//! Bytes that Automerge itself would never write: free header fields, raw columns, repaired checksums.

use automerge::{Change, ExpandedChange};
use flate2::{Compression, write::DeflateEncoder};
use sha2::{Digest, Sha256};
use std::io::Write;

/// The column kinds of a change chunk, by their number in the format.
pub mod column {
    pub const OBJECT_ACTOR: u64 = 0x01;
    pub const OBJECT_COUNTER: u64 = 0x02;
    pub const KEY_ACTOR: u64 = 0x11;
    pub const KEY_DELTA: u64 = 0x13;
    pub const KEY_NAME: u64 = 0x15;
    pub const INSERT: u64 = 0x34;
    pub const ACTION: u64 = 0x42;
    pub const VALUE_META: u64 = 0x56;
    pub const VALUE: u64 = 0x57;
    pub const PRED_COUNT: u64 = 0x70;
    pub const PRED_ACTOR: u64 = 0x71;
    pub const PRED_DELTA: u64 = 0x73;
}

/// Appends an unsigned LEB128 number.
pub fn uleb(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a signed LEB128 number.
pub fn sleb(mut value: i64, out: &mut Vec<u8>) {
    while !(-64..64).contains(&value) {
        out.push(value as u8 & 0x7f | 0x80);
        value >>= 7;
    }
    out.push(value as u8 & 0x7f);
}

/// A run-length column of one run: `count` times the value with these bytes.
pub fn run(count: i64, value: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    sleb(count, &mut out);
    out.extend_from_slice(value);
    out
}

/// A chunk of any kind with a right header and checksum.
pub fn chunk(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut head = vec![kind];
    uleb(body.len() as u64, &mut head);
    let sum = Sha256::new().chain_update(&head).chain_update(body).finalize();
    [&[0x85, 0x6f, 0x4a, 0x83], &sum[..4], &head, body].concat()
}

/// A deflated change (type 2) around this body, as long as the checksum of the plain form is `sum`.
pub fn deflated(sum: [u8; 4], deflated_body: &[u8]) -> Vec<u8> {
    let mut out = [&[0x85, 0x6f, 0x4a, 0x83], &sum[..], &[2]].concat();
    uleb(deflated_body.len() as u64, &mut out);
    out.extend_from_slice(deflated_body);
    out
}

/// A type 2 chunk around a plain body, with the right checksum.
pub fn deflate_body(body: &[u8]) -> Vec<u8> {
    let plain = chunk(1, body);
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).unwrap();
    deflated([plain[4], plain[5], plain[6], plain[7]], &encoder.finish().unwrap())
}

/// A deflate stream of `bytes` zeros.
pub fn deflated_zeros(bytes: usize) -> Vec<u8> {
    let block = vec![0u8; 1 << 16];
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    for at in (0..bytes).step_by(block.len()) {
        encoder.write_all(&block[..block.len().min(bytes - at)]).unwrap();
    }
    encoder.finish().unwrap()
}

/// The body of a chunk: what stands behind the length.
pub fn body(chunk: &[u8]) -> &[u8] {
    let length_bytes = chunk[9..].iter().position(|b| b & 0x80 == 0).unwrap() + 1;
    &chunk[9 + length_bytes..]
}

/// The decoded change, to be changed and written again by [`encode`].
pub fn decode(raw: &[u8]) -> ExpandedChange {
    Change::try_from(raw).unwrap().decode()
}

/// Automerge's own, canonical encoding of whatever the change says.
pub fn encode(change: ExpandedChange) -> Vec<u8> {
    Change::from(change).raw_bytes().to_vec()
}

/// Every field of a change chunk, free to be anything.
#[derive(Clone, Debug, PartialEq)]
pub struct Raw {
    pub deps: Vec<Vec<u8>>,
    pub actor: Vec<u8>,
    pub seq: u64,
    pub start_op: u64,
    pub time: i64,
    pub message: Vec<u8>,
    pub others: Vec<Vec<u8>>,
    pub columns: Vec<(u64, Vec<u8>)>,
    pub trailing: Vec<u8>,
}

impl Raw {
    /// Takes an honest raw change apart.
    pub fn of(raw: &[u8]) -> Raw {
        let mut reader = Reader(body(raw));
        let deps = (0..reader.uleb()).map(|_| reader.take(32)).collect();
        let actor = reader.prefixed();
        let (seq, start_op, time) = (reader.uleb(), reader.uleb(), reader.sleb());
        let message = reader.prefixed();
        let others = (0..reader.uleb()).map(|_| reader.prefixed()).collect();
        let kinds: Vec<(u64, u64)> = (0..reader.uleb()).map(|_| (reader.uleb(), reader.uleb())).collect();
        let columns = kinds.into_iter().map(|(kind, length)| (kind, reader.take(length))).collect();
        Raw { deps, actor, seq, start_op, time, message, others, columns, trailing: reader.0.to_vec() }
    }

    /// The body of the chunk.
    pub fn body(&self) -> Vec<u8> {
        let mut out = Vec::new();
        uleb(self.deps.len() as u64, &mut out);
        self.deps.iter().for_each(|dep| out.extend_from_slice(dep));
        prefixed(&self.actor, &mut out);
        uleb(self.seq, &mut out);
        uleb(self.start_op, &mut out);
        sleb(self.time, &mut out);
        prefixed(&self.message, &mut out);
        uleb(self.others.len() as u64, &mut out);
        self.others.iter().for_each(|actor| prefixed(actor, &mut out));
        uleb(self.columns.len() as u64, &mut out);
        for (kind, data) in &self.columns {
            uleb(*kind, &mut out);
            uleb(data.len() as u64, &mut out);
        }
        self.columns.iter().for_each(|(_, data)| out.extend_from_slice(data));
        out.extend_from_slice(&self.trailing);
        out
    }

    /// The raw chunk, checksum repaired.
    pub fn bytes(&self) -> Vec<u8> {
        chunk(1, &self.body())
    }

    /// With this column put in (kept in ascending order of kinds) or replaced.
    pub fn with(mut self, kind: u64, data: Vec<u8>) -> Raw {
        self.columns.retain(|(k, _)| *k != kind);
        self.columns.push((kind, data));
        self.columns.sort_by_key(|(k, _)| *k);
        self
    }

    /// The data of a column; empty if there is none.
    pub fn column(&self, kind: u64) -> &[u8] {
        self.columns.iter().find(|(k, _)| *k == kind).map_or(&[], |(_, data)| data)
    }
}

fn prefixed(bytes: &[u8], out: &mut Vec<u8>) {
    uleb(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

/// Reads honest bytes only; panics on others.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take(&mut self, count: u64) -> Vec<u8> {
        let (taken, rest) = self.0.split_at(count as usize);
        self.0 = rest;
        taken.to_vec()
    }

    fn prefixed(&mut self) -> Vec<u8> {
        let length = self.uleb();
        self.take(length)
    }

    fn uleb(&mut self) -> u64 {
        let mut value = 0;
        for shift in (0..).step_by(7) {
            let byte = self.take(1)[0];
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        value
    }

    fn sleb(&mut self) -> i64 {
        let before = self.0;
        let value = self.uleb() as i64;
        let used = before.len() - self.0.len();
        let sign = 64 - (7 * used as u32).min(64);
        (value << sign) >> sign
    }
}
