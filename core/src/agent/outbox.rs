//! The outbox: records that no row of their case holds yet, found by id and by case.

use super::saved::{Intent, IntentState};
use crate::fact::Fact;
use crate::ids::{CaseId, FactId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    all: BTreeMap<FactId, Kept>,
    by_case: BTreeMap<CaseId, BTreeSet<FactId>>,
}

#[derive(Debug)]
struct Kept {
    intent: Intent,
    fact: OnceLock<Option<Arc<Fact>>>,
}

impl Outbox {
    /// Puts a record in, or in place of the one with its id.
    pub fn insert(&mut self, id: FactId, intent: Intent) {
        self.remove(id);
        self.by_case.entry(intent.case).or_default().insert(id);
        self.all.insert(id, Kept { intent, fact: OnceLock::new() });
    }

    /// Takes a record out.
    pub fn remove(&mut self, id: FactId) -> Option<Intent> {
        let intent = self.all.remove(&id)?.intent;
        if let Some(of_case) = self.by_case.get_mut(&intent.case) {
            of_case.remove(&id);
        }
        Some(intent)
    }

    /// A record.
    pub fn get(&self, id: FactId) -> Option<&Intent> {
        self.all.get(&id).map(|kept| &kept.intent)
    }

    /// A record whose state or keys change. Its case and content never do.
    pub fn get_mut(&mut self, id: FactId) -> Option<&mut Intent> {
        self.all.get_mut(&id).map(|kept| &mut kept.intent)
    }

    /// The fact of a record, read once; `None` if this version cannot read it.
    pub fn fact(&self, id: FactId) -> Option<Arc<Fact>> {
        let kept = self.all.get(&id)?;
        kept.fact.get_or_init(|| Fact::read(kept.intent.node.clone()).ok().map(Arc::new)).clone()
    }

    /// Every record.
    pub fn values(&self) -> impl Iterator<Item = &Intent> {
        self.all.values().map(|kept| &kept.intent)
    }

    /// The records of a case, by id.
    pub fn of(&self, case: CaseId) -> impl Iterator<Item = (FactId, &Intent)> {
        let ids = self.by_case.get(&case).into_iter().flatten();
        ids.filter_map(|id| Some((*id, self.get(*id)?)))
    }

    /// Whether the server acknowledged a record of a case whose row has not come back.
    pub fn took_from(&self, case: CaseId) -> bool {
        self.of(case).any(|(_, intent)| matches!(intent.state, IntentState::Sent { .. }))
    }

    /// Records of a case that wait to be sent, in the order of recording.
    pub fn local(&self, case: CaseId) -> Vec<(FactId, &Intent)> {
        let mut local: Vec<_> = self.of(case).filter(|(_, intent)| intent.is_local()).collect();
        local.sort_by_key(|(_, intent)| intent.order);
        local
    }

    /// Records of a case without a row, acknowledged ones first.
    pub fn unplaced(&self, case: CaseId) -> Vec<(FactId, &Intent)> {
        let unplaced = |(_, intent): &(FactId, &Intent)| !matches!(intent.state, IntentState::Quarantined { .. });
        let mut own: Vec<_> = self.of(case).filter(unplaced).collect();
        own.sort_by_key(|(_, intent)| (intent.is_local(), intent.order));
        own
    }

    /// How many records wait to be sent.
    pub fn waiting(&self) -> u64 {
        self.values().filter(|intent| intent.is_local()).count() as u64
    }

    /// A place behind all records.
    pub fn next_order(&self) -> i64 {
        self.values().map(|intent| intent.order).max().unwrap_or(0).saturating_add(1)
    }

    /// A place before all records.
    pub fn first_order(&self) -> i64 {
        self.values().map(|intent| intent.order).min().unwrap_or(0)
    }
}

impl FromIterator<(FactId, Intent)> for Outbox {
    fn from_iter<I: IntoIterator<Item = (FactId, Intent)>>(records: I) -> Self {
        let mut outbox = Outbox::default();
        records.into_iter().for_each(|(id, intent)| outbox.insert(id, intent));
        outbox
    }
}
