//! A device is shut out for good.

use crate::auth::enrol;
use crate::command_context::CommandContext;
use crate::commands::staff::require_reason;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::commands::words::with_words;
use crate::error::Problem;
use clap::Args;
use daiban_core::ids::DeviceId;
use daiban_core::people::Role;
use daiban_messages::Say;
use daiban_messages::say::command_people::Revoked;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Shut a device out for good.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct DeviceRevoke {
    /// 设备编号 · device id
    #[schema(value_type = String, pattern = "^[0-9a-f]{32}$")]
    #[arg(value_parser = typed::id::<DeviceId>)]
    pub device: DeviceId,
    /// 原因 · reason
    #[schema(min_length = 1, max_length = 200)]
    #[arg(long)]
    pub reason: String,
}

impl Verb for DeviceRevoke {
    const ZH: &'static str = "停用设备";
    const EN: &'static str = "shut a device out for good";
    const ROLES: &'static [Role] = &[Role::Office, Role::Administrator];
    const OBJECT: &'static str = "设备编号 · device id";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let DeviceRevoke { device, reason } = self;
        require_reason(&reason)?;
        context
            .perform(device.to_string(), move |tx, _| {
                let device = enrol::revoke(tx, device)?;
                Ok(with_words(json!({ "device": device, "result": reason }), Revoked { device: device.id }.say()))
            })
            .await
    }
}
