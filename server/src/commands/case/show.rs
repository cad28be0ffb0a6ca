//! `CaseShow`: an answer of what is kept.

use crate::app::CaseGiven;
use crate::command_context::CommandContext;
use crate::commands::typed;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::commands::view::case_show;
use crate::error::Problem;
use clap::Args;
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// One case with its facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct CaseShow {
    /// 项目编号（如〔2026〕17号） · the case by its number or id
    #[schema(value_type = String, pattern = "^([0-9a-f]{32}|[A-Za-z一-龥]{0,11}[〔（【(]?[0-9]{4}[〕）】)年_.-]第?[0-9]{1,6}号?)$")]
    #[arg(value_parser = typed::case)]
    pub case: CaseGiven,
}

impl Verb for CaseShow {
    const ZH: &'static str = "查看一个项目";
    const EN: &'static str = "one case with its facts";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "项目 · a case";
    const READS: bool = true;
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        context.answer(move |app, conn| case_show(conn, self.case.find(conn)?, app.now())).await
    }
}
