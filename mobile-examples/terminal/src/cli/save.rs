//! Saves what a recording command says, and tells what will become of it.

use super::args::Command;
use super::cases;
use super::output::Report;
use crate::fault::Fault;
use crate::field::Field;
use crate::said::Said;
use daiban_core::agent::{Draft, Recorded};
use daiban_core::case::Code;
use daiban_core::fact::Sealed;
use daiban_core::ids::{CaseId, PersonId};
use serde_json::json;

/// Runs a recording command.
pub fn run(field: &mut Field, command: &Command) -> Result<Report, Fault> {
    let me = field.identity()?.person.id.clone();
    let recorded = match command {
        Command::Open(open) => {
            let now = field.now();
            let (opened, occurred_at) = open.opened(now, &mut |text| field.seal(text))?;
            field.open_case(opened, occurred_at)?
        }
        other => {
            let (case, draft) = draft(field, other, &me)?;
            field.record(case, draft)?
        }
    };
    report(field, &recorded)
}

fn draft(field: &mut Field, command: &Command, me: &PersonId) -> Result<(CaseId, Draft), Fault> {
    let now = field.now();
    let case = match command {
        Command::Letter(c) => field.find_case(&c.case)?,
        Command::Log(c) => field.find_case(&c.case)?,
        Command::Receive(c) => field.find_case(&c.case)?,
        Command::Return(c) => field.find_case(&c.case)?,
        Command::Deliver(c) => field.find_case(&c.case)?,
        Command::HandOver(c) => field.find_case(&c.case)?,
        Command::FlowTable(c) => field.find_case(&c.case)?,
        Command::NoChange(c) => field.find_case(&c.case)?,
        Command::Problem(c) => field.find_case(&c.case)?,
        Command::Ask(c) => field.find_case(&c.case)?,
        Command::Answer(c) => {
            let inquiry = field.find_record(&c.inquiry)?;
            return Ok((field.fact(inquiry)?.0, c.draft(now, inquiry)?));
        }
        _ => return Err(Fault::NotNow(Said::new("该命令不作记录。", "this command records nothing"))),
    };
    let view = field.case(case)?;
    let received = match command {
        Command::Return(c) => c.received.as_deref().map(|prefix| field.find_record(prefix)).transpose()?,
        _ => None,
    };
    let seal: &mut dyn FnMut(&str) -> Result<Sealed, Fault> = &mut |text| field.seal(text);
    let draft = match command {
        Command::Letter(c) => c.draft(now, &view, me, seal),
        Command::Log(c) => c.draft(now, seal),
        Command::Receive(c) => c.draft(now, seal),
        Command::Return(c) => c.draft(now, received, seal),
        Command::Deliver(c) => c.draft(now, seal),
        Command::HandOver(c) => c.draft(now, me),
        Command::FlowTable(c) => c.draft(now),
        Command::NoChange(c) => c.draft(now),
        Command::Problem(c) => c.draft(now),
        Command::Ask(c) => c.draft(now, seal),
        _ => return Err(Fault::NotNow(Said::new("该命令不作记录。", "this command records nothing"))),
    };
    Ok((case, draft?))
}

/// What was saved, and a warning where the server is likely to say no.
pub fn report(field: &Field, recorded: &Recorded) -> Result<Report, Fault> {
    let view = field.case(recorded.case)?;
    let missing = || Fault::NotFound { what: "record", given: recorded.fact.to_string() };
    let fact = &view.fact(recorded.fact).ok_or_else(missing)?.fact;
    let name = cases::kind(fact.body.kind());
    let value = json!({
        "case": recorded.case, "record": recorded.fact, "kind": fact.body.kind(), "state": "local",
        "forecast": recorded.forecast, "amends": fact.amends, "warning": recorded.warning_zh(),
    });
    let short: String = recorded.fact.to_string().chars().take(8).collect();
    let case: String = recorded.case.to_string().chars().take(8).collect();
    let report = Report::new(value).line(
        format!("已存本机：{}（记录 {short}，项目 {case} {}）", name.zh, field.title(recorded.case)),
        format!("Saved here: {} (record {short}, case {case} {})", name.en, field.title(recorded.case)),
    );
    if recorded.forecast.code == Code::Effective {
        return Ok(report);
    }
    let reason = recorded.forecast.reason.as_ref().map_or(String::new(), |r| format!(" ({})", r.en()));
    let en = format!("Note: if it were sent now it would be {}{reason}", recorded.forecast.code.name());
    Ok(report.line(format!("注意：按目前资料，上传后将为：{}", recorded.forecast.zh()), en))
}
