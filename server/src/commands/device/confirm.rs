//! The office compares the number on a new phone.

use crate::auth::enrol;
use crate::command_context::CommandContext;
use crate::commands::verb::Verb;
use crate::db::sql::devices::{self, DeviceState};
use crate::error::Problem;
use clap::Args;
use daiban_core::people::Role;
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
        let DeviceConfirm { number } = self;
        context
            .perform(number.clone(), move |tx, _| {
                let waiting = devices::list(tx, None)?.into_iter().filter(|d| d.state == DeviceState::Pending);
                let matching: Vec<_> = waiting.filter(|d| d.confirmation == number.trim()).collect();
                let device = match matching.as_slice() {
                    [one] => enrol::confirm(tx, one.id, &number)?,
                    [] => {
                        let zh = format!("没有等待确认、确认号为“{}”的设备，请与手机屏幕当面核对。", number.trim());
                        return Err(Problem::unprocessable("confirmation_wrong", zh, "no pending device shows this number"));
                    }
                    _ => {
                        let zh = "有多台设备显示同一确认号，请停用后重新发放设备登记码。";
                        return Err(Problem::conflict("confirmation_ambiguous", zh, "several pending devices show this number"));
                    }
                };
                Ok(json!({
                    "device": device, "zh": format!("已确认：{}的设备 {}（{}）", device.person, device.id, device.model),
                    "en": format!("device {} of {} is active", device.id, device.person),
                }))
            })
            .await
    }
}
