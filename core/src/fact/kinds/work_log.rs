//! 代办工作日志: what agents write day by day.

use crate::fact::Sealed;
use crate::fact::channel::Channel;
use crate::fact::kind::{Kind, Names};
use crate::limits::WORK_LOG_TEXT_CHARS_MAX;
use daiban_derive::Kind;
use serde::{Deserialize, Serialize};

/// 代办工作日志 (R114).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Kind)]
#[serde(deny_unknown_fields)]
#[kind(name = "work_log", zh = "工作日志", en = "work log", clause = "四(四)4", since = 1)]
#[kind(who = [ChiefAgent, GroupSpecialist, UnitAgent, DispatchLead], before_letter)]
pub struct WorkLog {
    /// What was done.
    #[field(zh = "日志内容", en = "text", max = WORK_LOG_TEXT_CHARS_MAX as i64, lines)]
    pub text: String,
    /// How.
    #[field(zh = "渠道", en = "channel", filled = OnSite)]
    pub channel: Channel,
    /// The approval item it belongs to.
    #[field(zh = "事项", en = "item")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Where; a street name is enough.
    #[field(zh = "地点", en = "place")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// 下一步.
    #[field(zh = "下一步", en = "next step")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_step: Option<String>,
    /// Minutes spent.
    #[field(zh = "用时", en = "time spent", min = 0, max = 1440, unit_zh = "分钟", unit_en = "minutes")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<i64>,
    /// The enterprise's people who were met.
    #[field(zh = "接洽人员", en = "met", help_zh = "加密保存", help_en = "stored sealed")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub met: Option<Sealed>,
}

impl Kind for WorkLog {
    fn example() -> Self {
        WorkLog {
            text: "到现场核对用地红线".to_owned(),
            channel: Channel::OnSite,
            item: Some("建设用地规划许可".to_owned()),
            place: Some("丰荣街道".to_owned()),
            next_step: Some("补测绘图".to_owned()),
            minutes: Some(90),
            met: None,
        }
    }

    fn sentence(&self, _: &dyn Names) -> String {
        let item = self.item.as_ref().map(|item| format!("〔{item}〕")).unwrap_or_default();
        let next = self.next_step.as_ref().map(|next| format!("下一步：{next}")).unwrap_or_default();
        let join = if next.is_empty() || self.text.ends_with(['。', '！', '？', '；']) { "" } else { "；" };
        format!("{item}{}{join}{next}", self.text)
    }
}
