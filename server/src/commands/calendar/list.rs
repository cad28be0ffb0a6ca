//! `CalendarList`: an answer of what is kept.

use crate::command_context::CommandContext;
use crate::commands::told::Told;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::commands::view::with_zh;
use crate::db::Connection;
use crate::db::sql::calendar;
use crate::error::Problem;
use clap::Args;
use daiban_core::calendar::Calendar;
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// The calendar editions held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Args)]
pub struct CalendarList {}

impl Verb for CalendarList {
    const ZH: &'static str = "已有的放假安排";
    const EN: &'static str = "the calendar editions held";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "放假安排 · calendar editions";
    const READS: bool = true;
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        context.answer(|app, conn| calendar_list(conn, &app.reference(conn)?.calendar, app.now())).await
    }
}

/// The editions held, with their notices and imports.
fn calendar_list(conn: &Connection, held: &Calendar, now: i64) -> Result<Value, Problem> {
    let editions: Vec<Value> = held
        .editions()
        .map(|edition| {
            let notice = edition.citation().unwrap_or_else(|| "尚未公布，仅法定节假日".to_owned());
            let makeup = edition.makeup_days().count();
            let zh = format!("{}年：{notice}，调休上班{makeup}天", edition.year);
            json!({ "year": edition.year, "status": edition.status, "notices": edition.notices, "zh": zh })
        })
        .collect();
    let told = Told::read(conn, now)?;
    let imports: Vec<Value> = calendar::list(conn)?.iter().map(|row| with_zh(json!(row), told.import(row))).collect();
    Ok(json!({ "calendar": held.version(), "editions": editions, "imports": imports }))
}
