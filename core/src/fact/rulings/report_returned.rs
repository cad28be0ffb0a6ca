//! 周报退回.

use crate::calendar::{Date, Week};
use crate::people::Group;
use daiban_derive::Ruling;
use serde::{Deserialize, Serialize};

/// The confirmed weekly report of a group was sent back before the district's went out: its confirmation counts no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Ruling)]
#[serde(deny_unknown_fields)]
#[kind(name = "report_returned", zh = "周报退回", en = "report sent back", clause = "四(四)3", since = 3)]
#[kind(who = [Office, DispatchLead, GroupSpecialist], before_letter)]
pub struct ReportReturned {
    /// The group whose report it is.
    #[field(zh = "工作组", en = "group")]
    pub group: Group,
    /// The last week the report covers.
    #[field(zh = "周次", en = "week")]
    pub week: Week,
    /// SHA-256 of the frozen report that was sent back, hex: no other confirmation is meant.
    #[field(zh = "周报摘要值", en = "digest of the report")]
    pub report: String,
}

impl ReportReturned {
    pub(super) fn example() -> Self {
        let week = Week::of(Date::from_ymd_opt(2026, 11, 20).unwrap_or_default());
        ReportReturned { group: Group::Planning, week, report: "ab".repeat(32) }
    }
}
