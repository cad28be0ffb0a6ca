//! What goes into a statement and what comes out of a row: whole numbers, text and bytes, or nothing.

use super::DbError;
use std::borrow::Cow;

/// One value, as every engine knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

/// Refuses text with a NUL character, which PostgreSQL does not keep: no store may hold what another cannot take over.
pub(super) fn must_be_usable(params: &[Value<'_>]) -> Result<(), DbError> {
    let unusable = |value: &Value<'_>| matches!(value, Value::Text(text) if text.contains('\0'));
    if params.iter().any(unusable) { Err(DbError::Unusable) } else { Ok(()) }
}

/// Text from a record, which may hold anything, as every store keeps it: `U+FFFD` in the place of NUL. The record itself stays as it
/// was signed.
pub fn kept_text(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{FFFD}")) } else { Cow::Borrowed(text) }
}

/// What may be given to a statement; see [`params`](crate::db::params).
pub trait Param {
    /// As a value.
    fn value(&self) -> Value<'_>;
}

macro_rules! number {
    ($($of:ty),*) => { $(
        impl Param for $of {
            fn value(&self) -> Value<'_> {
                Value::Int(i64::from(*self))
            }
        }
        impl<'a> Column<'a> for $of {
            fn read(value: Value<'a>) -> Option<Self> {
                match value {
                    Value::Int(number) => number.try_into().ok(),
                    _ => None,
                }
            }
        }
    )* };
}
number!(i64, i32, u32);

impl Param for u64 {
    fn value(&self) -> Value<'_> {
        Value::Int(self.cast_signed())
    }
}

impl Param for str {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Param for String {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Param for [u8] {
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl Param for Vec<u8> {
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl<const N: usize> Param for [u8; N] {
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl<T: Param + ?Sized> Param for &T {
    fn value(&self) -> Value<'_> {
        (**self).value()
    }
}

impl<T: Param> Param for Option<T> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Param::value)
    }
}

/// What may be read from a row.
pub trait Column<'a>: Sized {
    /// From a value; `None` if it is of another sort.
    fn read(value: Value<'a>) -> Option<Self>;
}

impl<'a> Column<'a> for Value<'a> {
    fn read(value: Value<'a>) -> Option<Self> {
        Some(value)
    }
}

impl<'a> Column<'a> for u64 {
    fn read(value: Value<'a>) -> Option<Self> {
        i64::read(value).map(i64::cast_unsigned)
    }
}

impl<'a> Column<'a> for &'a str {
    fn read(value: Value<'a>) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'a> Column<'a> for String {
    fn read(value: Value<'a>) -> Option<Self> {
        <&str>::read(value).map(str::to_owned)
    }
}

impl<'a> Column<'a> for &'a [u8] {
    fn read(value: Value<'a>) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

impl<'a> Column<'a> for Vec<u8> {
    fn read(value: Value<'a>) -> Option<Self> {
        <&[u8]>::read(value).map(<[u8]>::to_vec)
    }
}

impl<'a, const N: usize> Column<'a> for [u8; N] {
    fn read(value: Value<'a>) -> Option<Self> {
        <&[u8]>::read(value)?.try_into().ok()
    }
}

impl<'a, T: Column<'a>> Column<'a> for Option<T> {
    fn read(value: Value<'a>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            other => T::read(other).map(Some),
        }
    }
}

/// Values for `?1`, `?2` … of a statement.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::db::Param::value(&$value)),*]
    };
}
