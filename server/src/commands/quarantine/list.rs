//! `QuarantineList`: a part of a list.

use crate::command_context::CommandContext;
use crate::commands::Part;
use crate::commands::verb::{EVERYBODY, NoLine, Verb};
use crate::commands::view::quarantine_list;
use crate::error::Problem;
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::PartialSchema;
use utoipa::openapi::{RefOr, Schema};

/// What lies in quarantine, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuarantineList(pub Part);

impl PartialSchema for QuarantineList {
    fn schema() -> RefOr<Schema> {
        Part::schema()
    }
}

impl From<NoLine> for QuarantineList {
    fn from(_: NoLine) -> QuarantineList {
        QuarantineList::default()
    }
}

impl Verb for QuarantineList {
    const ZH: &'static str = "暂存的记录，新的在前";
    const EN: &'static str = "what lies in quarantine, newest first";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "暂存区 · the quarantine";
    const READS: bool = true;
    type Line = NoLine;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        context.answer(move |app, conn| Ok(Value::Array(quarantine_list(conn, &self.0, &app.titles, app.now())?.rows))).await
    }
}
