//! The end of a service (R133).

use super::seats;
use crate::app::Lane;
use crate::auth::enrol;
use crate::command_context::CommandContext;
use crate::commands::directory::called;
use crate::commands::staff::{require_reason, serving};
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::commands::words::{missing, role, sentences, with_words};
use crate::db::Connection;
use crate::db::sql::devices::{self, Device, DeviceState};
use crate::db::sql::directory::{self, Person};
use crate::error::Problem;
use crate::planted::Bug;
use axum::http::StatusCode;
use clap::Args;
use daiban_core::ids::PersonId;
use daiban_core::people::Role;
use daiban_core::requirement::Requirement;
use daiban_messages::say::command as named;
use daiban_messages::say::command_people as say;
use daiban_messages::{Both, Say};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// End a service and all seats, and revoke the devices.
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
    const ZH: &'static str = "退出：终止任职和各项目席位，停用设备";
    const EN: &'static str = "end a service and all seats, and revoke the devices";
    const ROLES: &'static [Role] = &[Role::Office, Role::Administrator];
    const OBJECT: &'static str = "人员编号 · person id";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let PersonLeave { person: sought, reason } = self;
        require_reason(&reason)?;
        let (app, by) = (context.app.clone(), context.by.id.clone());
        let now = app.now();
        let found = app.run_blocking_in(Lane::Office, move |app| {
            app.db.read(|conn| {
                let known = called(conn, &sought)?.ok_or_else(|| missing(named::Person))?;
                let person = known.id;
                let cases = seats::seated(conn, &person, now)?;
                must_be_leaving(conn, &person, !cases.is_empty())?;
                Ok::<_, Problem>((person, cases))
            })
        });
        let (person, cases) = found.await??;
        let cases = if context.app.planted(Bug::KeepSeats) { Vec::new() } else { cases };
        let mut ended = Vec::new();
        for case in cases {
            ended.extend(seats::end(&app, by.clone(), case, person.clone()).await?);
        }
        let finishes = !ended.is_empty();
        context
            .perform(person.as_str().to_owned(), move |tx, now| {
                let known = must_be_leaving(tx, &person, finishes)?;
                directory::end_service(tx, &person, now)?;
                let held = devices::list(tx, Some(&person))?;
                let held: Vec<Device> = held.into_iter().filter(|device| device.state != DeviceState::Revoked).collect();
                let held = if Requirement::R133.holds() { held } else { Vec::new() };
                for device in &held {
                    enrol::revoke(tx, device.id)?;
                }
                let revoked: Vec<String> = held.iter().map(|device| device.id.to_string()).collect();
                let last_synced: Vec<Option<i64>> = held.iter().map(|device| device.seen_at).collect();
                let unsent: Vec<Option<u32>> = held.iter().map(|device| device.unsent).collect();
                let (seats, held) = (seats::told(&known, &ended), unsent_records(&held));
                let said = say::Left { name: &known.name, phones: revoked.len(), seats, unsent: held }.say();
                let document = json!({
                    "person": person, "devices_revoked": revoked, "devices_last_synced_at": last_synced, "devices_unsent": unsent,
                    "seats_ended": ended, "result": reason,
                });
                Ok(with_words(document, said))
            })
            .await
    }
}

/// The person, if there is something to end: service, or seats that a service which ended has left.
fn must_be_leaving(conn: &Connection, person: &PersonId, seated: bool) -> Result<Person, Problem> {
    let known = match directory::person(conn, person)?.filter(|known| seated && known.left_at.is_some()) {
        Some(left) => return Ok(left),
        None => serving(conn, person)?,
    };
    if [Role::Office, Role::Administrator].contains(&known.role) && is_last(conn, &known)? {
        let said = say::LastOfRole { name: &known.name, role: role(known.role) };
        return Err(Problem::said(StatusCode::CONFLICT, "last_of_role", said));
    }
    Ok(known)
}

/// What the server knows of records that phones may still hold.
fn unsent_records(devices: &[Device]) -> Both {
    sentences(devices.iter().map(|device| say::Unsent { phone: Both::new(device.synced_zh(), &device.model) }.say()))
}

fn is_last(conn: &Connection, person: &Person) -> Result<bool, Problem> {
    let people = directory::people(conn)?;
    Ok(!people.iter().any(|other| other.role == person.role && other.left_at.is_none() && other.id != person.id))
}
