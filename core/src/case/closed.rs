//! 登记有误: the office closed a case that should not be there.

use crate::ids::{FactId, PersonId};
use daiban_messages::say::case as say;
use daiban_messages::{Message, Say};
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
    pub fn message(&self) -> Message {
        say::Closed { reason: &self.reason }.say()
    }

    /// In Chinese.
    pub fn zh(&self) -> String {
        self.message().zh
    }

    /// In English.
    pub fn en(&self) -> String {
        self.message().en
    }
}
