//! What agents write week by week: logs, an explicit 无变化, problems.

use super::check::{FieldError, list, range, short_opt, text};
use crate::calendar::Week;
use crate::fact::Sealed;
use crate::ids::UnitId;
use crate::limits::{SHORT_TEXT_CHARS_MAX, WORK_LOG_TEXT_CHARS_MAX};
use crate::people::Group;
use serde::{Deserialize, Serialize};

/// How a service was given (R019).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 窗口.
    Window,
    /// 上门.
    OnSite,
    /// 电话.
    Telephone,
    /// 微信.
    Wechat,
    /// 平台.
    Platform,
}

impl Channel {
    /// The word officials use.
    pub fn zh(self) -> &'static str {
        match self {
            Channel::Window => "窗口",
            Channel::OnSite => "上门",
            Channel::Telephone => "电话",
            Channel::Wechat => "微信",
            Channel::Platform => "平台",
        }
    }
}

impl std::str::FromStr for Channel {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        [Channel::Window, Channel::OnSite, Channel::Telephone, Channel::Wechat, Channel::Platform]
            .into_iter()
            .find(|c| c.zh() == s || serde_json::to_value(c).is_ok_and(|v| v.as_str() == Some(s)))
            .ok_or_else(|| "渠道应为 窗口(window)、上门(on_site)、电话(telephone)、微信(wechat) 或 平台(platform)。".to_owned())
    }
}

/// 代办工作日志 (R114).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkLog {
    /// What was done.
    pub text: String,
    /// How.
    pub channel: Channel,
    /// The approval item it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Where; a street name is enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// 下一步.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_step: Option<String>,
    /// Minutes spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<i64>,
    /// The enterprise's people who were met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub met: Option<Sealed>,
}

impl WorkLog {
    pub(super) fn check(&self) -> Result<(), FieldError> {
        text("text", "日志内容", &self.text, WORK_LOG_TEXT_CHARS_MAX)?;
        short_opt("item", "事项", self.item.as_ref())?;
        short_opt("place", "地点", self.place.as_ref())?;
        short_opt("next_step", "下一步", self.next_step.as_ref())?;
        self.minutes.map_or(Ok(()), |m| range("minutes", "用时（分钟）", m, 0, 24 * 60))
    }
}

/// 本周无变化: the explicit weekly answer when there is nothing to report (R105, W6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoChange {
    /// The week it speaks for.
    pub week: Week,
    /// A word of explanation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl NoChange {
    pub(super) fn check(&self) -> Result<(), FieldError> {
        short_opt("note", "说明", self.note.as_ref())
    }
}

/// 推进中遇到的问题, for the lead unit of the stage's group (R087, R204).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProblemRaised {
    /// 存在问题.
    pub text: String,
    /// The group whose lead unit is asked.
    pub group: Group,
    /// 需要参会的其他部门.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units_needed: Vec<UnitId>,
    /// 解决问题的建议.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

impl ProblemRaised {
    pub(super) fn check(&self) -> Result<(), FieldError> {
        text("text", "存在问题", &self.text, WORK_LOG_TEXT_CHARS_MAX)?;
        short_opt("suggestion", "解决问题的建议", self.suggestion.as_ref())?;
        list("units_needed", "需要参会的其他部门", self.units_needed.len(), 0)?;
        self.units_needed.iter().try_for_each(|u| text("units_needed", "部门", u.as_str(), SHORT_TEXT_CHARS_MAX))
    }
}
