//! 材料台账: what the agents hold for the enterprise (R067, R159, R162).

use crate::fact::kinds::MaterialItem;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// 材料名称.
    pub title: String,
    /// 原件, or else copies.
    pub original: bool,
    /// 份数 received so far.
    pub received: i64,
    /// 份数 given back so far.
    pub returned: i64,
}

impl Material {
    /// 份数 still held; negative if more went back than was recorded as received, which the office should look into.
    pub fn held(&self) -> i64 {
        self.received.saturating_sub(self.returned)
    }
}

/// Adds up receipts and returns by title and original/copy.
#[derive(Debug, Default)]
pub(super) struct Ledger<'a>(BTreeMap<(&'a str, bool), (i64, i64)>);

impl<'a> Ledger<'a> {
    pub(super) fn receive(&mut self, items: &'a [MaterialItem]) {
        for item in items {
            let line = self.0.entry((item.title.trim(), item.original)).or_default();
            line.0 = line.0.saturating_add(item.copies);
        }
    }

    pub(super) fn give_back(&mut self, items: &'a [MaterialItem]) {
        for item in items {
            let line = self.0.entry((item.title.trim(), item.original)).or_default();
            line.1 = line.1.saturating_add(item.copies);
        }
    }

    pub(super) fn lines(self) -> Vec<Material> {
        let line = |((title, original), (received, returned)): ((&str, bool), (i64, i64))| Material {
            title: title.to_owned(),
            original,
            received,
            returned,
        };
        self.0.into_iter().map(line).collect()
    }
}
