//! Rulings: one command a file.

pub mod adopt;
pub mod late;
pub mod return_record;
pub mod take_in;

use crate::db::sql::directory::Person;
use crate::error::Problem;
use daiban_core::case::CaseView;
use daiban_core::people::Role;

/// A chief agent decides about records of a case while holding its seat there; the office about those of every case.
fn must_serve(view: &CaseView, by: &Person, now: i64) -> Result<(), Problem> {
    let holds_seat = || view.roster.roles_at(&by.id, now).any(|seat| seat.role == Role::ChiefAgent);
    if by.role == Role::Office || holds_seat() {
        return Ok(());
    }
    let zh = "该项目的记录由该项目的首席代办员或办公室认定、退回，请转告。";
    Err(Problem::forbidden("not_the_receiver", zh, "the chief agent of this case or the office decides about its records"))
}
