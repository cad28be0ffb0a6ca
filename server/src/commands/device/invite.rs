//! A one-time enrolment code.

use crate::auth::enrol;
use crate::command_context::CommandContext;
use crate::commands::staff::serving;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::commands::words::with_words;
use crate::error::Problem;
use clap::Args;
use daiban_core::ids::PersonId;
use daiban_core::people::Role;
use daiban_core::sync::enrol::Invitation;
use daiban_messages::Say;
use daiban_messages::say::command_people::Invited;
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
        context
            .perform(person.as_str().to_owned(), move |tx, now| {
                let known = serving(tx, &person)?;
                let person = known.id;
                let drawn = enrol::invite(tx, &app, &person)?;
                let invitation = Invitation::new(&drawn, &app.public_key(), app.config.public_url.as_deref());
                let (code, minutes) = (invitation.typed(), enrol::CODE_SECONDS / 60);
                let said = Invited { name: &known.name, minutes, code: &code }.say();
                let document = json!({
                    "person": person, "code": code, "invitation": invitation.uri(), "expires_at": now + enrol::CODE_SECONDS,
                    "result": "invited",
                });
                Ok(with_words(document, said))
            })
            .await
    }
}
