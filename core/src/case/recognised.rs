//! 待识别 facts that a later row recognises.

use super::{Code, RawVerdict, Reason, Verdict};
use crate::fact::RulingBody;
use crate::fact::ruling::Recognised;
use crate::ids::FactId;
use std::collections::HashMap;

/// The facts of a case that wait to be recognised, as somebody walks its rows. Of facts with one id the first counts, as in the fold.
#[derive(Clone, Debug)]
pub struct Unrecognised<F>(HashMap<FactId, Option<F>>);

impl<F> Default for Unrecognised<F> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<F> Unrecognised<F> {
    /// The fact of the next row.
    pub fn note(&mut self, id: FactId, verdict: &Verdict, fact: impl FnOnce() -> F) {
        if verdict.takes_id() {
            self.0.entry(id).or_insert_with(|| (verdict.code == Code::Unrecognised).then(fact));
        }
    }

    /// The next row rules so: the fact it recognises, if one waits for that.
    pub fn settle(&mut self, ruling: &RulingBody) -> Option<F> {
        match ruling {
            RulingBody::Recognised(recognised) => self.0.get_mut(&recognised.fact)?.take(),
            _ => None,
        }
    }
}

impl From<&Recognised> for Verdict {
    fn from(ruling: &Recognised) -> Verdict {
        let Recognised { code, reason, effective_at, clock_doubtful, .. } = ruling.clone();
        RawVerdict { code, reason, effective_at, clock_doubtful }.read()
    }
}

impl Verdict {
    /// What a ruling says that gives a fact this verdict.
    pub fn recognising(&self, fact: FactId) -> Recognised {
        let RawVerdict { code, reason, effective_at, clock_doubtful } = self.into();
        Recognised { fact, code, reason, effective_at, clock_doubtful }
    }

    /// Whether its fact's id is its own: not one used before (编号重复), nor one sent under a foreign name.
    pub fn takes_id(&self) -> bool {
        self.code != Code::DuplicateId && self.reason != Some(Reason::NotAuthor)
    }
}
