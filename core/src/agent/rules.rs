//! The calendar and policy in force on this phone, and all that were in force before.

use super::saved::{self, meta};
use crate::calendar::{Calendar, Edition};
use crate::rules::{Era, Policy, eras};
use crate::store::{Batch, Shelf, Store, StoreError};
use crate::sync::wire::{Dated, editions_version};

/// Editions and policies as the server sent them, and the eras they make.
#[derive(Debug)]
pub(super) struct Rules {
    pub editions: Vec<Dated>,
    pub policies: Vec<Dated>,
    pub eras: Vec<Era>,
    pub calendar: Calendar,
    pub policy: Policy,
}

impl Rules {
    /// `Err` says which of them cannot be read.
    pub fn new(editions: Vec<Dated>, policies: Vec<Dated>) -> Result<Rules, String> {
        let edition = |d: &Dated| Edition::from_json(&d.json).map(|e| (d.since, e)).map_err(|e| e.to_string());
        let policy = |d: &Dated| Policy::from_json(&d.json).map(|p| (d.since, p)).map_err(|e| e.to_string());
        let read =
            (editions.iter().map(edition).collect::<Result<_, _>>()?, policies.iter().map(policy).collect::<Result<_, _>>()?);
        let eras = eras(read.0, read.1).map_err(|e| e.to_string())?;
        let now = eras.last().map(|era| (era.calendar.clone(), era.policy.clone()));
        let (calendar, policy) = now.unwrap_or_else(|| (Calendar::builtin(), Policy::default()));
        Ok(Rules { editions, policies, eras, calendar, policy })
    }

    /// What is built in.
    pub fn builtin() -> Rules {
        let (calendar, policy) = (Calendar::builtin(), Policy::default());
        let era = Era { since: i64::MIN, calendar: calendar.clone(), policy: policy.clone() };
        Rules { editions: Vec::new(), policies: Vec::new(), eras: vec![era], calendar, policy }
    }

    /// What was saved. Editions that this version of the app no longer reads leave the built-in ones; the server sends them again.
    pub fn load(store: &dyn Store, policies: Option<&[u8]>) -> Result<Rules, StoreError> {
        let editions = store.load(Shelf::Edition)?.iter().map(|(_, v)| saved::read(v)).collect::<Result<Vec<Dated>, _>>()?;
        let policies = policies.map(saved::read::<Vec<Dated>>).transpose()?.unwrap_or_default();
        Ok(Rules::new(editions, policies).unwrap_or_else(|_| Rules::builtin()))
    }

    /// Puts them in place of `before` editions saved earlier.
    pub fn save(&self, before: usize, batch: &mut Batch) {
        let key = |at: usize| u32::try_from(at).unwrap_or(u32::MAX).to_be_bytes();
        for (at, edition) in self.editions.iter().enumerate() {
            saved::put(batch, Shelf::Edition, &key(at), edition);
        }
        for at in self.editions.len()..before {
            batch.delete(Shelf::Edition, key(at));
        }
        saved::put(batch, Shelf::Meta, meta::POLICY, &self.policies);
    }

    /// What the server is told.
    pub fn version(&self) -> String {
        editions_version(&self.calendar, self.editions.len())
    }
}
