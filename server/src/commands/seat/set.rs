//! Somebody takes a seat (R020–R023, R130).

use super::named::{day, named, refused, told};
use crate::app::seating::{day as said, held};
use crate::command_context::CommandContext;
use crate::commands::term::term_is_plausible;
use crate::commands::verb::Verb;
use crate::db::sql::{pack, seats};
use crate::error::Problem;
use axum::http::StatusCode;
use clap::Args;
use daiban_core::calendar::{Date, local_date};
use daiban_core::limits::SHORT_TEXT_CHARS_MAX;
use daiban_core::people::{Role, SeatTerm};
use daiban_messages::Say;
use daiban_messages::say::seat as say;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Note who holds a seat from a day on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct SeatSet {
    /// 席位：名称或编号 · seat by name or id
    pub seat: String,
    /// 单位或工作组（各设一人的席位必填） · unit or group, for a seat that each has
    #[serde(default)]
    #[arg(long)]
    pub of: Option<String>,
    /// 姓名 · name
    #[schema(min_length = 1, max_length = 200)]
    #[arg(long)]
    pub name: String,
    /// 任职首日，如2026-12-01 · the first day
    #[arg(long, value_name = "DATE")]
    pub from: String,
    /// 不再任职的首日 · the first day on which it is over
    #[serde(default)]
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// 办公电话 · office line
    #[serde(default)]
    #[arg(long)]
    pub phone: Option<String>,
}

impl Verb for SeatSet {
    const ZH: &'static str = "登记席位由谁担任";
    const EN: &'static str = "note who holds a seat from a day on";
    const ROLES: &'static [Role] = &[Role::Office];
    const OBJECT: &'static str = "席位 · seat";
    const EXAMPLE: &'static str = "daiban seat set 组长 --name 王敏 --from 2026-12-01";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let new = self;
        let (from, until) = check(&new)?;
        context
            .perform(format!("seat/{}", new.seat.trim()), move |tx, now| {
                term_is_plausible(from, until, local_date(now))?;
                let organisation = pack::with_units(tx)?.on(from).organisation;
                let seat = named(&organisation, from, &new.seat, new.of.as_deref())?;
                let (id, of) = (seat.id.clone(), seat.of.id().to_owned());
                let name = new.name.trim().to_owned();
                let term = SeatTerm { seat: id, of, name, phone: new.phone.clone(), from, until };
                let others = seats::of_seat(tx, &term.seat, &term.of)?;
                let called = told(&organisation, &seat);
                // The same term again, with another end or line, replaces itself.
                let is_same = |other: &SeatTerm| (&other.name, other.from) == (&term.name, term.from);
                let others: Vec<SeatTerm> = others.into_iter().filter(|other| !is_same(other)).collect();
                if let Some(other) = term.conflict(&others) {
                    let taken = say::Taken { seat: called, held: held(other), name: &term.name };
                    return Err(Problem::said(StatusCode::CONFLICT, "seat_taken", taken));
                }
                seats::put(tx, &term, now)?;
                let said = say::Noted { seat: called, held: held(&term) }.say();
                Ok(json!({ "seat": seat, "term": term, "zh": said.zh, "en": said.en }))
            })
            .await
    }
}

/// The first day of the term, and the first on which it is over.
fn check(new: &SeatSet) -> Result<(Date, Option<Date>), Problem> {
    let length = new.name.trim().chars().count();
    let phone = new.phone.as_deref().unwrap_or_default();
    let is_plain =
        !new.name.trim().chars().chain(phone.chars()).any(char::is_control) && phone.chars().count() <= SHORT_TEXT_CHARS_MAX;
    if length == 0 || length > SHORT_TEXT_CHARS_MAX || !is_plain {
        return Err(refused("seat_name", say::NameMissing { most: SHORT_TEXT_CHARS_MAX }));
    }
    let (from, until) = (day(&new.from)?, new.until.as_deref().map(day).transpose()?);
    match until {
        Some(until) if until <= from => Err(refused("seat_days", say::EndsBefore { from: said(from), until: said(until) })),
        _ => Ok((from, until)),
    }
}
