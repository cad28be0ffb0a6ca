//! Values stored as CBOR.

use crate::db::DbError;
use serde::{Serialize, de::DeserializeOwned};

/// The stored form.
pub fn write<T: Serialize>(value: &T) -> Result<Vec<u8>, DbError> {
    let mut out = Vec::with_capacity(128);
    ciborium::into_writer(value, &mut out).map_err(|_| DbError::Corrupt("value"))?;
    Ok(out)
}

/// Reads it back; `what` names it in the error.
pub fn read<T: DeserializeOwned>(bytes: &[u8], what: &'static str) -> Result<T, DbError> {
    ciborium::from_reader(bytes).map_err(|_| DbError::Corrupt(what))
}
