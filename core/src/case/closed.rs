//! 登记有误: the office closed a case that should not be there.

use crate::ids::{FactId, PersonId};
use serde::Serialize;

/// Why a case owes nothing any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Closed {
    /// The ruling.
    pub ruling: FactId,
    /// Its row.
    pub sequence: u64,
    /// Who ordered it.
    pub by: PersonId,
    /// Why.
    pub reason: String,
    /// When, Unix seconds.
    pub at: i64,
}

impl Closed {
    /// The words on lists and pages.
    pub fn zh(&self) -> String {
        format!("登记有误（{}）", self.reason)
    }

    /// The same in English.
    pub fn en(&self) -> String {
        format!("registered by mistake ({})", self.reason)
    }
}
