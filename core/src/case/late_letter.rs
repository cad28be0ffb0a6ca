//! A letter that came weeks after its date: what lay before is told once, in place of a duty for every week.

use crate::calendar::{Date, zh_date};
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
    pub fn zh(&self) -> String {
        let (signed, heard) = (zh_date(self.signed_on), zh_date(self.heard_on));
        format!("委托书签订于{signed}，{heard}收到；此前各周不再逐周催报。")
    }

    /// The same in English.
    pub fn en(&self) -> String {
        let LateLetter { signed_on, heard_on } = self;
        format!("letter signed on {signed_on}, received on {heard_on}; the weeks before owe no reports")
    }
}
