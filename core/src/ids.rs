//! Names of things: fixed-size identifiers and short slugs. None is ever drawn here; randomness is an argument.
//!
//! Fixed-size ids are byte strings in CBOR and lower-case hex in JSON, so that the wire stays small and people can read the API.

use daiban_messages::say::agent::IdUnreadable;
use daiban_messages::{Message, Say};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// Text that is not the hex form of an id of that length.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} must be {hex_digits} hexadecimal digits")]
pub struct IdError {
    /// The identifier's type name.
    pub what: &'static str,
    /// How many hex digits it has.
    pub hex_digits: usize,
}

impl IdError {
    /// A sentence for an official, with what to do next.
    pub fn zh(&self) -> String {
        self.message().zh
    }

    /// What is wrong, with what to do next.
    pub fn message(&self) -> Message {
        IdUnreadable { digits: self.hex_digits }.say()
    }
}

macro_rules! fixed_id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// The bytes, if `bytes` has exactly the right length.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> { bytes.try_into().ok().map(Self) }
            /// The raw bytes.
            pub fn as_bytes(&self) -> &[u8] { &self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                data_encoding::HEXLOWER_PERMISSIVE
                    .decode(text.trim().as_bytes())
                    .ok()
                    .and_then(|b| Self::from_slice(&b))
                    .ok_or(IdError { what: stringify!($name), hex_digits: $len * 2 })
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                if s.is_human_readable() { s.collect_str(self) } else { s.serialize_bytes(&self.0) }
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                if d.is_human_readable() {
                    String::deserialize(d)?.parse().map_err(de::Error::custom)
                } else {
                    let bytes = serde_bytes::ByteBuf::deserialize(d)?;
                    Self::from_slice(&bytes).ok_or_else(|| de::Error::custom(concat!("wrong length of ", stringify!($name))))
                }
            }
        }
    };
}

fixed_id!(
    /// One case (代办项目), from the first lead to the archive. Random, so a unit agent may open one offline.
    CaseId, 16
);
fixed_id!(
    /// The random id an agent's intent gives to a fact; facts refer to each other by it.
    FactId, 16
);
fixed_id!(
    /// A device: the first 16 bytes of SHA-256 of its public key.
    DeviceId, 16
);
fixed_id!(
    /// An Automerge actor: one device (or server) in one case in one epoch.
    ActorId, 16
);
fixed_id!(
    /// Names one value's sealing key; see [`crate::fact::Sealed`].
    KeyId, 16
);
fixed_id!(
    /// SHA-256 of an Automerge change, as Automerge itself computes it.
    ChangeHash, 32
);
fixed_id!(
    /// One link of a case's hash chain; see [`crate::case::row`].
    Chain, 32
);

impl DeviceId {
    /// The id that belongs to a public key.
    pub fn of(public_key: &[u8; 32]) -> Self {
        let mut id = [0; 16];
        id.copy_from_slice(&Sha256::digest(public_key)[..16]);
        Self(id)
    }
}

impl ActorId {
    /// The actor of the holder of `public_key` in `case`: first 16 bytes of SHA-256(public key ‖ case ‖ epoch as u32 big endian).
    ///
    /// A phone starts a new epoch when a change of its chain was refused or forked; the server uses its server epoch.
    pub fn derive(public_key: &[u8; 32], case: CaseId, epoch: u32) -> Self {
        let sum = Sha256::new().chain_update(public_key).chain_update(case.0).chain_update(epoch.to_be_bytes()).finalize();
        let mut id = [0; 16];
        id.copy_from_slice(&sum[..16]);
        Self(id)
    }
}

macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self { Self(text.to_owned()) }
        }
        impl FromStr for $name {
            type Err = std::convert::Infallible;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Ok(Self(text.to_owned())) }
        }
    };
}

slug_id!(
    /// A person of the staff (工作人员); facts and rosters name people only by this, never by name or number.
    PersonId
);
slug_id!(
    /// A unit (单位): bureau, subdistrict office, park committee; see [`crate::people`].
    UnitId
);

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn hex_in_json_bytes_in_cbor() {
        let id = CaseId([7; 16]);
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{}\"", "07".repeat(16)));
        let mut cbor = Vec::new();
        ciborium::into_writer(&id, &mut cbor).unwrap();
        assert_eq!(cbor.len(), 17);
        assert_eq!(ciborium::from_reader::<CaseId, _>(&cbor[..]).unwrap(), id);
        assert!("07".parse::<CaseId>().unwrap_err().zh().contains("32位"));
    }

    #[test]
    fn every_case_and_epoch_has_its_own_actor() {
        let key = [1; 32];
        let a = ActorId::derive(&key, CaseId([1; 16]), 0);
        assert_ne!(a, ActorId::derive(&key, CaseId([1; 16]), 1));
        assert_ne!(a, ActorId::derive(&key, CaseId([2; 16]), 0));
    }
}
