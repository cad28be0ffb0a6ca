//! `CalendarList`: an answer of what is kept.

use crate::command_context::CommandContext;
use crate::commands::told::Told;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::commands::words::{name, with_words};
use crate::db::Connection;
use crate::db::sql::calendar;
use crate::error::Problem;
use clap::Args;
use daiban_core::calendar::Calendar;
use daiban_core::people::Role;
use daiban_messages::Say;
use daiban_messages::say::command_rules as say;
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
            let notice = edition.citation().map_or_else(|| say::EditionUnpublished.say().into(), name);
            let said = say::Edition { year: edition.year, notice, days: edition.makeup_days().count() };
            let row = json!({ "year": edition.year, "status": edition.status, "notices": edition.notices });
            with_words(row, said.say())
        })
        .collect();
    let told = Told::read(conn, now)?;
    let imports: Vec<Value> = calendar::list(conn)?.iter().map(|row| with_words(json!(row), told.import(row))).collect();
    Ok(json!({ "calendar": held.version(), "editions": editions, "imports": imports }))
}
