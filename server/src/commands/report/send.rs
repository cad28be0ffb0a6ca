//! The frozen district report goes to the district government, with its copy to the office (R107).

use crate::command_context::CommandContext;
use crate::commands::staff::on_behalf;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::error::Problem;
use crate::reports;
use clap::Args;
use daiban_core::calendar::Week;
use daiban_core::ids::PersonId;
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// Send the frozen district report, with its copy to the office.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct ReportSend {
    /// 周次 · the week, such as 2026-W47
    #[schema(value_type = String, example = "2026-W47", pattern = "^[0-9]{4}-W[0-9]{2}$")]
    #[arg(long, value_parser = typed::week)]
    pub week: Week,
    /// 代谁报送（仅办公室） · on whose behalf, the office only
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    #[arg(long = "for", value_name = "PERSON", value_parser = typed::person)]
    pub person: Option<PersonId>,
}

impl Verb for ReportSend {
    const ZH: &'static str = "报送全区周报并抄送办公室";
    const EN: &'static str = "send the frozen district report, with its copy to the office";
    const ROLES: &'static [Role] = &[Role::DispatchLead, Role::Office];
    const OBJECT: &'static str = "周次/工作组 · week/group";
    type Line = Self;

    fn who(&self) -> &'static [Role] {
        if self.person.is_some() { Self::ROLES } else { &[Role::DispatchLead] }
    }

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let context = on_behalf(context, self.person.as_ref(), &[Role::DispatchLead])?;
        reports::send(context, self.week).await
    }
}
