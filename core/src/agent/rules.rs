//! The calendar and the numbers in force on this phone, and all that were in force before.

use super::later::LaterRule;
use super::saved::{self, meta};
use crate::calendar::{Calendar, Edition};
use crate::rules::{NumbersInForce, Policy, RulesInForce};
use crate::store::{Batch, Namespace, Store, StoreError};
use crate::sync::wire::{Dated, editions_version};

/// Editions and policies as the server sent them, and the rules they make.
#[derive(Debug)]
pub(super) struct Rules {
    pub editions: Vec<Dated>,
    pub policies: Vec<Dated>,
    pub in_force: RulesInForce,
    pub calendar: Calendar,
    /// What of them only a later version reads. Each leaves only itself out.
    pub later: Vec<LaterRule>,
}

impl Rules {
    /// Reads each of them by itself.
    pub fn new(editions: Vec<Dated>, policies: Vec<Dated>) -> Rules {
        let mut later = Vec::new();
        let (mut readable, mut calendar) = (Vec::new(), Calendar::builtin());
        for Dated { since, json } in &editions {
            match Edition::from_json(json).and_then(|edition| Ok((calendar.with_edition(edition.clone())?, edition))) {
                Ok((next, edition)) => {
                    calendar = next;
                    readable.push((*since, edition));
                }
                Err(error) => later.push(LaterRule::Edition { since: *since, why: error.to_string() }),
            }
        }
        let mut decided = Vec::new();
        for Dated { since, json } in &policies {
            match Policy::known(json) {
                Ok((policy, unknown)) => {
                    later.extend(unknown.into_iter().map(|name| LaterRule::Setting { since: *since, name }));
                    decided.push((*since, policy));
                }
                Err(error) => later.push(LaterRule::Policy { since: *since, why: error.to_string() }),
            }
        }
        // Every edition was tried on the ones before it.
        let in_force = RulesInForce::new(readable, NumbersInForce::new(decided)).unwrap_or_default();
        Rules { editions, policies, in_force, calendar, later }
    }

    /// What was saved.
    pub fn load(store: &dyn Store, policies: Option<&[u8]>) -> Result<Rules, StoreError> {
        let editions = store.load(Namespace::Edition)?.iter().map(|(_, v)| saved::read(v)).collect::<Result<Vec<Dated>, _>>()?;
        let policies = policies.map(saved::read::<Vec<Dated>>).transpose()?.unwrap_or_default();
        Ok(Rules::new(editions, policies))
    }

    /// Puts them in place of `before` editions saved earlier.
    pub fn save(&self, before: usize, batch: &mut Batch) {
        let key = |at: usize| u32::try_from(at).unwrap_or(u32::MAX).to_be_bytes();
        for (at, edition) in self.editions.iter().enumerate() {
            saved::put(batch, Namespace::Edition, &key(at), edition);
        }
        for at in self.editions.len()..before {
            batch.delete(Namespace::Edition, key(at));
        }
        saved::put(batch, Namespace::Meta, meta::POLICY, &self.policies);
    }

    /// What the server is told.
    pub fn version(&self) -> String {
        editions_version(&self.calendar, self.editions.len())
    }
}
