//! Confirming a draft freezes it (R105, R106).

use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::deed::Deed;
use crate::error::Problem;
use crate::reports;
use clap::Args;
use daiban_core::calendar::Week;
use daiban_core::people::{Group, Role};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// Confirm and freeze a draft: the group's specialist, for the district the dispatch lead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct ReportConfirm {
    /// 周次 · the week, such as 2026-W47
    #[schema(value_type = String, example = "2026-W47", pattern = "^[0-9]{4}-W[0-9]{2}$")]
    #[arg(long, value_parser = typed::week)]
    pub week: Week,
    /// 工作组；不写为全区周报 · the group; the district's report without it
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    #[arg(long, value_parser = typed::named::<Group>)]
    pub group: Option<Group>,
}

impl Verb for ReportConfirm {
    const ZH: &'static str = "确认定稿周报";
    const EN: &'static str = "confirm and freeze a draft: the group's specialist, for the district the dispatch lead";
    const ROLES: &'static [Role] = &[Role::GroupSpecialist, Role::DispatchLead];
    const OBJECT: &'static str = "周次/工作组 · week/group";
    type Line = Self;

    fn who(&self) -> &'static [Role] {
        if self.group.is_some() { &[Role::GroupSpecialist] } else { &[Role::DispatchLead] }
    }

    async fn run(self, deed: Deed) -> Result<Value, Problem> {
        reports::confirm(deed, self.week, self.group).await
    }
}
