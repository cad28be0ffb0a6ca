//! What a digest keeps of a fact: its digest, and what tells its content from another's.

use crate::fact::{Content, Fact, FactDigest, KnownFact};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// See the module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct KeptFact {
    /// What rules may read.
    #[serde(with = "shared")]
    pub fact: Arc<FactDigest>,
    /// Half of the content's digest: tells a repeated delivery from a reused id.
    pub hash: [u8; 16],
}

impl KeptFact {
    /// What is kept of a fact.
    pub fn of(fact: Arc<Fact>) -> KeptFact {
        let known = KnownFact::from(fact);
        KeptFact { hash: known.content.hash(), fact: known.digest }
    }

    /// The fact as the fold takes it.
    pub fn known(&self) -> KnownFact {
        KnownFact { digest: self.fact.clone(), content: Content::Hash(self.hash) }
    }
}

/// Shared in memory, plain in the store.
mod shared {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::sync::Arc;

    pub fn serialize<T: Serialize, S: Serializer>(value: &Arc<T>, serializer: S) -> Result<S::Ok, S::Error> {
        value.as_ref().serialize(serializer)
    }

    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<T>, D::Error> {
        T::deserialize(deserializer).map(Arc::new)
    }
}

/// Types whose fields may be absent stand as CBOR inside the compact format, which knows no absent fields.
pub(super) mod whole {
    use crate::case::row::cbor;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned, de::Error};

    /// As bytes.
    pub fn serialize<T: Serialize, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&cbor(value))
    }

    /// From bytes.
    pub fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        let bytes = serde_bytes::ByteBuf::deserialize(deserializer)?;
        ciborium::from_reader(&bytes[..]).map_err(D::Error::custom)
    }
}
