//! The settings that the plan leaves open; their number follows the one in force.

use crate::command_context::CommandContext;
use crate::commands::settings::{held, moved, must_still_be, settled};
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::db::sql::policy;
use crate::error::Problem;
use crate::watch::{Era, compute_dirty};
use clap::Args;
use daiban_core::people::Role;
use daiban_core::rules::Policy;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Set the settings; what is left out keeps the plan's default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct PolicySet {
    /// 参数文件（JSON） · the settings
    #[schema(value_type = Object)]
    #[arg(value_name = "FILE", value_parser = typed::json_file)]
    pub policy: Value,
}

impl Verb for PolicySet {
    const ZH: &'static str = "以文件内容为新的规则参数";
    const EN: &'static str = "set the settings; what is left out keeps the plan's default";
    const ROLES: &'static [Role] = &[Role::Office, Role::Administrator];
    const OBJECT: &'static str = "参数版本号 · number of the settings";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let settings = self.policy;
        let app = context.app.clone();
        let refused = |e: daiban_core::rules::PolicyError| Problem::unprocessable("policy_refused", e.zh(), e.to_string());
        let mut policy = Policy::from_json(&settings.to_string()).map_err(refused)?;
        let (before, held) = held(&app)?;
        policy.number = held.policy.number.saturating_add(1);
        let (calendar, since) = (held.calendar.clone(), app.now());
        let moved = moved(&app, Era { since, calendar, policy: policy.clone() }).await?;
        compute_dirty(&app).await?;
        let by = context.by.id.clone();
        let document = context
            .perform(format!("policy/{}", policy.number), move |tx, now| {
                must_still_be(tx, before)?;
                policy::insert(tx, &policy, now, by.as_str())?;
                Ok(json!({
                    "policy": policy, "moved": moved, "result": policy.number.to_string(),
                    "zh": format!("第{}号规则参数已生效，{}项截止日变动。", policy.number, moved.len()),
                    "en": format!("policy {} is in force; {} due dates moved", policy.number, moved.len()),
                }))
            })
            .await?;
        settled(&app).await?;
        Ok(document)
    }
}
