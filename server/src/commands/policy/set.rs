//! The numbers that the plan fixes or leaves open, set by a document from a day on; their number follows the one decided last.

use super::proposal::Proposal;
use crate::command_context::CommandContext;
use crate::commands::settings::{must_still_be, settled};
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::commands::words::with_words;
use crate::db::sql::policy;
use crate::error::Problem;
use crate::watch::compute_dirty;
use clap::Args;
use daiban_core::people::Role;
use daiban_core::rules::Ordered;
use daiban_messages::Say;
use daiban_messages::say::command_rules::NumbersSet;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Set the settings; what is left out keeps the plan's default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct PolicySet {
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
    /// 已核对过去的施行日期 · a first day that is over was checked
    #[serde(default)]
    #[arg(long)]
    pub sure: bool,
}

impl Verb for PolicySet {
    const ZH: &'static str = "依据文件调整规则参数，自施行日期起适用；未列出的恢复实施方案的数值";
    const EN: &'static str = "set the settings by a document from a day on; what is left out keeps the plan's default";
    const ROLES: &'static [Role] = &[Role::Office, Role::Administrator];
    const OBJECT: &'static str = "参数版本号 · number of the settings";
    const EXAMPLE: &'static str = "daiban policy set --document 政办发〔2026〕3号 --effective 2026-12-01 numbers.json";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let app = context.app.clone();
        let with = Ordered { document: self.document.as_deref(), effective: self.effective.as_deref() };
        let proposal = Proposal::weigh(&context, &self.policy, with).await?;
        if let Some(problem) = proposal.objection(self.sure) {
            return Err(problem);
        }
        compute_dirty(&app).await?;
        let by = context.by.id.clone();
        let document = context
            .perform(format!("policy/{}", proposal.policy.number), move |tx, now| {
                let Proposal { policy, moves, before, .. } = &proposal;
                must_still_be(tx, *before)?;
                policy::insert(tx, policy, now, by.as_str())?;
                let (number, document, count) = (policy.number, &policy.document, moves.count());
                let said = NumbersSet { number, document, from: proposal.first_day(), count }.say();
                let answer = with_words(json!({ "policy": policy, "result": number.to_string() }), said);
                Ok(moves.tell(answer, None, None))
            })
            .await?;
        settled(&app).await?;
        Ok(document)
    }
}
