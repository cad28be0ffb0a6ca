//! 退回: what the receiver of a record sent back to be mended, in the words that phone and server show.

use super::{Decided, FactView, Ruled};
use crate::ids::FactId;
use daiban_messages::say::case as say;
use daiban_messages::{Message, Say};
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
    pub fn message(&self) -> Message {
        let reason = self.ruled.reason.trim().trim_end_matches('。');
        say::SentBack { reason, corrected: self.answered_by.is_some() }.say()
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
