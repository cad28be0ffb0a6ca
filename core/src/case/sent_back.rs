//! 退回: what the receiver of a record sent back to be mended, in the words that phone and server show.

use super::{Decided, FactView, Ruled};
use crate::ids::FactId;
use serde::Serialize;

/// That a record was sent back, and whether its author has answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SentBack {
    /// The ruling, with who ordered it, when and why.
    #[serde(flatten)]
    pub ruled: Ruled,
    /// The record that corrects it.
    pub answered_by: Option<FactId>,
}

impl SentBack {
    /// "已退回（原因：…；请更正后重报）", or that it was corrected since.
    pub fn zh(&self) -> String {
        let next = if self.answered_by.is_some() { "已另行更正" } else { "请更正后重报" };
        format!("已退回（原因：{}；{next}）", self.ruled.reason.trim().trim_end_matches('。'))
    }

    /// The same in English.
    pub fn en(&self) -> String {
        let next = if self.answered_by.is_some() { "corrected since" } else { "mend it and record the correction" };
        format!("sent back ({}); {next}", self.ruled.reason.trim())
    }
}

impl FactView {
    /// Who sent it back and why; `None` if nobody did.
    pub fn sent_back(&self) -> Option<SentBack> {
        let ruled = self.ruled.clone().filter(|ruled| ruled.decided == Decided::Returned)?;
        Some(SentBack { ruled, answered_by: self.amended_by })
    }

    /// Whether its author may correct it: it counts, or was sent back for that.
    pub fn can_be_corrected(&self) -> bool {
        (self.is_effective() || self.is_sent_back()) && self.amended_by.is_none()
    }
}
