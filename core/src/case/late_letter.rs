//! A letter that came weeks after its date: what lay before is told once, in place of a duty for every week.

use crate::calendar::{Date, written};
use daiban_messages::say::case as say;
use daiban_messages::{Message, Say};
use serde::Serialize;

/// The weeks that nothing is owed for any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LateLetter {
    /// The date on the paper.
    pub signed_on: Date,
    /// The day the server first heard of it; weekly duties begin here.
    pub heard_on: Date,
}

impl LateLetter {
    /// The line on the case's page.
    pub fn message(&self) -> Message {
        say::LateLetter { signed: written(self.signed_on), heard: written(self.heard_on) }.say()
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
