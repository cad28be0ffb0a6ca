//! Staff (R082, R133).

use crate::app::GroupGiven;
use crate::app::seating::Seating;
use crate::command_context::CommandContext;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::commands::words::{role_here, unit_here, with_words};
use crate::db::sql::directory::{self, Person};
use crate::db::sql::pack;
use crate::error::Problem;
use axum::http::StatusCode;
use clap::Args;
use daiban_core::calendar::local_date;
use daiban_core::ids::PersonId;
use daiban_core::limits::SHORT_TEXT_CHARS_MAX;
use daiban_core::people::{Role, RosterEntry, UnitKind};
use daiban_messages::say::command_people as say;
use daiban_messages::{Both, Say};
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
    #[arg(long, value_parser = typed::group)]
    pub group: Option<GroupGiven>,
    /// 办公电话 · office line
    #[serde(default)]
    #[arg(long)]
    pub phone: Option<String>,
    /// 已核对：同一编号改名 · the name of this id changes, and that was looked at
    #[serde(default)]
    #[arg(long)]
    pub sure: bool,
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
        let group = context.group(new.group.as_ref())?;
        context
            .perform(new.id.clone(), move |tx, now| {
                // A unit that is there no more stands for whoever does its work now (R199).
                let organisation = pack::with_units(tx)?.on(local_date(now)).organisation;
                let unit = organisation.unit(&organisation.unit_id(&new.unit)).filter(|unit| unit.kind != UnitKind::OfProject);
                let unit = unit.ok_or_else(|| unknown_unit(&new.unit))?.id.clone();
                let entry = RosterEntry {
                    person: PersonId(new.id.clone()),
                    role: new.role,
                    unit: unit.clone(),
                    group,
                    from: now,
                    until: None,
                };
                entry.check().map_err(|e| Problem::unprocessable("person_refused", e.zh(), e.to_string()))?;
                let known = directory::person(tx, &entry.person)?;
                // Everything that this id ever did would be read under the other name.
                if let Some(known) = known.as_ref().filter(|known| known.name != new.name.trim() && !new.sure) {
                    let said =
                        say::PersonKnown { person: &new.id, name: &known.name, unit: unit_here(&organisation, &known.unit) };
                    return Err(Problem::said(StatusCode::CONFLICT, "person_known", said));
                }
                let joined_at = known.as_ref().map_or(now, |known| known.joined_at);
                let phone = new.phone.clone().or(known.and_then(|known| known.phone));
                let role = new.role;
                let id = entry.person;
                let person = Person { id, name: new.name.trim().to_owned(), unit, role, group, phone, joined_at, left_at: None };
                directory::put_person(tx, &person)?;
                let called = role_here(&organisation, person.role);
                let said = say::Registered { name: &person.name, person: &person.id, role: called }.say();
                let mut answer = with_words(json!({ "person": person }), said.clone());
                // A seat that is one person's and has two now: who must keep one of them is told at once (R071, R078). Of agents the
                // list of seats tells it.
                let single = [Role::ChiefAgent, Role::GroupSpecialist].contains(&role);
                let seating = single.then(|| Seating::on(tx, local_date(now))).transpose()?;
                if let Some(shared) = seating.and_then(|seating| seating.shared(&person)) {
                    answer["zh"] = json!(format!("{}\n{}", said.zh, shared.zh));
                    answer["en"] = json!(format!("{}\n{}", said.en, shared.en));
                }
                Ok(answer)
            })
            .await
    }
}

fn check(new: &PersonAdd) -> Result<(), Problem> {
    let slug = new.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !slug || !(2..=40).contains(&new.id.len()) {
        return Err(Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "person_id", say::PersonId { id: &new.id }));
    }
    let length = new.name.trim().chars().count();
    if length == 0 || length > SHORT_TEXT_CHARS_MAX {
        let said = say::PersonName { most: SHORT_TEXT_CHARS_MAX };
        return Err(Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "person_name", said));
    }
    Ok(())
}

fn unknown_unit(given: &str) -> Problem {
    let said = say::UnitUnknown { unit: given, near: Both::default() };
    Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "unit_unknown", said)
}
