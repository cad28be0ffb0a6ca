//! The end of a service (R133).

use crate::auth::enrol;
use crate::commands::staff::{must_say, serving};
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::db::Transaction;
use crate::db::sql::devices::{self, DeviceState};
use crate::db::sql::directory::{self, Person};
use crate::deed::Deed;
use crate::error::Problem;
use clap::Args;
use daiban_core::ids::PersonId;
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// End a service and revoke the devices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct PersonLeave {
    /// 编号 · id
    #[schema(value_type = String)]
    #[arg(value_parser = typed::person)]
    pub person: PersonId,
    /// 原因 · reason
    #[schema(min_length = 1, max_length = 200)]
    #[arg(long)]
    pub reason: String,
}

impl Verb for PersonLeave {
    const ZH: &'static str = "退出：终止任职并停用设备";
    const EN: &'static str = "end a service and revoke the devices";
    const ROLES: &'static [Role] = &[Role::Office, Role::Administrator];
    const OBJECT: &'static str = "人员编号 · person id";
    type Line = Self;

    async fn run(self, deed: Deed) -> Result<Value, Problem> {
        let PersonLeave { person, reason } = self;
        must_say(&reason)?;
        deed.perform(person.as_str().to_owned(), move |tx, now| {
            let known = serving(tx, &person)?;
            if [Role::Office, Role::Administrator].contains(&known.role) && is_last(tx, &known)? {
                let zh = format!("{}是唯一的{}，不能退出；请先登记接任人员。", known.name, known.role.zh());
                return Err(Problem::conflict("last_of_role", zh, "the last holder of this role cannot leave"));
            }
            directory::end_service(tx, &person, now)?;
            let held = devices::list(tx, Some(&person))?;
            let revoked = held.into_iter().filter(|device| device.state != DeviceState::Revoked);
            let revoked: Vec<String> =
                revoked.map(|device| enrol::revoke(tx, device.id).map(|d| d.id.to_string())).collect::<Result<_, _>>()?;
            Ok(json!({
                "person": person, "devices_revoked": revoked, "result": reason,
                "zh": format!("{}（{person}）已退出，停用设备{}台；请为其在办项目调整代办团队。", known.name, revoked.len()),
                "en": format!("{person} left; {} devices revoked; assign somebody else to the open cases", revoked.len()),
            }))
        })
        .await
    }
}

fn is_last(tx: &Transaction<'_>, person: &Person) -> Result<bool, Problem> {
    let people = directory::people(tx)?;
    Ok(!people.iter().any(|other| other.role == person.role && other.left_at.is_none() && other.id != person.id))
}
