//! `cases` and `show`.

use super::fields;
use super::output::Report;
use crate::fault::Fault;
use crate::field::Field;
use daiban_core::agent::{CaseSummary, KnownNames};
use daiban_core::calendar::local_stamp;
use daiban_core::case::{CaseView, FactView, Stage};
use daiban_core::fact::text::visible_line;
use daiban_core::fact::{Names, Sealed, kind_info};
use daiban_core::ids::CaseId;
use daiban_core::people::RosterEntry;
use daiban_core::rules::Lamp;
use daiban_messages::say::terminal as say;
use daiban_messages::{Both, Say};
use serde_json::{Value, json};
use std::borrow::Cow;

/// Every case on this device, the most urgent first.
pub fn list(field: &Field) -> Report {
    let mut cases = field.cases();
    cases.sort_by(|a, b| (b.lamp, &a.title, a.case).cmp(&(a.lamp, &b.title, b.case)));
    let report = Report::new(json!({ "cases": cases }));
    if cases.is_empty() {
        return report.line(say::CasesNone);
    }
    cases.iter().fold(report, |report, case| line(report, field, case))
}

fn line(report: Report, field: &Field, c: &CaseSummary) -> Report {
    let handle = field.handle(c.case);
    let title = c.title.as_deref().map_or(Cow::Borrowed("—"), visible_line);
    let state = match &c.closed {
        Some(closed) => closed.message().into(),
        None => Both::new(c.stage.zh(), c.stage.en()),
    };
    let due = Both::from(c.next_due.map(|day| say::CasesDue { day }.say()));
    let (lamp, numbered, waiting, quarantined) = (lamp(c.lamp), c.number.is_some(), c.waiting, c.quarantined);
    let report = report.line(say::CasesLine { handle, lamp, title, numbered, state, due, waiting, quarantined });
    match &c.alarm {
        Some(alarm) => report.under(10, say::CaseAlarm { what: alarm.message() }.say()),
        None => report,
    }
}

fn lamp(lamp: Lamp) -> Both {
    Both::new(lamp.zh(), format!("{lamp:?}"))
}

/// One case: team, records in order, what is contested.
pub fn show(field: &Field, prefix: &str) -> Result<Report, Fault> {
    let case = field.find_case(prefix)?;
    let view = field.case(case)?;
    let worst = field.duties(Some(case))?.iter().map(|duty| duty.lamp).max().unwrap_or(Lamp::Grey);
    let (now, stage) = (field.now(), field.plan().stage(&view));
    let open = |sealed: &Sealed| field.unseal(sealed);
    let names = field.names();
    let units = names.organisation();
    let records: Vec<Value> = view.facts.iter().map(|f| record(f, &names, &open)).collect();
    let team: Vec<_> = view.roster.active_at(now).collect();
    let value = json!({
        "case": case, "number": names.number(case), "title": view.title, "enterprise": view.enterprise, "location": view.location, "stage": stage,
        "lamp": worst, "sequence": view.sequence, "team": team.iter().map(|seat| seated(seat, &names)).collect::<Vec<_>>(), "contested": view.contested, "records": records,
        "update_needed": view.update_needed, "later": view.later.iter().map(|row| row.sequence).collect::<Vec<_>>(),
    });
    let mut report = head(Report::new(value), field, (case, &view), (worst, stage));
    for member in team {
        let group = Both::from(
            member.group.map(|group| say::CaseGroup { group: Both::new(units.group_zh(group), units.group_en(group)) }.say()),
        );
        let role = Both::new(units.role_zh(member.role), units.role_en(member.role));
        let unit = Both::new(names.unit(&member.unit), names.unit_en(&member.unit));
        report = report.under(2, say::CaseMember { role, group, person: names.person(&member.person), unit }.say());
    }
    for contested in &view.contested {
        report = report.under(2, say::CaseContested { what: contested.message() }.say());
    }
    if view.update_needed {
        report = report.under(2, say::CaseUpdate.say());
    }
    for fact in &view.facts {
        report = timeline(report, fact, (&view, &names), &open);
    }
    for unread in &view.unreadable {
        let number = unread.sequence.unwrap_or(0);
        let verdict = unread.verdict.message();
        let person = names.person(&unread.author.person);
        report = report.under(2, say::CaseUnreadable { number, person, verdict }.say());
    }
    for row in &view.later {
        report = report.under(2, say::CaseLater { number: row.sequence }.say());
    }
    Ok(report)
}

/// A seat with the name of whoever holds it.
fn seated(seat: &RosterEntry, names: &KnownNames) -> Value {
    let mut value = json!(seat);
    (value["name"], value["unit_name"]) = (json!(names.person(&seat.person)), json!(names.unit(&seat.unit)));
    value
}

fn head(report: Report, field: &Field, (case, view): (CaseId, &CaseView), (worst, stage): (Lamp, Stage)) -> Report {
    let title = view.title.as_deref().map_or(Cow::Borrowed("—"), visible_line);
    let enterprise = view.enterprise.as_deref().map_or(Cow::Borrowed("—"), visible_line);
    let stage = Both::new(stage.zh(), stage.en());
    let ids = say::CaseIds { number: field.number(case), enterprise, id: case }.say();
    report.line(say::CaseHead { title, lamp: lamp(worst), stage }).under(2, ids)
}

fn record(f: &FactView, names: &KnownNames, open: fields::Opener<'_>) -> Value {
    json!({
        "record": f.fact.id, "kind": f.fact.body.kind(), "by": f.fact.by, "by_name": names.person(&f.fact.by), "unit": f.fact.unit,
        "occurred_at": f.fact.occurred_at, "recorded_at": f.fact.recorded_at, "received_at": f.received_at,
        "sequence": f.sequence, "verdict": f.verdict, "amends": f.fact.amends, "amended_by": f.amended_by,
        "fields": f.whole().map(|fact| fields::json(fact, open)),
    })
}

/// What a kind is called; an unknown one by its own name.
pub fn kind(name: &str) -> Both {
    match kind_info(name) {
        Some(info) => Both::new(info.label.zh, info.label.en),
        None => say::KindUnknown { kind: name }.say().into(),
    }
}

fn timeline(report: Report, f: &FactView, (view, names): (&CaseView, &KnownNames), open: fields::Opener<'_>) -> Report {
    let short: String = f.fact.id.to_string().chars().take(8).collect();
    let kind = kind(f.fact.body.kind());
    let when = local_stamp(f.fact.occurred_at);
    let verdict = Both::new(f.verdict_zh(), f.verdict.code.name());
    let state = match f.sequence {
        Some(number) => say::CaseRecordNumbered { number, verdict }.say(),
        None => say::CaseRecordHere { verdict }.say(),
    };
    let author = format!("{} {}", names.unit(f.unit(&view.roster)), names.person(&f.fact.by));
    let by = match f.recorded_by_other().map(|other| names.person(other)) {
        Some(other) => say::CaseRecordByOther { by: author, other }.say().into(),
        None => Both::new(author.clone(), author),
    };
    let amended = f.amended_by.is_some();
    let report = report.line(say::CaseRecord { when, kind, by, id: short, state, amended });
    let lines = f.whole().map(|fact| fields::lines(fact, names, open)).unwrap_or_default();
    lines.into_iter().fold(report, |report, line| report.under(4, line))
}
