//! Reading the numbers and runs of an Automerge chunk without expanding them.

/// A place in a byte string. Every read is bounded; `None` is "not there" or "too long a number".
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes
    }

    pub(super) fn is_done(&self) -> bool {
        self.bytes.is_empty()
    }

    pub(super) fn take(&mut self, count: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(usize::try_from(count).ok()?)?;
        self.bytes = rest;
        Some(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N as u64)?.try_into().ok()
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// An unsigned LEB128 number of at most 64 bits.
    pub(super) fn uleb(&mut self) -> Option<u64> {
        let (mut value, mut shift) = (0u64, 0u32);
        loop {
            let byte = self.byte()?;
            if shift == 63 && byte > 1 {
                return None;
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
            shift += 7;
            if shift > 63 {
                return None;
            }
        }
    }

    /// A signed LEB128 number of at most 64 bits.
    pub(super) fn sleb(&mut self) -> Option<i64> {
        let (mut value, mut shift) = (0i64, 0u32);
        loop {
            let byte = self.byte()?;
            value |= i64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                return Some(if shift < 64 && byte & 0x40 != 0 { value | (-1i64 << shift) } else { value });
            }
            if shift > 63 {
                return None;
            }
        }
    }
}

/// What a walk over a run-length column found.
pub(super) struct Runs {
    /// Entries the column stands for; may be astronomically many.
    pub(super) entries: u64,
    /// Whether every entry that is not null satisfied the condition.
    pub(super) all: bool,
    /// Whether there were nulls.
    pub(super) nulls: bool,
}

/// Walks a run-length column without expanding it. `item` reads one value and says whether it is allowed.
///
/// Takes time in the column's bytes, never in the entries they claim.
pub(super) fn runs<'a>(column: &'a [u8], mut item: impl FnMut(&mut Cursor<'a>) -> Option<bool>) -> Option<Runs> {
    let mut cursor = Cursor::new(column);
    let mut found = Runs { entries: 0, all: true, nulls: false };
    while !cursor.is_done() {
        let run = cursor.sleb()?;
        if run > 0 {
            found.entries = found.entries.checked_add(run.unsigned_abs())?;
            found.all &= item(&mut cursor)?;
        } else if run == 0 {
            found.entries = found.entries.checked_add(cursor.uleb()?)?;
            found.nulls = true;
        } else {
            // A literal run ends with the column at the latest: every value takes at least a byte.
            for _ in 0..run.unsigned_abs() {
                found.all &= item(&mut cursor)?;
                found.entries += 1;
            }
        }
    }
    Some(found)
}
