//! `ReportShow`: an answer of what is kept.

use crate::app::GroupGiven;
use crate::command_context::CommandContext;
use crate::commands::typed;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::commands::view::report_show;
use crate::error::Problem;
use clap::Args;
use daiban_core::calendar::Week;
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// One report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct ReportShow {
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

impl Verb for ReportShow {
    const ZH: &'static str = "查看一期周报";
    const EN: &'static str = "one report";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "周报 · a report";
    const READS: bool = true;
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let group = context.group(self.group.as_ref())?;
        context.answer(move |_, conn| report_show(conn, self.week, group)).await
    }
}
