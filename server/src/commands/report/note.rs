//! Notes over a draft; a section left out keeps its note.

use crate::app::{CaseGiven, GroupGiven};
use crate::command_context::CommandContext;
use crate::commands::staff::on_behalf;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::error::Problem;
use crate::reports;
use axum::http::StatusCode;
use clap::Args;
use daiban_core::calendar::Week;
use daiban_core::ids::PersonId;
use daiban_core::people::Role;
use daiban_messages::say::command::NoteIncomplete;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// Write notes over a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct ReportNote {
    /// 周次 · the week, such as 2026-W47
    #[schema(value_type = String, example = "2026-W47", pattern = "^[0-9]{4}-W[0-9]{2}$")]
    #[arg(long, value_parser = typed::week)]
    pub week: Week,
    /// 工作组；不写为全区周报 · the group; the district's report without it
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    #[arg(long, value_parser = typed::group)]
    pub group: Option<GroupGiven>,
    /// 代谁填写（仅办公室） · on whose behalf, the office only
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    #[arg(long = "for", value_name = "PERSON", value_parser = typed::person)]
    pub person: Option<PersonId>,
    /// 进展情况 · on progress
    #[serde(default)]
    #[arg(long)]
    pub progress: Option<String>,
    /// 存在问题 · on problems
    #[serde(default)]
    #[arg(long)]
    pub problems: Option<String>,
    /// 解决问题的建议 · on suggestions
    #[serde(default)]
    #[arg(long)]
    pub suggestions: Option<String>,
    /// 项目编号，与 --words 同用 · one project, with the words on it
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^([0-9a-f]{32}|[A-Za-z一-龥]{0,11}[〔（【(]?[0-9]{4}[〕）】)年_.-]第?[0-9]{1,6}号?)$")]
    #[arg(long, requires = "words", value_parser = typed::case)]
    pub case: Option<CaseGiven>,
    /// 该项目段落之后的说明，空白为删去 · what stands under the project's paragraph; blank takes it away
    #[serde(default)]
    #[arg(long, requires = "case")]
    pub words: Option<String>,
}

impl Verb for ReportNote {
    const ZH: &'static str = "在草稿上写文字说明";
    const EN: &'static str = "write notes over a draft";
    const ROLES: &'static [Role] = &[Role::Office, Role::GroupSpecialist, Role::DispatchLead];
    const OBJECT: &'static str = "周次/工作组 · week/group";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let ReportNote { week, group, person, progress, problems, suggestions, case, words } = self;
        let group = context.group(group.as_ref())?;
        let case = match (case, words) {
            (Some(case), Some(words)) => Some((context.case(case).await?, words)),
            (None, None) => None,
            _ => {
                return Err(Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "fields", NoteIncomplete));
            }
        };
        let context = on_behalf(context, person.as_ref(), &[Role::GroupSpecialist, Role::DispatchLead])?;
        reports::note(context, week, group, reports::Notation { progress, problems, suggestions, case }).await
    }
}
