//! Who gives commands, and what is asked of them.

use super::directory::called;
use crate::command_context::CommandContext;
use crate::db::Connection;
use crate::db::sql::directory::{self, Person};
use crate::error::Problem;
use daiban_core::ids::PersonId;
use daiban_core::limits::SHORT_TEXT_CHARS_MAX;
use daiban_core::people::Role;

/// The person who gives a command; one who left gives none.
pub(super) fn who(conn: &Connection, id: &PersonId) -> Result<Person, Problem> {
    let person = directory::person(conn, id)?.ok_or_else(|| {
        let zh = format!("没有编号为“{id}”的工作人员，请用 --as 填写正确的编号（daiban person list 可查）。");
        Problem::forbidden("person_unknown", zh, format!("no person {id}; see `daiban person list`"))
    })?;
    match person.left_at {
        None => Ok(person),
        Some(_) => {
            let zh = format!("{}（{id}）已退出，不能再操作；请由在任人员办理。", person.name);
            Err(Problem::forbidden("person_left", zh, format!("{id} has left the service")))
        }
    }
}

/// The person with this id, or else of this name, there and in service.
pub(super) fn serving(conn: &Connection, typed: &PersonId) -> Result<Person, Problem> {
    let person = called(conn, typed)?.ok_or_else(|| Problem::not_found("该工作人员", "person"))?;
    match person.left_at {
        None => Ok(person),
        Some(_) => {
            let id = &person.id;
            let zh = format!("{}（{id}）已退出，请改选在任人员，或先重新登记。", person.name);
            Err(Problem::conflict("person_left", zh, format!("{id} has left the service")))
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
        let zh = "只有办公室可以代他人录入，请以本人身份录入。";
        return Err(Problem::forbidden("not_author", zh, "only the office records for somebody else"));
    }
    if !roles.contains(&person.role) {
        let names: Vec<&str> = roles.iter().map(|role| role.zh()).collect();
        let zh = format!("{}（{}）不能办理此项，不能代录；请用 --for 指定{}。", person.name, person.role.zh(), names.join("、"));
        let en = format!("{} may not order this, nor anybody for them", person.id);
        return Err(Problem::forbidden("role_may_not", zh, en));
    }
    Ok(CommandContext { behalf: Some(person), ..context })
}

/// Refuses a person whose role may not order this.
pub(super) fn must_be(person: &Person, roles: &[Role]) -> Result<(), Problem> {
    if roles.contains(&person.role) {
        return Ok(());
    }
    let names: Vec<&str> = roles.iter().map(|role| role.zh()).collect();
    let ids: Vec<&str> = roles.iter().map(|role| role.id()).collect();
    let zh =
        format!("{}（{}）不能办理此项，应由{}办理；请用 --as 指定有权人员。", person.name, person.role.zh(), names.join("、"));
    let en = format!("{} may not order this; it is for {}", person.id, ids.join(", "));
    Err(Problem::forbidden("role_may_not", zh, en))
}

/// A reason must say something: it is read by everybody it concerns.
pub(super) fn require_reason(reason: &str) -> Result<(), Problem> {
    let length = reason.trim().chars().count();
    if length > 0 && length <= SHORT_TEXT_CHARS_MAX {
        return Ok(());
    }
    let zh = format!("请填写原因，不超过{SHORT_TEXT_CHARS_MAX}字。");
    Err(Problem::unprocessable("reason_missing", zh, "a reason must be given, and be short"))
}
