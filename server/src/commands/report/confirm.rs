//! Confirming a draft freezes it (R105, R106).

use crate::app::GroupGiven;
use crate::command_context::CommandContext;
use crate::commands::staff::on_behalf;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::error::Problem;
use crate::reports::{self, Confirmation};
use clap::Args;
use daiban_core::calendar::Week;
use daiban_core::ids::PersonId;
use daiban_core::people::Role;
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
    #[arg(long, value_parser = typed::group)]
    pub group: Option<GroupGiven>,
    /// 代谁确认（仅办公室） · on whose behalf, the office only
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    #[arg(long = "for", value_name = "PERSON", value_parser = typed::person)]
    pub person: Option<PersonId>,
    /// 所核对文本的摘要，至少前8位 · the hash of the text that was read, as report show tells it; at least 8 digits
    #[arg(long)]
    pub hash: String,
    /// 已知缺报的组、人员和章节，按现有内容确认 · confirm although groups, agents or sections are missing; the text names them
    #[serde(default)]
    #[arg(long)]
    pub without_missing: bool,
}

impl Verb for ReportConfirm {
    const ZH: &'static str = "确认周报并定稿";
    const EN: &'static str = "confirm and freeze a draft: the group's specialist, for the district the dispatch lead";
    const ROLES: &'static [Role] = &[Role::GroupSpecialist, Role::DispatchLead, Role::Office];
    const OBJECT: &'static str = "周次/工作组 · week/group";
    type Line = Self;

    fn who(&self) -> &'static [Role] {
        match (&self.group, &self.person) {
            (Some(_), None) => &[Role::GroupSpecialist],
            (Some(_), Some(_)) => &[Role::GroupSpecialist, Role::Office],
            (None, None) => &[Role::DispatchLead],
            (None, Some(_)) => &[Role::DispatchLead, Role::Office],
        }
    }

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let ReportConfirm { week, group, person, hash, without_missing } = self;
        let group = context.group(group.as_ref())?;
        let answers = if group.is_some() { Role::GroupSpecialist } else { Role::DispatchLead };
        let context = on_behalf(context, person.as_ref(), &[answers])?;
        reports::confirm(context, Confirmation { week, group, hash, without_missing }).await
    }
}
