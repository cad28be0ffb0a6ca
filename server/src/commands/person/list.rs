//! `PersonList`: an answer of what is kept.

use crate::command_context::CommandContext;
use crate::commands::told::Told;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::commands::words::with_words;
use crate::db::sql::directory;
use crate::error::Problem;
use clap::Args;
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// All staff.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Args)]
pub struct PersonList {}

impl Verb for PersonList {
    const ZH: &'static str = "所有工作人员";
    const EN: &'static str = "all staff";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "所有工作人员 · all staff";
    const READS: bool = true;
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        context
            .answer(|app, conn| {
                let told = Told::read(conn, app.now())?;
                Ok(directory::people(conn)?.iter().map(|row| with_words(json!(row), told.staff(row))).collect())
            })
            .await
    }
}
