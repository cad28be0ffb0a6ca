//! Drawing up a report; may be repeated until it is confirmed.

use crate::app::GroupGiven;
use crate::command_context::CommandContext;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::error::Problem;
use crate::reports;
use clap::Args;
use daiban_core::calendar::Week;
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// Draw up a report, may be repeated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct ReportDraft {
    /// 周次 · the week, such as 2026-W47
    #[schema(value_type = String, example = "2026-W47", pattern = "^[0-9]{4}-W[0-9]{2}$")]
    #[arg(long, value_parser = typed::week)]
    pub week: Week,
    /// 工作组；不写为全区周报 · the group; the district's report without it
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    #[arg(long, value_parser = typed::group)]
    pub group: Option<GroupGiven>,
}

impl Verb for ReportDraft {
    const ZH: &'static str = "起草周报（可重复）";
    const EN: &'static str = "draw up a report, may be repeated";
    const ROLES: &'static [Role] = &[Role::Office, Role::GroupSpecialist, Role::DispatchLead];
    const OBJECT: &'static str = "周次/工作组 · week/group";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let group = context.group(self.group.as_ref())?;
        reports::draft(context, self.week, group).await
    }
}
