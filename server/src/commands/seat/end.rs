//! Somebody leaves a seat.

use super::named::{day, named, refused, told};
use crate::app::seating::day as said;
use crate::command_context::CommandContext;
use crate::commands::verb::Verb;
use crate::db::sql::{pack, seats};
use crate::error::Problem;
use clap::Args;
use daiban_core::people::{Role, SeatTerm};
use daiban_messages::Say;
use daiban_messages::say::seat as say;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// End the term of whoever holds a seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct SeatEnd {
    /// 席位：名称或编号 · seat by name or id
    pub seat: String,
    /// 单位或工作组（各设一人的席位必填） · unit or group, for a seat that each has
    #[serde(default)]
    #[arg(long)]
    pub of: Option<String>,
    /// 不再任职的首日 · the first day on which it is over
    #[arg(long, value_name = "DATE")]
    pub until: String,
}

impl Verb for SeatEnd {
    const ZH: &'static str = "结束席位上的任期";
    const EN: &'static str = "end the term of whoever holds a seat";
    const ROLES: &'static [Role] = &[Role::Office];
    const OBJECT: &'static str = "席位 · seat";
    const EXAMPLE: &'static str = "daiban seat end 组长 --until 2026-12-01";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let SeatEnd { seat: typed, of, until } = self;
        let until = day(&until)?;
        context
            .perform(format!("seat/{}", typed.trim()), move |tx, now| {
                let last = until.pred_opt().unwrap_or(until);
                let organisation = pack::with_units(tx)?.on(last).organisation;
                let seat = named(&organisation, last, &typed, of.as_deref())?;
                let called = told(&organisation, &seat);
                let mut terms = seats::of_seat(tx, &seat.id, seat.of.id())?.into_iter();
                let Some(term) = terms.find(|term| term.holds_on(last)) else {
                    return Err(refused("seat_empty", say::NobodySits { seat: called, day: said(last) }));
                };
                let term = SeatTerm { until: Some(until), ..term };
                seats::put(tx, &term, now)?;
                let told_so = say::Ended { seat: called, name: &term.name, until: said(until) }.say();
                Ok(json!({ "seat": seat, "term": term, "zh": told_so.zh, "en": told_so.en }))
            })
            .await
    }
}
