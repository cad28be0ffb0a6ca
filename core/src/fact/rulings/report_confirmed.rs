//! 周报确认.

use crate::calendar::{Date, Week};
use crate::people::Group;
use daiban_derive::Ruling;
use serde::{Deserialize, Serialize};

/// The weekly report of a group that covers this case was confirmed (R105).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Ruling)]
#[serde(deny_unknown_fields)]
#[kind(name = "report_confirmed", zh = "周报确认", en = "report confirmed", clause = "四(四)3", since = 1)]
#[kind(who = [GroupSpecialist, DispatchLead], before_letter)]
pub struct ReportConfirmed {
    /// The group whose specialist confirmed.
    #[field(zh = "工作组", en = "group")]
    pub group: Group,
    /// The last week the report covers.
    #[field(zh = "周次", en = "week")]
    pub week: Week,
    /// SHA-256 of the frozen report, hex.
    #[field(zh = "周报摘要值", en = "digest of the report")]
    pub report: String,
}

impl ReportConfirmed {
    pub(super) fn example() -> Self {
        let week = Week::of(Date::from_ymd_opt(2026, 11, 20).unwrap_or_default());
        ReportConfirmed { group: Group::Planning, week, report: "ab".repeat(32) }
    }
}
