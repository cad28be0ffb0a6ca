//! A fact without its texts: what rules, judging, lists and the outbox read of it.

use super::kinds::BodyDigest;
use super::{Body, Fact};
use crate::ids::{FactId, PersonId, UnitId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};

/// See the module. Fields are those of [`Fact`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactDigest {
    /// See [`Fact::id`].
    pub id: FactId,
    /// See [`Fact::by`].
    pub by: PersonId,
    /// See [`Fact::unit`].
    pub unit: UnitId,
    /// See [`Fact::occurred_at`].
    pub occurred_at: i64,
    /// See [`Fact::recorded_at`].
    pub recorded_at: i64,
    /// See [`Fact::amends`].
    pub amends: Option<FactId>,
    /// What rules may read of the body.
    pub body: BodyDigest,
}

impl From<&Fact> for FactDigest {
    fn from(fact: &Fact) -> FactDigest {
        let Fact { id, by, unit, occurred_at, recorded_at, amends, body } = fact;
        FactDigest {
            id: *id,
            by: by.clone(),
            unit: unit.clone(),
            occurred_at: *occurred_at,
            recorded_at: *recorded_at,
            amends: *amends,
            body: body.digest(),
        }
    }
}

impl FactDigest {
    /// The version of these digests: it changes whenever a digest of some kind would be written in other bytes, so that whoever keeps
    /// digests notices that they were made by another version. It stands on the bytes of fixed examples, not on labels or help.
    pub fn version() -> [u8; 4] {
        static VERSION: OnceLock<[u8; 4]> = OnceLock::new();
        *VERSION.get_or_init(|| version_of(&Body::examples().iter().map(Body::digest).collect::<Vec<_>>()))
    }
}

/// The version of a set of example digests.
fn version_of(examples: &[BodyDigest]) -> [u8; 4] {
    let mut sum = Sha256::new();
    for digest in examples {
        sum.update(digest.kind().as_bytes());
        sum.update(postcard::to_allocvec(digest).unwrap_or_default());
    }
    let whole: [u8; 32] = sum.finalize().into();
    [whole[0], whole[1], whole[2], whole[3]]
}

/// A fact as far as its reader has it.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownFact {
    /// What rules may read.
    pub digest: Arc<FactDigest>,
    /// What the digest stands for.
    pub content: Content,
}

impl From<Arc<Fact>> for KnownFact {
    fn from(fact: Arc<Fact>) -> KnownFact {
        KnownFact { digest: Arc::new(FactDigest::from(&*fact)), content: Content::Whole(fact) }
    }
}

/// The content that a digest stands for: the fact itself where it is at hand, else a half of its [`content_digest`].
#[derive(Clone, Debug)]
pub enum Content {
    /// The fact.
    Whole(Arc<Fact>),
    /// What tells a repeated delivery from a reused id.
    Hash([u8; 16]),
}

impl Content {
    /// The fact, where it is at hand.
    pub fn whole(&self) -> Option<&Arc<Fact>> {
        match self {
            Content::Whole(fact) => Some(fact),
            Content::Hash(_) => None,
        }
    }

    /// The first half of the fact's [`content_digest`].
    pub fn hash(&self) -> [u8; 16] {
        match self {
            Content::Whole(fact) => half(content_digest(fact)),
            Content::Hash(hash) => *hash,
        }
    }
}

impl PartialEq for Content {
    fn eq(&self, other: &Content) -> bool {
        match (self, other) {
            (Content::Whole(a), Content::Whole(b)) => Arc::ptr_eq(a, b) || a == b,
            (a, b) => a.hash() == b.hash(),
        }
    }
}

fn half(whole: [u8; 32]) -> [u8; 16] {
    std::array::from_fn(|at| whole.get(at).copied().unwrap_or_default())
}

/// SHA-256 over a fact's whole content, its place excepted: tells a repeated delivery from a reused id.
pub fn content_digest(fact: &Fact) -> [u8; 32] {
    let mut bytes = Vec::with_capacity(256);
    let written = ciborium::into_writer(&fact.node(), &mut bytes);
    debug_assert!(written.is_ok(), "a tree of values serialises into memory");
    Sha256::digest(bytes).into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::people::Group;

    #[test]
    fn the_version_changes_with_the_bytes_of_any_digest_and_with_nothing_else() {
        let examples: Vec<BodyDigest> = Body::examples().iter().map(Body::digest).collect();
        assert_eq!(version_of(&examples), FactDigest::version());
        for at in 0..examples.len() {
            let mut without = examples.clone();
            without.remove(at);
            assert_ne!(version_of(&without), version_of(&examples), "{}", examples[at].kind());
        }
        let mut other = examples.clone();
        let table = other.iter_mut().find_map(|digest| match digest {
            BodyDigest::FlowTableSubmitted(table) => Some(table),
            _ => None,
        });
        table.unwrap().group = Group::Dispatch;
        assert_ne!(version_of(&other), version_of(&examples));
    }
}
