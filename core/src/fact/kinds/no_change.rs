//! 本周无变化.

use crate::calendar::{Date, Week};
use crate::fact::kind::{Kind, Names};
use daiban_derive::Kind;
use serde::{Deserialize, Serialize};

/// 本周无变化: the explicit weekly answer when there is nothing to report (R105, W6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Kind)]
#[serde(deny_unknown_fields)]
#[kind(name = "no_change", zh = "本周无变化", en = "no change this week", clause = "四(四)3", since = 1)]
#[kind(who = [ChiefAgent, GroupSpecialist, UnitAgent])]
pub struct NoChange {
    /// The week it speaks for.
    #[field(zh = "周次", en = "week", filled = Week, help_zh = "如 2026-W47，或该周任一天", rules)]
    #[field(help_en = "such as 2026-W47, or one of its days")]
    pub week: Week,
    /// A word of explanation.
    #[field(zh = "说明", en = "note")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Kind for NoChange {
    fn example() -> Self {
        let day = Date::from_ymd_opt(2026, 11, 20).unwrap_or_default();
        NoChange { week: Week::of(day), note: Some("等待环评批复".to_owned()) }
    }

    fn sentence(&self, _: &dyn Names) -> String {
        match &self.note {
            Some(note) => format!("{}无变化（{note}）", self.week.name_zh()),
            None => format!("{}无变化", self.week.name_zh()),
        }
    }
}
