//! Numbers by which a sentence chooses its words.

/// A whole number.
pub trait Count {
    /// Its value.
    fn count(&self) -> i128;
}

macro_rules! whole {
    ($($type:ty),*) => {
        $(impl Count for $type {
            fn count(&self) -> i128 {
                i128::from(*self)
            }
        })*
    };
}

whole!(u8, u16, u32, u64, i8, i16, i32, i64);

impl Count for usize {
    fn count(&self) -> i128 {
        // No machine has a `usize` of more than 64 bits.
        i128::try_from(*self).unwrap_or(i128::MAX)
    }
}

impl<T: Count> Count for &T {
    fn count(&self) -> i128 {
        (*self).count()
    }
}
