//! The facts of one case that a transaction has asked for or noted.

use crate::db::sql::facts::{self, FactIndex};
use crate::db::{DbError, Transaction};
use daiban_core::ids::FactId;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Asks the store once for each id; `None` = the case knows no such fact.
#[derive(Default)]
pub struct KnownFacts(HashMap<FactId, Option<FactIndex>>);

impl KnownFacts {
    /// Asks for many at once, because the work to come will.
    pub(super) fn foresee(&mut self, tx: &Transaction<'_>, case_no: i64, mut ids: Vec<FactId>) -> Result<(), DbError> {
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| !self.0.contains_key(id));
        let found = facts::find_all(tx, case_no, &ids)?;
        self.0.extend(ids.into_iter().map(|id| (id, None)));
        self.0.extend(found.into_iter().map(|fact| (fact.id, Some(fact))));
        Ok(())
    }

    /// The fact of that id.
    pub(super) fn find(&mut self, tx: &Transaction<'_>, case_no: i64, id: FactId) -> Result<Option<&FactIndex>, DbError> {
        Ok(match self.0.entry(id) {
            Entry::Occupied(known) => known.into_mut().as_ref(),
            Entry::Vacant(place) => place.insert(facts::find(tx, case_no, id)?).as_ref(),
        })
    }

    /// Notes a fact whose id is new in the case.
    pub(super) fn note(&mut self, tx: &Transaction<'_>, case_no: i64, fact: FactIndex) -> Result<(), DbError> {
        facts::insert(tx, case_no, &fact)?;
        self.0.insert(fact.id, Some(fact));
        Ok(())
    }
}
