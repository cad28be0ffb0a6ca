//! `ReportList`: a part of a list.

use crate::command_context::CommandContext;
use crate::commands::Part;
use crate::commands::verb::{EVERYBODY, NoLine, Verb};
use crate::commands::view::report_list;
use crate::error::Problem;
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::PartialSchema;
use utoipa::openapi::{RefOr, Schema};

/// Reports, newest week first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReportList(pub Part);

impl PartialSchema for ReportList {
    fn schema() -> RefOr<Schema> {
        Part::schema()
    }
}

impl From<NoLine> for ReportList {
    fn from(_: NoLine) -> ReportList {
        ReportList::default()
    }
}

impl Verb for ReportList {
    const ZH: &'static str = "周报列表，近的在前";
    const EN: &'static str = "reports, newest week first";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "所有周报 · all reports";
    const READS: bool = true;
    type Line = NoLine;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        context.answer(move |_, conn| Ok(Value::Array(report_list(conn, &self.0)?.rows))).await
    }
}
