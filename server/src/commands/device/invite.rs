//! A one-time enrolment code.

use crate::auth::enrol;
use crate::command_context::CommandContext;
use crate::commands::staff::serving;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::error::Problem;
use clap::Args;
use daiban_core::ids::PersonId;
use daiban_core::people::Role;
use daiban_core::sync::enrol::Invitation;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Draw a one-time enrolment code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct DeviceInvite {
    /// 给谁 · for whom
    #[schema(value_type = String)]
    #[arg(value_parser = typed::person)]
    pub person: PersonId,
}

impl Verb for DeviceInvite {
    const ZH: &'static str = "发一次性设备登记码";
    const EN: &'static str = "draw a one-time enrolment code";
    const ROLES: &'static [Role] = &[Role::Office, Role::Administrator];
    const OBJECT: &'static str = "人员编号 · person id";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let DeviceInvite { person } = self;
        let app = context.app.clone();
        context.perform(person.as_str().to_owned(), move |tx, now| {
            let known = serving(tx, &person)?;
            let person = known.id;
            let drawn = enrol::invite(tx, &app, &person)?;
            let invitation = Invitation::new(&drawn, &app.public_key(), app.config.public_url.as_deref());
            let (code, minutes) = (invitation.typed(), enrol::CODE_SECONDS / 60);
            Ok(json!({
                "person": person, "code": code, "invitation": invitation.uri(), "expires_at": now + enrol::CODE_SECONDS,
                "result": "invited",
                "zh": format!("{}的设备登记码（{minutes}分钟内有效，只显示一次；此前发放未用的随即作废）：{code}", known.name),
                "en": format!("one-time code for {person}, valid {minutes} minutes, shown once; earlier ones are void: {code}"),
            }))
        })
        .await
    }
}
