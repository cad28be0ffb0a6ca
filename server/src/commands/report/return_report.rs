//! 退回: a confirmed group report goes back to its specialist.

use crate::app::GroupGiven;
use crate::command_context::CommandContext;
use crate::commands::staff::require_reason;
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

/// Send a confirmed group report back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct ReportReturn {
    /// 周次 · the week, such as 2026-W47
    #[schema(value_type = String, example = "2026-W47", pattern = "^[0-9]{4}-W[0-9]{2}$")]
    #[arg(long, value_parser = typed::week)]
    pub week: Week,
    /// 工作组 · the group
    #[schema(value_type = String)]
    #[arg(long, value_parser = typed::group)]
    pub group: GroupGiven,
    /// 退回原因，写明须更正之处 · what is to be mended
    #[schema(min_length = 1, max_length = 200)]
    #[arg(long)]
    pub reason: String,
}

impl Verb for ReportReturn {
    const ZH: &'static str = "退回工作组已确认的周报";
    const EN: &'static str = "send a confirmed group report back, before the district's goes out";
    const ROLES: &'static [Role] = &[Role::Office, Role::DispatchLead, Role::GroupSpecialist];
    const OBJECT: &'static str = "周次/工作组 · week/group";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let ReportReturn { week, group, reason } = self;
        let Some(group) = context.group(Some(&group))? else { return Err(Problem::not_found("", "group")) };
        require_reason(&reason)?;
        reports::send_back(context, week, group, reason).await
    }
}
