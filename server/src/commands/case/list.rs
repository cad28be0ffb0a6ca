//! `CaseList`: a part of a list.

use crate::command_context::CommandContext;
use crate::commands::Part;
use crate::commands::verb::{EVERYBODY, NoLine, Verb};
use crate::commands::view::case_list;
use crate::error::Problem;
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::PartialSchema;
use utoipa::openapi::{RefOr, Schema};

/// Cases, short, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseList(pub Part);

impl PartialSchema for CaseList {
    fn schema() -> RefOr<Schema> {
        Part::schema()
    }
}

impl From<NoLine> for CaseList {
    fn from(_: NoLine) -> CaseList {
        CaseList::default()
    }
}

impl Verb for CaseList {
    const ZH: &'static str = "项目列表，先建的在前";
    const EN: &'static str = "cases, short, oldest first";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "所有项目 · all cases";
    const READS: bool = true;
    type Line = NoLine;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        context.answer(move |app, conn| Ok(Value::Array(case_list(conn, &self.0, app.now())?.rows))).await
    }
}
