//! The night's work of a day; a day's runs once however often it is ordered.

use crate::command_context::CommandContext;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::error::Problem;
use crate::jobs::nightly;
use clap::Args;
use daiban_core::calendar::{Date, local_date};
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// Run the night's work of a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct NightRun {
    /// 哪一天（默认今天） · the day, today by default
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "2026-11-23", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    #[arg(long, value_name = "DATE", value_parser = typed::date)]
    pub on: Option<Date>,
}

impl Verb for NightRun {
    const ZH: &'static str = "夜间作业";
    const EN: &'static str = "run the night's work of a day";
    const ROLES: &'static [Role] = &[Role::Office, Role::Administrator];
    const OBJECT: &'static str = "日期 · date";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let on = self.on.unwrap_or_else(|| local_date(context.app.now()));
        let document = nightly(&context.app, on, |_| ()).await?.document();
        context.perform(format!("nightly/{on}"), move |_, _| Ok(document.clone())).await
    }
}
