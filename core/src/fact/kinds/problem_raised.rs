//! 反映问题: what an agent cannot solve alone.

use crate::fact::kind::{Kind, Names};
use crate::ids::UnitId;
use crate::limits::WORK_LOG_TEXT_CHARS_MAX;
use crate::people::Group;
use daiban_derive::Kind;
use serde::{Deserialize, Serialize};

/// 推进中遇到的问题, for the lead unit of the stage's group (R087, R204).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Kind)]
#[serde(deny_unknown_fields)]
#[kind(name = "problem_raised", zh = "反映问题", en = "problem raised", clause = "四(三)；三(四)", since = 1)]
#[kind(who = [ChiefAgent, GroupSpecialist, UnitAgent], before_letter)]
pub struct ProblemRaised {
    /// 存在问题.
    #[field(zh = "存在问题", en = "problem", max = WORK_LOG_TEXT_CHARS_MAX as i64, lines)]
    pub text: String,
    /// The group whose lead unit is asked.
    #[field(zh = "请求解决的工作组", en = "asked of")]
    pub group: Group,
    /// 需要参会的其他部门.
    #[field(zh = "需要参会的其他部门", en = "units needed")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units_needed: Vec<UnitId>,
    /// 解决问题的建议.
    #[field(zh = "解决问题的建议", en = "suggestion")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

impl Kind for ProblemRaised {
    fn example() -> Self {
        ProblemRaised {
            text: "用地指标不足".to_owned(),
            group: Group::Planning,
            units_needed: vec!["drc".into()],
            suggestion: Some("申请区级统筹指标".to_owned()),
        }
    }

    fn sentence(&self, names: &dyn Names) -> String {
        if self.units_needed.is_empty() {
            return self.text.clone();
        }
        let units: Vec<String> = self.units_needed.iter().map(|unit| names.unit(unit)).collect();
        let text = self.text.trim_end().trim_end_matches(['。', '；']);
        format!("{text}，需{}参会研究", units.join("、"))
    }

    fn group(&self) -> Option<Group> {
        Some(self.group)
    }
}
