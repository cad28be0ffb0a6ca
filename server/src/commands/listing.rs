//! Lists in parts: each has a limit, and the name of a row after which the next part begins.

use super::{CaseList, Command, DutyList, QuarantineList, ReportList};
use crate::error::Problem;
use axum::http::StatusCode;
use daiban_messages::say::command::AfterUnknown;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// Rows of a part when nobody says how many.
pub const ROWS_DEFAULT: u32 = 500;
/// The most rows of one part.
pub const ROWS_MAX: u32 = 1_000;

/// Which part of a list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Part {
    /// 条数 · how many rows, 1 to 1,000 (more are cut to that); 500 when absent
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<u64>, maximum = 4_294_967_295_u64)]
    pub limit: Option<u32>,
    /// 续页位置 · the name of the last row of the part before; the list begins at its beginning when absent
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl Part {
    /// How many rows this part has at most.
    pub fn rows(&self) -> u32 {
        self.limit.unwrap_or(ROWS_DEFAULT).clamp(1, ROWS_MAX)
    }

    /// One row more than it has: whether there is one tells whether more follows.
    pub(crate) fn and_one(&self) -> u32 {
        self.rows() + 1
    }

    /// Where it begins, read by `read`; a name that is none of the list's is refused.
    pub(crate) fn begins<T>(&self, read: impl FnOnce(&str) -> Result<Option<T>, Problem>) -> Result<Option<T>, Problem> {
        let Some(name) = &self.after else { return Ok(None) };
        let unknown = || Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "after_unknown", AfterUnknown);
        read(name)?.map(Some).ok_or_else(unknown)
    }
}

/// Some rows of a list.
pub(crate) struct Rows {
    /// In the list's order.
    pub(crate) rows: Vec<Value>,
    /// Whether others follow.
    pub(crate) more: bool,
}

impl Rows {
    /// A part from what was read for it, one row more than it has.
    pub(crate) fn of(part: &Part, mut read: Vec<Value>) -> Rows {
        let rows = part.rows() as usize;
        let more = read.len() > rows;
        read.truncate(rows);
        Rows { rows: read, more }
    }

    /// The name of the last row, if others follow it.
    pub(crate) fn next(&self) -> Option<String> {
        self.rows.last().filter(|_| self.more).and_then(name)
    }
}

/// The name of a row, from its document: its case, its duty, its report or its number.
fn name(row: &Value) -> Option<String> {
    let text = |field: &str| row[field].as_str();
    if let (Some(due), Some(key)) = (text("due_on"), text("key")) {
        return Some(format!("{due}~{}~{key}", text("case").unwrap_or_default()));
    }
    if let Some(week) = text("week") {
        return Some(format!("{week}~{}", text("group").unwrap_or_default()));
    }
    row["no"].as_i64().map(|no| no.to_string()).or_else(|| text("case").map(str::to_owned))
}

impl Command {
    /// The command for what may follow the rows that answered this one; `None` if it is no list or they were its last.
    pub fn following(&self, rows: &[Value]) -> Option<Command> {
        let next = |part: &Part| {
            let after = rows.last().filter(|_| rows.len() >= part.rows() as usize).and_then(name)?;
            Some(Part { after: Some(after), limit: part.limit })
        };
        match self {
            Command::CaseList(CaseList(part)) => next(part).map(|part| CaseList(part).into()),
            Command::QuarantineList(QuarantineList(part)) => next(part).map(|part| QuarantineList(part).into()),
            Command::ReportList(ReportList(part)) => next(part).map(|part| ReportList(part).into()),
            Command::DutyList(DutyList(part)) => next(part).map(|part| DutyList(part).into()),
            _ => None,
        }
    }
}
