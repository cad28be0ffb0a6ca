//! A store in memory: for tests, and for hosts that keep nothing.

use super::contract::{Batch, Entropy, Item, Namespace, Op, Store, StoreError};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes by namespace and key. Clones share the same bytes, so that a test can open "the same phone" again.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore(Arc<Mutex<Values>>);

type Values = BTreeMap<(Namespace, Vec<u8>), Vec<u8>>;

impl MemoryStore {
    /// An empty store.
    pub fn new() -> MemoryStore {
        MemoryStore::default()
    }

    /// A copy that shares nothing: a backup of the phone.
    pub fn backup(&self) -> MemoryStore {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        MemoryStore(Arc::new(Mutex::new(bytes)))
    }
}

impl Store for MemoryStore {
    fn load(&self, namespace: Namespace) -> Result<Vec<Item>, StoreError> {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(bytes.iter().filter(|((s, _), _)| *s == namespace).map(|((_, k), v)| (k.clone(), v.clone())).collect())
    }

    fn load_under(&self, namespace: Namespace, prefix: &[u8]) -> Result<Vec<Item>, StoreError> {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let from = bytes.range((namespace, prefix.to_vec())..);
        let under = from.take_while(|((s, key), _)| *s == namespace && key.starts_with(prefix));
        Ok(under.map(|((_, key), value)| (key.clone(), value.clone())).collect())
    }

    fn commit(&mut self, batch: &Batch, _: Entropy<'_>) -> Result<(), StoreError> {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for op in &batch.ops {
            match op {
                Op::Put { namespace, key, value } => bytes.insert((*namespace, key.clone()), value.clone()),
                Op::Delete { namespace, key } => bytes.remove(&(*namespace, key.clone())),
            };
        }
        Ok(())
    }
}
