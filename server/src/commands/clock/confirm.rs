//! A clock far ahead of the last sign of life is right.

use crate::app::{ClockState, KnownTime};
use crate::command_context::CommandContext;
use crate::commands::staff::require_reason;
use crate::commands::verb::Verb;
use crate::commands::words::with_words;
use crate::error::Problem;
use axum::http::StatusCode;
use clap::Args;
use daiban_core::calendar::local_stamp;
use daiban_core::people::Role;
use daiban_messages::Say;
use daiban_messages::say::command_rules as say;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Say that the clock is right, after the server was off for long.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct ClockConfirm {
    /// 原因 · reason
    #[schema(min_length = 1, max_length = 200)]
    #[arg(long)]
    pub reason: String,
}

impl Verb for ClockConfirm {
    const ZH: &'static str = "确认现在的时间正确（服务器长期停用之后）";
    const EN: &'static str = "say that the clock is right, after the server was off for long";
    const ROLES: &'static [Role] = &[Role::Office, Role::Administrator];
    const OBJECT: &'static str = "时刻 · instant";
    const NEEDS_CLOCK: bool = false;
    const EXAMPLE: &'static str = "daiban clock confirm --reason 春节停机";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let reason = self.reason;
        require_reason(&reason)?;
        let app = context.app.clone();
        if !matches!(app.clock_state(), ClockState::Ahead { .. }) {
            return Err(Problem::said(StatusCode::CONFLICT, "clock_not_ahead", say::ClockNotAhead));
        }
        let (held, now) = (app.known_time(), app.now());
        let known = KnownTime { newest: now, alive: now, ..held };
        let document = context
            .perform(format!("clock/{now}"), move |tx, _| {
                known.keep(tx)?;
                let said = say::ClockConfirmed { now: local_stamp(now) }.say();
                Ok(with_words(json!({ "now": now, "reason": reason }), said))
            })
            .await?;
        app.learn_time(known);
        app.dirty.notify_one();
        Ok(document)
    }
}
