//! The outermost bytes: is this one change, whole and undamaged? Automerge itself checks no checksum and bounds no inflating.

use super::budget::{Budget, Charge};
use super::cursor::Cursor;
use super::refusal::Refusal;
use crate::doc::{KIND_CHANGE, KIND_DEFLATED, MAGIC, chunk_header, chunk_sum};
use crate::ids::ChangeHash;
use crate::limits::{CHANGE_RAW_BYTES_MAX, CHANGE_WIRE_BYTES_MAX};
use flate2::bufread::DeflateDecoder;
use std::borrow::Cow;
use std::io::Read;

/// The body of one change whose frame is in order.
pub(super) struct Frame<'a> {
    /// The change's hash, as Automerge computes it.
    pub(super) hash: ChangeHash,
    /// The plain body.
    pub(super) body: Cow<'a, [u8]>,
}

impl Frame<'_> {
    /// The raw chunk (type 1): what is stored and what Automerge reads.
    pub(super) fn raw(&self) -> Vec<u8> {
        let mut raw = chunk_header(KIND_CHANGE, &self.hash.0, self.body.len());
        raw.extend_from_slice(&self.body);
        raw
    }
}

/// Opens the frame: size, magic, kind, exact length, bounded inflate, checksum. Allocates no more than the raw limit and the budget
/// allow; what the budget does not reach for is called too big, and the budget says so.
pub(super) fn open<'a>(wire: &'a [u8], budget: &mut Budget) -> Result<Frame<'a>, Refusal> {
    if wire.len() > CHANGE_WIRE_BYTES_MAX {
        return Err(Refusal::TooBig);
    }
    let mut cursor = Cursor::new(wire);
    let magic = cursor.array::<4>().ok_or(Refusal::Header)?;
    let checksum = cursor.array::<4>().ok_or(Refusal::Header)?;
    let kind = cursor.byte().ok_or(Refusal::Header)?;
    if magic != MAGIC {
        return Err(Refusal::Header);
    }
    if kind != KIND_CHANGE && kind != KIND_DEFLATED {
        return Err(Refusal::ChunkType);
    }
    let length = cursor.uleb().ok_or(Refusal::Header)?;
    if cursor.rest().len() as u64 != length {
        return Err(Refusal::Length);
    }
    let body = if kind == KIND_DEFLATED {
        Cow::Owned(inflate(cursor.rest(), budget)?)
    } else {
        budget.charge(Charge::Bytes(cursor.rest().len())).map_err(|_| Refusal::TooBig)?;
        Cow::Borrowed(cursor.rest())
    };
    let sum = chunk_sum(&body);
    if sum[..4] != checksum {
        return Err(Refusal::Checksum);
    }
    Ok(Frame { hash: ChangeHash(sum), body })
}

fn inflate(deflated: &[u8], budget: &mut Budget) -> Result<Vec<u8>, Refusal> {
    let most = budget.bytes_left().min(CHANGE_RAW_BYTES_MAX as u64);
    let mut body = Vec::with_capacity(CHANGE_RAW_BYTES_MAX.min(deflated.len() * 4));
    let mut decoder = DeflateDecoder::new(deflated);
    let inflated = decoder.by_ref().take(most + 1).read_to_end(&mut body);
    budget.charge(Charge::Bytes(body.len())).map_err(|_| Refusal::TooBig)?;
    inflated.map_err(|_| Refusal::Inflate)?;
    if body.len() > CHANGE_RAW_BYTES_MAX {
        return Err(Refusal::TooBig);
    }
    // Nothing may hide behind the end of the deflate stream.
    if decoder.total_in() != deflated.len() as u64 {
        return Err(Refusal::Inflate);
    }
    Ok(body)
}
