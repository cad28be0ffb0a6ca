//! 建设单位问询: the enterprise's questions must be answered (R115, D12).

use crate::fact::Sealed;
use crate::fact::channel::Channel;
use crate::fact::kind::{Kind, Names};
use crate::limits::WORK_LOG_TEXT_CHARS_MAX;
use daiban_derive::Kind;
use serde::{Deserialize, Serialize};

/// 建设单位问询. Its clock starts on the local date it occurred.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Kind)]
#[serde(deny_unknown_fields)]
#[kind(name = "inquiry", zh = "建设单位问询", en = "inquiry", clause = "四(四)4", since = 1)]
#[kind(who = [ChiefAgent, GroupSpecialist, UnitAgent], before_letter, public)]
pub struct Inquiry {
    /// The question.
    #[field(zh = "问询内容", en = "question", max = WORK_LOG_TEXT_CHARS_MAX as i64, lines)]
    pub text: String,
    /// How it came.
    #[field(zh = "渠道", en = "channel", filled = OnSite)]
    pub channel: Channel,
    /// Who asked.
    #[field(zh = "问询人", en = "asked by", help_zh = "加密保存", help_en = "stored sealed")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<Sealed>,
}

impl Kind for Inquiry {
    fn example() -> Self {
        Inquiry { text: "环评还需要哪些材料？".to_owned(), channel: Channel::Telephone, asked_by: None }
    }

    fn sentence(&self, _: &dyn Names) -> String {
        format!("建设单位问询：{}", self.text)
    }
}
