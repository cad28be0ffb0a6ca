//! 现场踏勘.

use crate::fact::Sealed;
use crate::fact::kind::{Kind, Names};
use crate::ids::UnitId;
use crate::limits::WORK_LOG_TEXT_CHARS_MAX;
use crate::people::Group;
use daiban_derive::Kind;
use serde::{Deserialize, Serialize};

/// Somebody went to the project's site, with or without people of other units (R114).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Kind)]
#[serde(deny_unknown_fields)]
#[kind(name = "site_visited", zh = "现场踏勘", en = "site visited", clause = "四(四)4", since = 2)]
#[kind(who = [ChiefAgent, GroupSpecialist, UnitAgent], before_letter, public)]
pub struct SiteVisited {
    /// Whose report tells of it.
    #[field(zh = "工作组", en = "group", help_zh = "写入该组周报", help_en = "whose weekly report tells of it")]
    pub group: Group,
    /// What was found.
    #[field(zh = "踏勘情况", en = "findings", max = WORK_LOG_TEXT_CHARS_MAX as i64, lines)]
    pub findings: String,
    /// Minutes spent.
    #[field(zh = "用时", en = "time spent", min = 0, max = 1440, unit_zh = "分钟", unit_en = "minutes")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<i64>,
    /// Who came along.
    #[field(zh = "参加部门", en = "units present", public)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
    /// The enterprise's people who were met.
    #[field(zh = "接洽人员", en = "people met", help_zh = "加密保存", help_en = "stored sealed")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub met: Option<Sealed>,
}

impl Kind for SiteVisited {
    fn example() -> Self {
        SiteVisited {
            group: Group::Planning,
            findings: "场地已平整，红线内尚有一处电杆待迁".to_owned(),
            minutes: Some(90),
            units: vec!["drc".into()],
            met: None,
        }
    }

    fn sentence(&self, names: &dyn Names) -> String {
        let units: Vec<String> = self.units.iter().map(|unit| names.unit(unit)).collect();
        let present = if units.is_empty() { String::new() } else { format!("（{}参加）", units.join("、")) };
        format!("现场踏勘{present}：{}", self.findings)
    }

    fn group(&self) -> Option<Group> {
        Some(self.group)
    }
}
