//! `PolicyShow`: an answer of what is kept.

use crate::command_context::CommandContext;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::error::Problem;
use clap::Args;
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// The settings in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Args)]
pub struct PolicyShow {}

impl Verb for PolicyShow {
    const ZH: &'static str = "查看规则参数";
    const EN: &'static str = "the settings in force";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "规则参数 · the settings";
    const READS: bool = true;
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        context.answer(|app, conn| Ok(json!(app.reference(conn)?.policy))).await
    }
}
