//! A State Council notice as a calendar edition. Open duties keep the later of old and new due date.

use crate::command_context::CommandContext;
use crate::commands::moves::Moves;
use crate::commands::settings::{held, must_still_be, settled};
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::commands::words::with_words;
use crate::db::sql::calendar;
use crate::error::Problem;
use crate::watch::compute_dirty;
use clap::Args;
use daiban_core::calendar::{Edition, EditionError};
use daiban_core::people::Role;
use daiban_messages::Say;
use daiban_messages::say::command_rules::{EditionImported, EditionPreviewed};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Take in a notice, or only show which due dates would move.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct CalendarImport {
    /// 放假安排文件（JSON） · the edition, as in `core/data/calendar/2026.json`
    #[schema(value_type = Object)]
    #[arg(value_name = "FILE", value_parser = typed::json_file)]
    pub edition: Value,
    /// 只预览，不导入 · only show what would move
    #[serde(default)]
    #[arg(long)]
    pub preview: bool,
    /// 续页位置 · the `no` of the last row of the part before
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 4_294_967_295_u64)]
    #[arg(long)]
    pub after: Option<u32>,
}

impl Verb for CalendarImport {
    const ZH: &'static str = "导入国务院办公厅放假通知";
    const EN: &'static str = "take in a notice, or only show which due dates would move";
    const ROLES: &'static [Role] = &[Role::Office, Role::Administrator];
    const OBJECT: &'static str = "年度 · year of the edition";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let CalendarImport { edition, preview, after } = self;
        let app = context.app.clone();
        let edition = Edition::from_json(&edition.to_string()).map_err(|e| refused(&e))?;
        let (before, rules) = held(&app)?;
        let new = rules.calendar().with_edition(edition.clone()).map_err(|e| refused(&e))?;
        let (year, version, now) = (edition.year, new.version(), app.now());
        let next = rules.clone().with_calendar(now, new);
        let moves = Moves::between(&app, rules, next, now).await?;
        let count = moves.count();
        if preview {
            let answer = json!({ "preview": true, "year": year, "calendar": version });
            let answer = with_words(answer, EditionPreviewed { year, count }.say());
            return Ok(moves.tell(answer, None, after));
        }
        compute_dirty(&app).await?;
        let by = context.by.id.clone();
        let document = context
            .perform(format!("edition/{year}"), move |tx, now| {
                must_still_be(tx, before)?;
                calendar::insert(tx, &edition, now, by.as_str())?;
                let answer = json!({ "preview": false, "year": year, "calendar": version, "result": version });
                Ok(moves.tell(with_words(answer, EditionImported { year, count }.say()), None, after))
            })
            .await?;
        settled(&app).await?;
        Ok(document)
    }
}

fn refused(error: &EditionError) -> Problem {
    Problem::unprocessable("edition_refused", error.zh(), error.to_string())
}
