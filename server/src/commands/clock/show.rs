//! What is known of the server's clock.

use crate::app::ClockState;
use crate::command_context::CommandContext;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::commands::words::with_words;
use crate::db::sql::clocks;
use crate::error::Problem;
use clap::Args;
use daiban_core::calendar::local_stamp;
use daiban_core::people::Role;
use daiban_messages::Say;
use daiban_messages::say::command_rules::ClockRight;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// What can be said of the server's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Args)]
pub struct ClockShow {}

impl Verb for ClockShow {
    const ZH: &'static str = "查看服务器时钟";
    const EN: &'static str = "what can be said of the server's clock";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "服务器时钟 · the server's clock";
    const READS: bool = true;
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let app = context.app;
        let (now, known) = (app.now(), app.known_time());
        let declared = app.db.read(clocks::list)?;
        let state = match app.clock_state() {
            ClockState::Right => "right",
            ClockState::Behind { .. } => "clock_behind",
            ClockState::Ahead { .. } => "clock_ahead",
        };
        let mut document = json!({ "state": state, "now": now, "newest": known.newest, "declared_wrong": declared });
        match app.clock_problem() {
            None => Ok(with_words(document, ClockRight { now: local_stamp(now) }.say())),
            Some(problem) => {
                (document["zh"], document["en"]) = (json!(problem.detail), json!(problem.detail_en));
                Ok(document)
            }
        }
    }
}
