//! What a table holds, in one number that does not depend on the order of its rows.

use crate::db::Value;
use sha2::{Digest as _, Sha256};

/// The rows of a table added up: the sum of their SHA-256 modulo 2²⁵⁶, and how many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Digest {
    pub(super) rows: u64,
    /// Least significant first.
    sum: [u64; 4],
}

impl Digest {
    /// Adds a row. Every value goes in with its sort and its length, so that no two rows read alike.
    pub(super) fn add(&mut self, row: &[Value<'_>]) {
        let mut hash = Sha256::new();
        for value in row {
            match value {
                Value::Null => hash.update([0]),
                Value::Int(number) => hash.update([&[1][..], &number.to_be_bytes()].concat()),
                Value::Text(text) => sized(&mut hash, 2, text.as_bytes()),
                Value::Bytes(bytes) => sized(&mut hash, 3, bytes),
            }
        }
        let hash: [u8; 32] = hash.finalize().into();
        let (words, _) = hash.as_chunks::<8>();
        let mut carry = false;
        for (sum, word) in self.sum.iter_mut().zip(words) {
            let (with_word, over) = sum.overflowing_add(u64::from_le_bytes(*word));
            let (with_carry, over_again) = with_word.overflowing_add(u64::from(carry));
            (*sum, carry) = (with_carry, over || over_again);
        }
        self.rows += 1;
    }

    /// As 64 hex digits.
    pub(super) fn hex(&self) -> String {
        data_encoding::HEXLOWER.encode(self.sum.map(u64::to_le_bytes).as_flattened())
    }
}

fn sized(hash: &mut Sha256, sort: u8, bytes: &[u8]) {
    hash.update([sort]);
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[Value<'_>]]) -> Digest {
        let mut digest = Digest::default();
        rows.iter().for_each(|row| digest.add(row));
        digest
    }

    #[test]
    fn the_order_of_rows_is_nothing_and_all_else_counts() {
        let (a, b): (&[Value<'_>], &[Value<'_>]) = (&[Value::Int(1), Value::Text("甲")], &[Value::Null, Value::Bytes(b"x")]);
        assert_eq!(of(&[a, b]), of(&[b, a]));
        assert_ne!(of(&[a, b]), of(&[a, a]));
        assert_ne!(of(&[a]), of(&[a, a]), "a row twice is not a row once");
        assert_ne!(of(&[&[Value::Text("ab"), Value::Text("c")]]), of(&[&[Value::Text("a"), Value::Text("bc")]]));
        assert_ne!(of(&[&[Value::Text("x")]]), of(&[&[Value::Bytes(b"x")]]));
        assert_ne!(of(&[&[Value::Null]]), of(&[&[Value::Int(0)]]));
        assert_eq!(of(&[a]).hex().len(), 64);
    }

    #[test]
    fn sums_carry_from_word_to_word() {
        let row: &[Value<'_>] = &[Value::Int(7)];
        let one = of(&[row]);
        let mut full = Digest { rows: 0, sum: [u64::MAX; 4] };
        full.add(row);
        let mut less = one.sum;
        for word in &mut less {
            let (down, under) = word.overflowing_sub(1);
            *word = down;
            if !under {
                break;
            }
        }
        assert_eq!(full.sum, less, "all ones is minus one");
    }
}
