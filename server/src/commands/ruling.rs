//! Rulings: one command a file.

pub mod adopt;
pub mod late;
pub mod return_record;
pub mod take_in;

use crate::db::sql::directory::Person;
use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::case::CaseView;
use daiban_core::people::Role;
use daiban_messages::say::command_ruling::NotTheReceiver;

/// A chief agent decides about records of a case while holding its seat there; the office about those of every case.
fn must_serve(view: &CaseView, by: &Person, now: i64) -> Result<(), Problem> {
    let holds_seat = || view.roster.roles_at(&by.id, now).any(|seat| seat.role == Role::ChiefAgent);
    if by.role == Role::Office || holds_seat() {
        return Ok(());
    }
    Err(Problem::said(StatusCode::FORBIDDEN, "not_the_receiver", NotTheReceiver))
}
