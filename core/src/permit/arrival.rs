//! What the judge is told about a fact besides the fact: who sent it, when, and what the caller's index holds.

use super::plausible::FormNumbers;
use crate::case::Verdict;
use crate::fact::Fact;
use crate::ids::{FactId, PersonId, UnitId};
use crate::people::Organisation;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How a fact arrived.
#[derive(Clone, Debug)]
pub struct Arrival<'a> {
    /// The holder of the device whose chain it is; for a command whoever ordered it.
    pub person: &'a PersonId,
    /// 到达: the server's time, Unix seconds; on a phone its best guess of now.
    pub received_at: i64,
    /// The time token the batch leans on (its signed statement names it); `None` before a phone's first sync, and for commands.
    pub token_at: Option<i64>,
    /// The newest token its device has shown to hold at a moment when it announced that nothing was unsent: whatever comes later was
    /// recorded later.
    pub floor_at: Option<i64>,
    /// It leans on a token that nobody can verify, or on none although its device has shown one before.
    pub token_doubtful: bool,
    /// How far the phone's clock was off when it sent this, seconds of either sign; 0 for commands.
    pub skew_seconds: i64,
    /// The server wrote it under its own key, by order of `person`: then `by` may name somebody else.
    pub commanded: bool,
    /// The fact in this case that [`References::amends`] names, if there is one. Facts void as `not_author` or 编号重复 are not it.
    pub amends: Option<Referred>,
    /// The fact in this case that [`References::named`] names, if there is one.
    pub named: Option<Referred>,
    /// It names a person or a unit ([`crate::fact::Named`]) that the directory does not know. A phone knows only its teams and never
    /// says so.
    pub names_unknown: bool,
    /// The units that the directory has those work for whom it names. A phone knows of them by their seats only and leaves it empty.
    pub unit_of: BTreeMap<PersonId, UnitId>,
    /// From when on the week that it says nothing of ([`crate::fact::kinds::NoChange`]) is closed, Unix seconds; `None` if nobody
    /// looked.
    pub week_closes_at: Option<i64>,
    /// What it is measured by: whoever judges in earnest puts in the numbers of the day it was recorded.
    pub numbers: FormNumbers,
    /// Units and the places that each project fills with its own unit.
    pub organisation: Arc<Organisation>,
}

impl<'a> Arrival<'a> {
    /// An arrival that refers to nothing; the fields are public.
    pub fn new(person: &'a PersonId, received_at: i64, token_at: Option<i64>, skew_seconds: i64) -> Self {
        let (floor_at, token_doubtful) = (None, false);
        Self {
            person,
            received_at,
            token_at,
            floor_at,
            token_doubtful,
            skew_seconds,
            commanded: false,
            amends: None,
            named: None,
            names_unknown: false,
            unit_of: BTreeMap::new(),
            week_closes_at: None,
            numbers: FormNumbers::ANY,
            organisation: Arc::default(),
        }
    }
}

/// A fact of the same case that another one refers to, as the caller's index has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referred {
    /// Who recorded it (`by`).
    pub person: PersonId,
    /// Its kind.
    pub kind: String,
}

/// The ids a fact refers to: what the caller has to look up before judging.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct References {
    /// The fact it corrects.
    pub amends: Option<FactId>,
    /// The record that its kind names: the inquiry that an answer answers, the receipt of what goes back.
    pub named: Option<FactId>,
}

/// What a fact refers to.
pub fn references(fact: &Fact) -> References {
    References { amends: fact.amends, named: fact.body.refers_to().map(|reference| reference.fact) }
}

/// What the caller's index says about the fact's own id in this case.
///
/// Facts void as `not_author` and those with a 编号重复 verdict do not take an id: keep them out of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prior {
    /// Not used yet.
    None,
    /// Used by a fact with equal [`crate::fact::content_digest`], which got this verdict: the same fact delivered again.
    Same(Verdict),
    /// Used by a fact with other content.
    Different,
}
