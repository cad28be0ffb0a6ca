//! `AuditList`: an answer of what is kept.

use crate::command_context::CommandContext;
use crate::commands::told::Told;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::commands::words::with_words;
use crate::db::sql::audit;
use crate::error::Problem;
use clap::Args;
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// The most rows that are given at once.
const ROWS_MAX: u32 = 10_000;

fn fifty() -> u32 {
    50
}

/// The newest rows of the audit log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct AuditList {
    /// 条数 · how many rows, newest first
    #[serde(default = "fifty")]
    #[schema(value_type = u64, maximum = 4_294_967_295_u64)]
    #[arg(long, default_value_t = fifty())]
    pub limit: u32,
}

impl Verb for AuditList {
    const ZH: &'static str = "操作日志，新的在前";
    const EN: &'static str = "the newest rows of the audit log";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "操作日志 · the audit log";
    const READS: bool = true;
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        context
            .answer(move |app, conn| {
                let mut told = Told::read(conn, app.now())?.knowing(&app.titles);
                let rows = audit::newest(conn, self.limit.min(ROWS_MAX))?;
                Ok(rows.iter().map(|row| with_words(json!(row), told.act(row))).collect())
            })
            .await
    }
}
