//! Who gives commands, and what is asked of them.

use super::directory::called;
use super::words::{missing, role, roles as listed};
use crate::command_context::CommandContext;
use crate::db::Connection;
use crate::db::sql::directory::{self, Person};
use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::ids::PersonId;
use daiban_core::limits::SHORT_TEXT_CHARS_MAX;
use daiban_core::people::Role;
use daiban_messages::say::command as say;

/// The person who gives a command; one who left gives none.
pub(super) fn who(conn: &Connection, id: &PersonId) -> Result<Person, Problem> {
    let person = directory::person(conn, id)?
        .ok_or_else(|| Problem::said(StatusCode::FORBIDDEN, "person_unknown", say::GiverUnknown { person: id }))?;
    match person.left_at {
        None => Ok(person),
        Some(_) => {
            let left = say::GiverLeft { name: &person.name, person: id };
            Err(Problem::said(StatusCode::FORBIDDEN, "person_left", left))
        }
    }
}

/// The person with this id, or else of this name, there and in service.
pub(super) fn serving(conn: &Connection, typed: &PersonId) -> Result<Person, Problem> {
    let person = called(conn, typed)?.ok_or_else(|| missing(say::Person))?;
    match person.left_at {
        None => Ok(person),
        Some(_) => {
            let left = say::PersonLeft { name: &person.name, person: &person.id };
            Err(Problem::said(StatusCode::CONFLICT, "person_left", left))
        }
    }
}

/// 代录: the same context for somebody else, one of `roles`. Only the office does anything for somebody else.
pub(super) fn on_behalf(context: CommandContext, typed: Option<&PersonId>, roles: &[Role]) -> Result<CommandContext, Problem> {
    let Some(typed) = typed else { return Ok(context) };
    let person = context.app.db.read(|conn| serving(conn, typed))?;
    if person.id == context.by.id {
        must_be(&person, roles)?;
        return Ok(context);
    }
    if context.by.role != Role::Office {
        return Err(Problem::said(StatusCode::FORBIDDEN, "not_author", say::OwnNameOnly));
    }
    if !roles.contains(&person.role) {
        let refused = say::MayNotFor { name: &person.name, role: role(person.role), roles: listed(roles) };
        return Err(Problem::said(StatusCode::FORBIDDEN, "role_may_not", refused));
    }
    Ok(CommandContext { behalf: Some(person), ..context })
}

/// Refuses a person whose role may not order this.
pub(super) fn must_be(person: &Person, roles: &[Role]) -> Result<(), Problem> {
    if roles.contains(&person.role) {
        return Ok(());
    }
    let refused = say::MayNot { name: &person.name, role: role(person.role), roles: listed(roles) };
    Err(Problem::said(StatusCode::FORBIDDEN, "role_may_not", refused))
}

/// A reason must say something: it is read by everybody it concerns.
pub(super) fn require_reason(reason: &str) -> Result<(), Problem> {
    let length = reason.trim().chars().count();
    if length > 0 && length <= SHORT_TEXT_CHARS_MAX {
        return Ok(());
    }
    let missing = say::ReasonMissing { most: SHORT_TEXT_CHARS_MAX };
    Err(Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "reason_missing", missing))
}
