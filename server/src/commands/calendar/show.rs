//! `CalendarShow`: an edition as its file has it, to be filled in for another year.

use crate::command_context::CommandContext;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::commands::words::missing;
use crate::error::Problem;
use clap::Args;
use daiban_core::people::Role;
use daiban_messages::say::command::Edition;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// One calendar edition, as a file for `calendar import`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct CalendarShow {
    /// 年度 · the year
    #[schema(value_type = i64, minimum = 1900, maximum = 2200)]
    pub year: i32,
}

impl Verb for CalendarShow {
    const ZH: &'static str = "一个年度的放假安排，加 --json 即为导入用的文件样例";
    const EN: &'static str = "one edition; with --json it is a file for calendar import";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "年度 · year of the edition";
    const READS: bool = true;
    const EXAMPLE: &'static str = "daiban --json calendar show 2026 > 2027.json";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        context
            .answer(move |app, conn| {
                let reference = app.reference(conn)?;
                let mut held = reference.calendar.editions();
                let edition = held.find(|edition| edition.year == self.year);
                edition.map(|edition| json!(edition)).ok_or_else(|| missing(Edition))
            })
            .await
    }
}
