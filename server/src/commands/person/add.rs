//! Staff (R082, R133).

use crate::command_context::CommandContext;
use crate::commands::directory::organisation;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::db::sql::directory::{self, Person};
use crate::error::Problem;
use clap::Args;
use daiban_core::ids::PersonId;
use daiban_core::limits::SHORT_TEXT_CHARS_MAX;
use daiban_core::people::{Group, Role, RosterEntry, UnitKind};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Add or update a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct PersonAdd {
    /// 编号 · id: 2 to 40 of a-z, 0-9 and -; never changes
    #[schema(pattern = "^[a-z0-9-]{2,40}$")]
    pub id: String,
    /// 姓名 · name
    #[schema(min_length = 1, max_length = 200)]
    #[arg(long)]
    pub name: String,
    /// 单位：编号、名称或简称 · unit by id, name or alias
    #[arg(long)]
    pub unit: String,
    /// 角色 · role: chief_agent, group_specialist, unit_agent, dispatch_lead, office …
    #[schema(value_type = String, example = "unit_agent")]
    #[arg(long, value_parser = typed::named::<Role>)]
    pub role: Role,
    /// 工作组（代办专员必填） · group of a specialist: planning, construction, dispatch
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "planning")]
    #[arg(long, value_parser = typed::named::<Group>)]
    pub group: Option<Group>,
    /// 办公电话 · office line
    #[serde(default)]
    #[arg(long)]
    pub phone: Option<String>,
}

impl Verb for PersonAdd {
    const ZH: &'static str = "增加或更新工作人员";
    const EN: &'static str = "add or update a person";
    const ROLES: &'static [Role] = &[Role::Office, Role::Administrator];
    const OBJECT: &'static str = "人员编号 · person id";
    const EXAMPLE: &'static str =
        "daiban person add zhou --name 周敏 --unit natural-resources --role group_specialist --group planning";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let new = self;
        check(&new)?;
        context
            .perform(new.id.clone(), move |tx, now| {
                let organisation = organisation(tx)?;
                let unit = organisation.find_unit(&new.unit).filter(|unit| unit.kind != UnitKind::OfProject);
                let unit = unit.ok_or_else(|| unknown_unit(&new.unit))?.id.clone();
                let entry = RosterEntry {
                    person: PersonId(new.id.clone()),
                    role: new.role,
                    unit: unit.clone(),
                    group: new.group,
                    from: now,
                    until: None,
                };
                entry.check().map_err(|e| Problem::unprocessable("person_refused", e.zh(), e.to_string()))?;
                let joined_at = directory::person(tx, &entry.person)?.map_or(now, |known| known.joined_at);
                let (role, group) = (new.role, new.group);
                let id = entry.person;
                let person =
                    Person { id, name: new.name.clone(), unit, role, group, phone: new.phone.clone(), joined_at, left_at: None };
                directory::put_person(tx, &person)?;
                let zh = format!("已登记：{}（{}），{}", person.name, person.id, organisation.role_zh(person.role));
                Ok(json!({ "person": person, "zh": zh, "en": format!("{} registered", person.id) }))
            })
            .await
    }
}

fn check(new: &PersonAdd) -> Result<(), Problem> {
    let slug = new.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !slug || !(2..=40).contains(&new.id.len()) {
        let zh = format!("人员编号“{}”应为2至40位小写字母、数字或短横线，请重新填写。", new.id);
        return Err(Problem::unprocessable("person_id", zh, "a person id has 2 to 40 of a-z, 0-9 and '-'"));
    }
    let length = new.name.trim().chars().count();
    if length == 0 || length > SHORT_TEXT_CHARS_MAX {
        let zh = format!("姓名不能为空，且不超过{SHORT_TEXT_CHARS_MAX}字，请填写。");
        return Err(Problem::unprocessable("person_name", zh, "a name must not be empty or overlong"));
    }
    Ok(())
}

fn unknown_unit(given: &str) -> Problem {
    let zh = format!("没有名为“{given}”的单位，请用 daiban unit list 核对，或先用 daiban unit add 增加。");
    Problem::unprocessable("unit_unknown", zh, format!("no unit {given:?}; see `daiban unit list`"))
}
