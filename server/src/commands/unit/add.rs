//! A unit beyond the plan's 25 (R031).

use crate::command_context::CommandContext;
use crate::commands::directory::{organisation, unit_problem};
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::commands::words::with_words;
use crate::db::sql::directory;
use crate::error::Problem;
use clap::Args;
use daiban_core::ids::UnitId;
use daiban_core::people::{Role, Unit, UnitKind};
use daiban_messages::Say;
use daiban_messages::say::command_people::UnitAdded;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Add a subdistrict, park, town or bureau.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct UnitAdd {
    /// 编号 · id: 2 to 40 of a-z, 0-9 and -
    pub id: String,
    /// 名称 · name
    #[arg(long)]
    pub name: String,
    /// 英文名 · English name
    #[serde(default)]
    #[arg(long, default_value = "")]
    pub en: String,
    /// 类别 · kind: subdistrict, town, park, district-bureau …
    #[schema(value_type = String, example = "subdistrict")]
    #[arg(long, default_value = "subdistrict", value_parser = typed::unit_kind)]
    pub kind: UnitKind,
    /// 简称 · another name, may be given more than once
    #[serde(default)]
    #[arg(long = "alias")]
    pub aliases: Vec<String>,
}

impl Verb for UnitAdd {
    const ZH: &'static str = "增加街道、园区等单位";
    const EN: &'static str = "add a subdistrict, park, town or bureau";
    const ROLES: &'static [Role] = &[Role::Office, Role::Administrator];
    const OBJECT: &'static str = "单位编号 · unit id";
    const EXAMPLE: &'static str = "daiban unit add fengrong --name 丰荣街道办事处 --kind subdistrict";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let UnitAdd { id, name, en, kind, aliases } = self;
        let unit = Unit { en, aliases, ..Unit::new(UnitId(id), name, kind) };
        context
            .perform(unit.id.as_str().to_owned(), move |tx, _| {
                organisation(tx)?.with_unit(unit.clone()).map_err(|e| unit_problem(&e))?;
                directory::insert_unit(tx, &unit)?;
                Ok(with_words(json!({ "unit": unit }), UnitAdded { name: &unit.name, unit: &unit.id }.say()))
            })
            .await
    }
}
