//! Everything in memory: a function of the store.

use super::case::Case;
use super::case_digest::{self, CaseDigest};
use super::enrol::Identity;
use super::history::{History, Recent};
use super::names::KnownNames;
use super::outbox::Outbox;
use super::rules::Rules;
use super::saved::{self, Carried, CaseNote, Intent, SavedKey, Server, Trace, meta};
use crate::case::Cursor;
use crate::ids::{CaseId, FactId, KeyId};
use crate::store::{Batch, Namespace, Store, StoreError};
use crate::sync::session::Pace;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// See the module.
#[derive(Debug)]
pub(super) struct State {
    pub identity: Option<Identity>,
    pub counter: u64,
    pub server: Server,
    pub pace: Pace,
    pub rules: Rules,
    pub names: KnownNames,
    pub cases: BTreeMap<CaseId, Case>,
    pub outbox: Outbox,
    pub keys: BTreeMap<KeyId, SavedKey>,
    pub traces: BTreeMap<FactId, Trace>,
    pub carried: BTreeMap<Vec<u8>, Carried>,
    pub recent: RefCell<Recent>,
}

impl State {
    /// Reads what a phone needs at its start, of the rows only a digest. Those that had to be made anew are to be saved.
    pub fn load(store: &dyn Store) -> Result<(State, Batch), StoreError> {
        let meta: BTreeMap<_, _> = store.load(Namespace::Meta)?.into_iter().collect();
        let one = |name: &[u8]| meta.get(name).map(Vec::as_slice);
        let (cases, made) = cases(store)?;
        let identity: Option<Identity> = one(meta::IDENTITY).map(saved::read).transpose()?;
        let rules = Rules::load(store, one(meta::POLICY), one(meta::PACK))?;
        let own = identity.as_ref().map(Identity::own_name);
        let state = State {
            names: KnownNames::load(one(meta::NAMES), own, rules.plan().clone()),
            identity,
            counter: one(meta::COUNTER).map(saved::read).transpose()?.unwrap_or(0),
            server: one(meta::SERVER).map(saved::read).transpose()?.unwrap_or_default(),
            // What cannot be read is learned anew.
            pace: one(meta::PACE).and_then(|bytes| saved::read(bytes).ok()).unwrap_or_default(),
            rules,
            cases,
            outbox: namespace::<FactId, Intent>(store, Namespace::Intent, FactId::from_slice)?.into_iter().collect(),
            keys: namespace(store, Namespace::Key, KeyId::from_slice)?,
            traces: namespace(store, Namespace::Trace, FactId::from_slice)?,
            carried: namespace(store, Namespace::Carried, |k| Some(k.to_vec()))?,
            recent: RefCell::default(),
        };
        Ok((state, made))
    }

    /// Every cursor, by case. A case whose first rows never came, but of which the server took a record, stands at row 0: the server
    /// must say whether it is still this person's.
    pub fn cursors(&self) -> Vec<(CaseId, Cursor)> {
        let held = self.cases.values().filter(|c| !c.note.withdrawn);
        let begun = |c: &Case| self.outbox.took_from(c.id).then(|| c.cursor_at(c.place()));
        held.filter_map(|c| Some((c.id, c.cursor().or_else(|| begun(c))?))).collect()
    }
}

/// The cases with their digests, and what of these had to be made from the rows: also of those that were not understood as a whole,
/// because the app may have been updated since.
fn cases(store: &dyn Store) -> Result<(BTreeMap<CaseId, Case>, Batch), StoreError> {
    let notes = namespace(store, Namespace::Case, CaseId::from_slice)?.into_iter();
    let mut cases: BTreeMap<CaseId, Case> = notes.map(|(id, note): (CaseId, CaseNote)| (id, Case::new(id, note))).collect();
    let mut made = Batch::default();
    // A cache that does not open is no cache.
    let mut case_digests: BTreeMap<_, _> = store.load(Namespace::CaseDigest).unwrap_or_default().into_iter().collect();
    if !case_digests.contains_key(case_digest::COMPLETE) {
        for id in with_rows(store)? {
            cases.entry(id).or_insert_with(|| Case::new(id, CaseNote::default()));
        }
    }
    for (id, case) in &mut cases {
        let stored = case_digests.remove(&id.0[..]).and_then(|bytes| CaseDigest::read(&bytes));
        match stored.filter(|case_digest| !case_digest.has_later() && fits(store, *id, case_digest)) {
            Some(case_digest) => case.set(case_digest),
            None => {
                let history = History::load(store, *id)?;
                if !history.rows.is_empty() {
                    case.set(history.case_digest());
                    case.case_digest.put(*id, &mut made);
                }
            }
        }
    }
    Ok((cases, made))
}

/// Cases that have rows, noted or not: after a salvage the note may be gone.
fn with_rows(store: &dyn Store) -> Result<Vec<CaseId>, StoreError> {
    let mut found = Vec::new();
    for first in 0..=u8::MAX {
        found
            .extend(store.load_under(Namespace::Row, &[first])?.iter().filter_map(|(key, _)| CaseId::from_slice(key.get(..16)?)));
        found.dedup();
    }
    Ok(found)
}

/// Whether the digest's last row is the one that is stored. A row that cannot be read proves nothing: the store salvages at its
/// next open, and until then the digest is all there is.
fn fits(store: &dyn Store, id: CaseId, case_digest: &CaseDigest) -> bool {
    match store.load_under(Namespace::Row, &saved::row_key(id, case_digest.sequence)) {
        Ok(items) => items.first().is_some_and(|(_, row)| saved::read_row(row).is_ok_and(|row| row.chain == case_digest.chain)),
        Err(_) => true,
    }
}

fn namespace<K: Ord, V: serde::de::DeserializeOwned>(
    store: &dyn Store,
    namespace: Namespace,
    key: impl Fn(&[u8]) -> Option<K>,
) -> Result<BTreeMap<K, V>, StoreError> {
    let mut out = BTreeMap::new();
    for (k, value) in store.load(namespace)? {
        if let Some(k) = key(&k) {
            out.insert(k, saved::read(&value)?);
        }
    }
    Ok(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::case::{Entry, RawRow, Row, Verdict};
    use crate::people::{Role, RosterEntry};
    use crate::store::MemoryStore;

    #[test]
    fn a_row_that_an_older_app_did_not_understand_is_read_anew() {
        let id = CaseId([7; 16]);
        let (person, unit) = ("zhang".into(), "fengrong".into());
        let entry = RosterEntry { person, role: Role::UnitAgent, unit, group: None, from: 5, until: None };
        let row = Row::next(id, 1, Row::chain_start(id), Entry::Roster(entry.clone()), 9, Verdict::row(9));
        let mut older = CaseDigest::new(id);
        older.take(&Row { entry: Entry::Later { sort: 2, payload: b"not understood".to_vec().into() }, ..row.clone() }, None);
        assert!(older.has_later());
        let mut batch = Batch::default();
        saved::put(&mut batch, Namespace::Case, &id.0, &CaseNote::default());
        saved::put(&mut batch, Namespace::Row, &saved::row_key(id, 1), &RawRow::of(&row));
        older.put(id, &mut batch);
        let mut store = MemoryStore::new();
        store.commit(&batch, &mut |_| ()).unwrap();

        let (state, made) = State::load(&store).unwrap();
        let case = state.cases.get(&id).unwrap();
        assert!(!case.case_digest.has_later() && case.standing().roster.entries() == [entry]);
        assert!(!made.is_empty(), "and saved");
    }
}
