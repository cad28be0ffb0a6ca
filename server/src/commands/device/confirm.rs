//! The office compares the number on a new phone.

use crate::auth::enrol;
use crate::command_context::CommandContext;
use crate::commands::verb::Verb;
use crate::commands::words::with_words;
use crate::db::sql::devices::{self, DeviceState};
use crate::error::Problem;
use axum::http::StatusCode;
use clap::Args;
use daiban_core::people::Role;
use daiban_messages::Say;
use daiban_messages::say::command_people as say;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Confirm the pending device that shows this number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct DeviceConfirm {
    /// 确认号 · the six digits that both screens show
    pub number: String,
}

impl Verb for DeviceConfirm {
    const ZH: &'static str = "核对六位数后确认设备";
    const EN: &'static str = "confirm the pending device that shows this number";
    const ROLES: &'static [Role] = &[Role::Office, Role::Administrator];
    const OBJECT: &'static str = "确认号 · confirmation number";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        // Screens show it in two groups of three.
        let number: String = self.number.split_whitespace().collect();
        context
            .perform(number.clone(), move |tx, _| {
                let waiting = devices::list(tx, None)?.into_iter().filter(|d| d.state == DeviceState::Pending);
                let matching: Vec<_> = waiting.filter(|d| d.confirmation == number).collect();
                let device = match matching.as_slice() {
                    [one] => enrol::confirm(tx, one.id, &number)?,
                    [] => {
                        let said = say::ConfirmationWrong { number: &number };
                        return Err(Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "confirmation_wrong", said));
                    }
                    _ => {
                        let said = say::ConfirmationAmbiguous;
                        return Err(Problem::said(StatusCode::CONFLICT, "confirmation_ambiguous", said));
                    }
                };
                let said = say::Confirmed { person: &device.person, device: device.id, model: &device.model }.say();
                Ok(with_words(json!({ "device": device }), said))
            })
            .await
    }
}
