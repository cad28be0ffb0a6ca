//! Everything in memory: a function of the store.

use super::case::{Case, Held};
use super::enrol::Identity;
use super::rules::Rules;
use super::saved::{self, Carried, CaseNote, Intent, IntentState, SavedKey, Server, Trace, meta};
use crate::case::{Cursor, Row};
use crate::ids::{CaseId, FactId, KeyId};
use crate::store::{Shelf, Store, StoreError};
use std::collections::BTreeMap;

/// See the module.
#[derive(Debug)]
pub(super) struct State {
    pub identity: Option<Identity>,
    pub counter: u64,
    pub server: Server,
    pub rules: Rules,
    pub cases: BTreeMap<CaseId, Case>,
    pub intents: BTreeMap<FactId, Intent>,
    pub keys: BTreeMap<KeyId, SavedKey>,
    pub traces: BTreeMap<FactId, Trace>,
    pub carried: BTreeMap<Vec<u8>, Carried>,
}

impl State {
    /// Reads all shelves. Rows after a gap or a broken link are left out: the server sends them again.
    pub fn load(store: &dyn Store) -> Result<State, StoreError> {
        let meta: BTreeMap<_, _> = store.load(Shelf::Meta)?.into_iter().collect();
        let one = |name: &[u8]| meta.get(name).map(Vec::as_slice);
        Ok(State {
            identity: one(meta::IDENTITY).map(saved::read).transpose()?,
            counter: one(meta::COUNTER).map(saved::read).transpose()?.unwrap_or(0),
            server: one(meta::SERVER).map(saved::read).transpose()?.unwrap_or_default(),
            rules: Rules::load(store, one(meta::POLICY))?,
            cases: cases(store)?,
            intents: shelf(store, Shelf::Intent, FactId::from_slice)?,
            keys: shelf(store, Shelf::Key, KeyId::from_slice)?,
            traces: shelf(store, Shelf::Trace, FactId::from_slice)?,
            carried: shelf(store, Shelf::Carried, |k| Some(k.to_vec()))?,
        })
    }

    /// Every cursor, by case. A case whose first rows never came, but of which the server took a record, stands at row 0: the server
    /// must say whether it is still this person's.
    pub fn cursors(&self) -> Vec<(CaseId, Cursor)> {
        let held = self.cases.values().filter(|c| !c.note.withdrawn);
        let begun = |c: &Case| self.took_from(c.id).then(|| c.cursor_at(c.place()));
        held.filter_map(|c| Some((c.id, c.cursor().or_else(|| begun(c))?))).collect()
    }

    /// Whether the server acknowledged a record of a case whose row has not come back.
    pub fn took_from(&self, case: CaseId) -> bool {
        self.intents.values().any(|i| i.case == case && matches!(i.state, IntentState::Sent { .. }))
    }

    /// Records that wait to be sent, in the order of recording.
    pub fn local(&self, case: CaseId) -> Vec<(FactId, &Intent)> {
        let mut local: Vec<_> =
            self.intents.iter().filter(|(_, i)| i.case == case && i.is_local()).map(|(k, i)| (*k, i)).collect();
        local.sort_by_key(|(_, i)| i.order);
        local
    }

    /// How many records wait to be sent.
    pub fn waiting(&self) -> u64 {
        self.intents.values().filter(|i| i.is_local()).count() as u64
    }

    /// A place behind all records.
    pub fn next_order(&self) -> i64 {
        self.intents.values().map(|i| i.order).max().unwrap_or(0).saturating_add(1)
    }

    /// A place before all records.
    pub fn first_order(&self) -> i64 {
        self.intents.values().map(|i| i.order).min().unwrap_or(0)
    }
}

fn cases(store: &dyn Store) -> Result<BTreeMap<CaseId, Case>, StoreError> {
    let mut cases: BTreeMap<CaseId, Case> = shelf(store, Shelf::Case, CaseId::from_slice)?
        .into_iter()
        .map(|(id, note): (CaseId, CaseNote)| (id, Case::new(id, note)))
        .collect();
    for (key, value) in store.load(Shelf::Row)? {
        let Some(id) = key.get(..16).and_then(CaseId::from_slice) else { continue };
        let case = cases.entry(id).or_insert_with(|| Case::new(id, CaseNote::default()));
        let row: Row = saved::read(&value)?;
        let (sequence, chain) = case.place();
        if row.sequence == sequence.saturating_add(1) && row.follows(id, chain) {
            case.rows.push(Held::new(row));
        }
    }
    Ok(cases)
}

fn shelf<K: Ord, V: serde::de::DeserializeOwned>(
    store: &dyn Store,
    shelf: Shelf,
    key: impl Fn(&[u8]) -> Option<K>,
) -> Result<BTreeMap<K, V>, StoreError> {
    let mut out = BTreeMap::new();
    for (k, value) in store.load(shelf)? {
        if let Some(k) = key(&k) {
            out.insert(k, saved::read(&value)?);
        }
    }
    Ok(out)
}
