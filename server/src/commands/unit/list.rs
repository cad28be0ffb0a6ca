//! `UnitList`: an answer of what is kept.

use crate::command_context::CommandContext;
use crate::commands::told::Told;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::commands::view::with_zh;
use crate::error::Problem;
use clap::Args;
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// All units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Args)]
pub struct UnitList {}

impl Verb for UnitList {
    const ZH: &'static str = "所有单位";
    const EN: &'static str = "all units";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "所有单位 · all units";
    const READS: bool = true;
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        context
            .answer(|app, conn| {
                let (reference, told) = (app.reference(conn)?, Told::read(conn)?);
                Ok(reference.organisation.units().map(|row| with_zh(json!(row), told.body(row))).collect())
            })
            .await
    }
}
