//! Every due date that numbers would move, before anybody orders them.

use super::proposal::Proposal;
use crate::command_context::CommandContext;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::commands::words::with_words;
use crate::error::Problem;
use clap::Args;
use daiban_core::people::Role;
use daiban_core::rules::Ordered;
use daiban_messages::say::command_rules::NumbersPreviewed;
use daiban_messages::{Both, Say};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// What setting these numbers would move; nothing is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct PolicyPreview {
    /// 参数文件（JSON） · the settings; `document` and `effective` may stand among them
    #[schema(value_type = Object)]
    #[arg(value_name = "FILE", value_parser = typed::json_file)]
    pub policy: Value,
    /// 文号，如政办发〔2026〕3号 · number of the document that orders it
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[arg(long)]
    pub document: Option<String>,
    /// 施行日期，如2026-12-01 · the first day on which it holds
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[arg(long, value_name = "DATE")]
    pub effective: Option<String>,
    /// 条数 · how many rows, 1 to 500; 500 when absent
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 4_294_967_295_u64)]
    #[arg(long)]
    pub limit: Option<u32>,
    /// 续页位置 · the `no` of the last row of the part before
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 4_294_967_295_u64)]
    #[arg(long)]
    pub after: Option<u32>,
}

impl Verb for PolicyPreview {
    const ZH: &'static str = "预览调整规则参数会变动哪些截止日，不作改动";
    const EN: &'static str = "show which due dates the settings would move; nothing is kept";
    const ROLES: &'static [Role] = &[Role::Office, Role::Administrator];
    const OBJECT: &'static str = "规则参数 · the settings";
    const READS: bool = true;
    const EXAMPLE: &'static str = "daiban policy preview --document 政办发〔2026〕3号 --effective 2026-12-01 numbers.json";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let with = Ordered { document: self.document.as_deref(), effective: self.effective.as_deref() };
        let proposal = Proposal::weigh(&context, &self.policy, with).await?;
        let (document, count) = (&proposal.policy.document, proposal.moves.count());
        let objection = proposal.objection(false);
        let code = objection.as_ref().map(|problem| problem.code);
        let objection =
            objection.map_or_else(Both::default, |problem| Both::new(problem.detail, format!(" {}", problem.detail_en)));
        let said = NumbersPreviewed { document, from: proposal.first_day(), count, objection }.say();
        let answer = with_words(json!({ "preview": true, "policy": proposal.policy, "objection": code }), said);
        Ok(proposal.moves.tell(answer, self.limit, self.after))
    }
}
