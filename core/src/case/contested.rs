//! Contested: two facts about one single-valued thing where neither amends the other.

use super::FactView;
use crate::fact::BodyDigest;
use crate::ids::FactId;
use daiban_messages::say::case as say;
use daiban_messages::{Fixed, Message, Say};
use serde::{Deserialize, Serialize};

/// A thing of which a case has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Single {
    /// The opening of the case.
    Opening,
    /// The authorization letter.
    Letter,
}

impl Single {
    /// What it is called.
    pub const fn words(self) -> Fixed {
        match self {
            Single::Opening => say::SingleOpening::FIXED,
            Single::Letter => say::SingleLetter::FIXED,
        }
    }

    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        self.words().zh
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        self.words().en
    }

    /// Which single thing a kind speaks of.
    pub fn of(body: &BodyDigest) -> Option<Single> {
        match body {
            BodyDigest::CaseOpened(_) => Some(Single::Opening),
            BodyDigest::AuthorizationLetterSigned(_) => Some(Single::Letter),
            _ => None,
        }
    }
}

/// Both facts are shown with their authors until an amendment makes them agree; meanwhile the stricter reading counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contested {
    /// What they disagree about.
    pub single: Single,
    /// The facts, in the order of the case.
    pub facts: Vec<FactId>,
    /// The one that counts meanwhile: the letter that was signed first, the opening that came first.
    pub counts: FactId,
}

impl Contested {
    /// That they disagree, with what to do next.
    pub fn message(&self) -> Message {
        say::Contested { what: self.single.words(), records: self.facts.len() }.say()
    }

    /// The sentence for officials.
    pub fn zh(&self) -> String {
        self.message().zh
    }
}

/// The one that counts, and the contest if the facts disagree. `current` holds effective facts that nothing amends, in order.
pub(super) fn settle<'a>(single: Single, current: &[&'a FactView]) -> (Option<&'a FactView>, Option<Contested>) {
    let signed_on = |f: &FactView| match &f.fact.body {
        BodyDigest::AuthorizationLetterSigned(letter) => Some(letter.signed_on()),
        _ => None,
    };
    // `min_by_key` keeps the first of equals: the one that came first.
    let counts = current.iter().copied().min_by_key(|f| signed_on(f));
    // Sealed values are no part of a digest: two phones seal the same name differently.
    let disagree = current.windows(2).any(|pair| pair[0].fact.body != pair[1].fact.body);
    let contested = counts.filter(|_| disagree).map(|counts| Contested {
        single,
        facts: current.iter().map(|f| f.fact.id).collect(),
        counts: counts.fact.id,
    });
    (counts, contested)
}
