//! 答复问询 (R115, D12).

use crate::fact::channel::Channel;
use crate::fact::kind::{Kind, Names, Reference};
use crate::ids::FactId;
use crate::limits::WORK_LOG_TEXT_CHARS_MAX;
use daiban_derive::Kind;
use serde::{Deserialize, Serialize};

/// 答复.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Kind)]
#[serde(deny_unknown_fields)]
#[kind(name = "inquiry_answered", zh = "答复问询", en = "inquiry answered", clause = "四(四)4", since = 1)]
#[kind(who = [ChiefAgent, GroupSpecialist, UnitAgent], before_letter, public)]
pub struct InquiryAnswered {
    /// The question's fact.
    #[field(zh = "所答复的问询", en = "inquiry", record = "inquiry", rules)]
    pub inquiry: FactId,
    /// The answer.
    #[field(zh = "答复内容", en = "answer", max = WORK_LOG_TEXT_CHARS_MAX as i64, lines)]
    pub text: String,
    /// How it was given.
    #[field(zh = "渠道", en = "channel", filled = OnSite)]
    pub channel: Channel,
}

impl Kind for InquiryAnswered {
    fn example() -> Self {
        let text = "还需环境影响报告表和专家意见".to_owned();
        InquiryAnswered { inquiry: FactId([7; 16]), text, channel: Channel::Telephone }
    }

    fn sentence(&self, _: &dyn Names) -> String {
        format!("答复问询：{}", self.text)
    }

    fn refers_to(&self) -> Option<Reference> {
        Some(Reference { fact: self.inquiry, kind: "inquiry", needed: true })
    }
}
