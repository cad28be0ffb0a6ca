//! Every seat with who holds it, or who must fill it.

use super::named::{day, told};
use crate::app::seating::Seating;
use crate::command_context::CommandContext;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::error::Problem;
use clap::Args;
use daiban_core::calendar::local_date;
use daiban_core::people::{HeldSeat, Role};
use daiban_messages::Say;
use daiban_messages::say::seat as say;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// All seats, with who holds them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct SeatList {
    /// 日期，缺省为今日 · the day, today if left out
    #[serde(default)]
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// 只列空缺和重复的 · only those that nobody holds, or two at once
    #[serde(default)]
    #[arg(long)]
    pub gaps: bool,
}

impl Verb for SeatList {
    const ZH: &'static str = "各席位由谁担任，空缺由谁指定";
    const EN: &'static str = "who holds each seat, and who must fill empty ones";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "所有席位 · all seats";
    const READS: bool = true;
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        context
            .answer(move |app, conn| {
                let day = self.on.as_deref().map_or_else(|| Ok(local_date(app.now())), day)?;
                let seating = Seating::on(conn, day)?;
                let shown = seating.seated.iter().filter(|seated| !self.gaps || seated.is_gap());
                let seats: Vec<Value> = shown.map(|seated| row(&seating, seated)).collect();
                let count = seating.gaps().count();
                let said = if count == 0 { say::PageComplete.say() } else { say::PageGaps { count }.say() };
                Ok(json!({ "day": day, "gaps": count, "seats": seats, "zh": said.zh, "en": said.en }))
            })
            .await
    }
}

fn row(seating: &Seating, seated: &HeldSeat) -> Value {
    let (called, said) = (told(&seating.organisation, &seated.seat), seating.said(seated));
    let filled_by = seating.filled_by(&seated.seat);
    let mut row = json!(seated);
    row["missing"] = json!(seated.terms.is_empty());
    row["filled_by"] = json!({ "zh": filled_by.zh, "en": filled_by.en });
    let line = say::SeatLine { seat: called, said }.say();
    (row["zh"], row["en"]) = (json!(line.zh), json!(line.en));
    row
}
