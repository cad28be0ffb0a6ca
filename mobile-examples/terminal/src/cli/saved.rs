//! Tells what was saved, and what will become of it.

use super::cases;
use super::output::{Report, about_field};
use crate::fault::Fault;
use crate::field::Field;
use daiban_core::agent::Recorded;
use daiban_core::case::Code;
use daiban_messages::Both;
use daiban_messages::say::terminal as say;
use serde_json::json;

/// What was saved, and a warning where the server is likely to say no.
pub fn report(field: &Field, recorded: &Recorded) -> Result<Report, Fault> {
    let view = field.case(recorded.case)?;
    let missing = || Fault::NotFound { what: "record", given: recorded.fact.to_string() };
    let fact = &view.fact(recorded.fact).ok_or_else(missing)?.fact;
    let name = cases::kind(fact.body.kind());
    let value = json!({
        "case": recorded.case, "record": recorded.fact, "kind": fact.body.kind(), "state": "local",
        "forecast": recorded.forecast, "amends": fact.amends, "warning": recorded.warning().map(|said| said.zh),
        "notes": recorded.notes.iter().map(about_field).collect::<Vec<_>>(),
    });
    let short: String = recorded.fact.to_string().chars().take(8).collect();
    let title = field.title(recorded.case);
    let case = match field.names().number(recorded.case) {
        Some(_) => title,
        None => format!("{} {title}", field.handle(recorded.case)),
    };
    let report = Report::new(value).line(say::Saved { kind: name, record: short, case });
    let report =
        recorded.notes.iter().fold(report, |report, note| report.line(say::SavedNote { note: Both::new(&note.zh, &note.en) }));
    if recorded.forecast.code == Code::Effective {
        return Ok(report);
    }
    Ok(report.line(say::SavedForecast { forecast: recorded.forecast.message() }))
}
