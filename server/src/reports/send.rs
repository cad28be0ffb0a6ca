//! Sending the district's report: once, frozen, with its copy to the office (R106, R107).

use super::material::read;
use super::{conflict, named, not_drafted, owed, refused, told};
use crate::command_context::CommandContext;
use crate::db::sql::reports::{self, Signature};
use crate::error::Problem;
use crate::watch::keep_district;
use daiban_core::calendar::Week;
use daiban_core::ids::PersonId;
use daiban_core::report::DistrictReport;
use daiban_core::requirement::Requirement;
use daiban_messages::Both;
use daiban_messages::say::reporting as say;
use serde_json::{Value, json};

/// Records that the frozen report went to the government, and to the task force's office with it.
pub(crate) async fn send(context: CommandContext, week: Week) -> Result<Value, Problem> {
    owed(&context.app.calendar()?, &context.app.numbers()?, week)?;
    let district = context.app.plan();
    let (by, recorded_by, recorded) = (context.person().id.clone(), context.recorded_by().cloned(), context.recorded());
    context
        .perform(format!("{week}/district"), move |tx, now| {
            let row = reports::find(tx, week, None)?.ok_or_else(|| not_drafted(&district, week, None))?;
            match row.state.as_str() {
                "frozen" => {}
                "sent" => return Err(conflict("report_sent", say::SentAlready { week: named(week) })),
                _ => return Err(conflict("not_confirmed", say::NotConfirmed { week: named(week) })),
            }
            let report: DistrictReport = read(&row.text)?;
            if report.copy_to.is_empty() && Requirement::R107.holds() {
                return Err(refused("copy_missing", say::CopyMissing));
            }
            let to: Vec<String> = std::iter::once(report.to).chain(report.copy_to).collect();
            let signature = Signature { by: by.as_str(), recorded_by: recorded_by.as_ref().map(PersonId::as_str) };
            reports::mark_sent(tx, week, signature, &to, now)?;
            keep_district(tx, now)?;
            let document = json!({ "week": week, "state": "sent", "sent_at": now, "sent_to": to, "result": "sent" });
            let copies = Both::new(to[1..].join("、"), to[1..].join(", "));
            Ok(told(document, say::Sent { week: named(week), to: &to[0], copies, recorded: &recorded }))
        })
        .await
}
