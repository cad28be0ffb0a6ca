//! Sending the district's report: once, frozen, with its copy to the office (R106, R107).

use super::material::read;
use super::{not_drafted, owed};
use crate::command_context::CommandContext;
use crate::db::sql::reports::{self, Signature};
use crate::error::Problem;
use crate::watch::keep_district;
use daiban_core::calendar::Week;
use daiban_core::ids::PersonId;
use daiban_core::report::DistrictReport;
use daiban_core::requirement::Requirement;
use serde_json::{Value, json};

/// Records that the frozen report went to the government, and to the task force's office with it.
pub(crate) async fn send(context: CommandContext, week: Week) -> Result<Value, Problem> {
    owed(&context.app.calendar()?, &context.app.numbers()?, week)?;
    let district = context.app.plan();
    let (by, recorded_by, recorded_zh) = (context.person().id.clone(), context.recorded_by().cloned(), context.recorded_zh());
    context
        .perform(format!("{week}/district"), move |tx, now| {
            let row = reports::find(tx, week, None)?.ok_or_else(|| not_drafted(&district, week, None))?;
            match row.state.as_str() {
                "frozen" => {}
                "sent" => {
                    let zh = format!("{}全区周报已报送，不能重复报送。", week.name_zh());
                    return Err(Problem::conflict("report_sent", zh, "the report was sent before"));
                }
                _ => {
                    let zh = format!("{}全区周报尚未定稿，请由调度组牵头单位先确认。", week.name_zh());
                    return Err(Problem::conflict("not_confirmed", zh, "the report is not confirmed yet"));
                }
            }
            let report: DistrictReport = read(&row.text)?;
            if report.copy_to.is_empty() && Requirement::R107.holds() {
                let zh = "周报未列抄送单位，不能报送（四(四)3）。";
                return Err(Problem::unprocessable("copy_missing", zh, "the copy to the office belongs to sending"));
            }
            let to: Vec<String> = std::iter::once(report.to).chain(report.copy_to).collect();
            let signature = Signature { by: by.as_str(), recorded_by: recorded_by.as_ref().map(PersonId::as_str) };
            reports::mark_sent(tx, week, signature, &to, now)?;
            keep_district(tx, now)?;
            Ok(json!({
                "week": week, "state": "sent", "sent_at": now, "sent_to": to, "result": "sent",
                "zh": format!("{}全区周报已报{}，抄送{}{recorded_zh}。", week.name_zh(), to[0], to[1..].join("、")),
                "en": format!("report {week} sent to the district government, copied to the office"),
            }))
        })
        .await
}
