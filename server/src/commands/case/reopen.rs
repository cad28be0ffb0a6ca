//! `CaseReopen`: 登记有误.

use super::close::decide;
use crate::app::CaseGiven;
use crate::command_context::CommandContext;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::error::Problem;
use clap::Args;
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// Let a case go on that was closed as registered by mistake.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct CaseReopen {
    /// 项目编号（如〔2026〕17号） · the case by its number or id
    #[schema(value_type = String, pattern = "^([0-9a-f]{32}|[A-Za-z一-龥]{0,11}[〔（【(]?[0-9]{4}[〕）】)年_.-]第?[0-9]{1,6}号?)$")]
    #[arg(value_parser = typed::case)]
    pub case: CaseGiven,
    /// 理由 · reason
    #[schema(min_length = 1, max_length = 200)]
    #[arg(long)]
    pub reason: String,
}

impl Verb for CaseReopen {
    const ZH: &'static str = "恢复办理误关的项目";
    const EN: &'static str = "let a closed case go on";
    const ROLES: &'static [Role] = &[Role::Office];
    const OBJECT: &'static str = "项目编号 · case id";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let case = context.case(self.case).await?;
        decide(context, case, self.reason, false).await
    }
}
