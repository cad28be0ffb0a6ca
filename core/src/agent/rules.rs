//! The calendar and the numbers in force on this phone, and all that were in force before.

use super::later::LaterRule;
use super::saved::{self, meta};
use crate::calendar::{Calendar, Edition};
use crate::plan::{Plan, hash_of};
use crate::rules::{Policy, RulesInForce};
use crate::store::{Batch, Namespace, Store, StoreError};
use crate::sync::wire::{Dated, editions_version};
use std::sync::Arc;

/// Editions and policies as the server sent them, and the rules they make.
#[derive(Debug)]
pub(super) struct Rules {
    /// The pack as the server sent it; empty for the one of this version.
    pub pack: String,
    pub editions: Vec<Dated>,
    pub policies: Vec<Dated>,
    pub in_force: RulesInForce,
    pub calendar: Calendar,
    /// What of them only a later version reads. Each leaves only itself out.
    pub later: Vec<LaterRule>,
}

impl Rules {
    /// Reads each of them by itself.
    pub fn new(pack: String, editions: Vec<Dated>, policies: Vec<Dated>) -> Rules {
        let mut later = Vec::new();
        let plan = match read_pack(&pack) {
            Ok(plan) => plan,
            Err(why) => {
                later.push(LaterRule::Pack { why });
                Plan::builtin().clone()
            }
        };
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
            match Policy::known(json, &plan.policy) {
                Ok((policy, unknown)) => {
                    later.extend(unknown.into_iter().map(|name| LaterRule::Setting { since: *since, name }));
                    decided.push((*since, policy));
                }
                Err(error) => later.push(LaterRule::Policy { since: *since, why: error.to_string() }),
            }
        }
        // Every edition was tried on the ones before it.
        let in_force = RulesInForce::of_plan(&plan, readable, decided);
        let in_force = in_force.unwrap_or_else(|_| RulesInForce::default().with_plan(plan));
        Rules { pack, editions, policies, in_force, calendar, later }
    }

    /// What was saved.
    pub fn load(store: &dyn Store, policies: Option<&[u8]>, pack: Option<&[u8]>) -> Result<Rules, StoreError> {
        let editions = store.load(Namespace::Edition)?.iter().map(|(_, v)| saved::read(v)).collect::<Result<Vec<Dated>, _>>()?;
        let policies = policies.map(saved::read::<Vec<Dated>>).transpose()?.unwrap_or_default();
        let pack = pack.map(saved::read::<String>).transpose()?.unwrap_or_default();
        Ok(Rules::new(pack, editions, policies))
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
        saved::put(batch, Namespace::Meta, meta::PACK, &self.pack);
    }

    /// The plan of the district; the built-in one until the server sends another.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.in_force.plan
    }

    /// Which pack it holds: as it was sent, whether this version reads it or not.
    pub fn pack_hash(&self) -> Option<String> {
        (!self.pack.is_empty()).then(|| hash_of(&self.pack))
    }

    /// What the server is told.
    pub fn version(&self) -> String {
        editions_version(&self.calendar, self.editions.len())
    }
}

/// The plan of a pack; that of this version where none was sent.
fn read_pack(pack: &str) -> Result<Arc<Plan>, String> {
    if pack.is_empty() {
        return Ok(Plan::builtin().clone());
    }
    Plan::from_json(pack).map(Arc::new).map_err(|faults| faults.first().map(ToString::to_string).unwrap_or_default())
}
