//! `DeviceList`: an answer of what is kept.

use crate::command_context::CommandContext;
use crate::commands::told::Told;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::commands::words::with_words;
use crate::db::sql::devices::{self, Device, DeviceState};
use crate::error::Problem;
use clap::Args;
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// All devices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Args)]
pub struct DeviceList {}

impl Verb for DeviceList {
    const ZH: &'static str = "所有设备";
    const EN: &'static str = "all devices";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "所有设备 · all devices";
    const READS: bool = true;
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        context
            .answer(|app, conn| {
                let told = Told::read(conn, app.now())?;
                Ok(devices::list(conn, None)?.iter().map(|device| with_words(row(device), told.device(device))).collect())
            })
            .await
    }
}

/// A device; of one in service also what it may still hold.
fn row(device: &Device) -> Value {
    let mut row = json!(device);
    if device.state == DeviceState::Active {
        row["synced_zh"] = json!(format!("{}。", device.synced_zh()));
    }
    row
}
