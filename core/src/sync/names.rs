//! The names that phones are told: people and units, as far as their person's cases need them, and what the cases are called.
//!
//! It travels as a part of its own, CBOR within the answer: what a later version makes of it costs a phone the new names and nothing
//! else. No number, line or other private word of anybody is in it.

use crate::case::row::cbor;
use crate::ids::{CaseId, PersonId, UnitId};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Which names a phone holds; it stands in the request, and without it the phone is told none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldNames {
    /// Up to which change of the directory; 0 = it knows nobody.
    pub version: u64,
    /// Which units, by [`NamesPart::units`].
    pub units: u64,
    /// Which names it offers in every case, by [`OfferedNames::digest`].
    pub offered: String,
}

/// Names that are new to a phone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamesPart {
    /// Up to which change of the directory the phone knows them with this part.
    pub version: u64,
    /// How many units the office added; `offered` has them.
    pub units: u64,
    /// These are all: what the phone holds besides is forgotten.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
    /// Whom and what forms offer in every case, if the phone does not hold the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<OfferedNames>,
    /// People who are new to the phone or called otherwise now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonName>,
    /// Who of them is needed by which case; it comes on top of what was said before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<CaseNames>,
}

/// What everybody may read of a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PersonName {
    /// The id that facts name.
    pub id: PersonId,
    /// 姓名.
    pub name: String,
    /// The unit the person belongs to.
    pub unit: UnitId,
}

/// Names that belong to no case: they are there to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedNames {
    /// The seats that cases are handed to, and the colleagues of the person's own unit.
    #[serde(default)]
    pub people: Vec<PersonName>,
    /// The units the office added: JSON of one [`crate::people::Unit`] each, so that each is read by itself.
    #[serde(default)]
    pub units: Vec<String>,
}

/// What a case is called, and whose names it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseNames {
    /// The case.
    pub case: CaseId,
    /// Its number as people write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
}

impl NamesPart {
    /// As it travels.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor(self)
    }

    /// Reads it; `None` if only a later version can.
    pub fn from_bytes(bytes: &[u8]) -> Option<NamesPart> {
        ciborium::from_reader(bytes).ok()
    }

    /// Whether it tells a phone anything that it does not hold.
    pub fn is_news_to(&self, held: &HeldNames) -> bool {
        let same = (self.version, self.units) == (held.version, held.units);
        !same || self.whole || self.offered.is_some() || !self.people.is_empty() || !self.cases.is_empty()
    }
}

impl OfferedNames {
    /// Names this list: two that are equal have the same.
    pub fn digest(&self) -> String {
        let sum = Sha256::new().chain_update(b"daiban-offered-1").chain_update(cbor(self)).finalize();
        HEXLOWER.encode(sum.get(..8).unwrap_or_default())
    }
}
