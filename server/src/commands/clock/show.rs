//! What is known of the server's clock.

use crate::app::ClockState;
use crate::command_context::CommandContext;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::db::sql::clocks;
use crate::error::Problem;
use clap::Args;
use daiban_core::calendar::local_stamp;
use daiban_core::people::Role;
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
        let problem = app.clock_problem();
        let fine = || format!("服务器时间正常：{}（北京时间）。", local_stamp(now));
        Ok(json!({
            "state": state, "now": now, "newest": known.newest, "declared_wrong": declared,
            "zh": problem.as_ref().map_or_else(fine, |p| p.detail.clone()),
            "en": problem.map_or_else(|| format!("the clock is right: {}", local_stamp(now)), |p| p.detail_en),
        }))
    }
}
