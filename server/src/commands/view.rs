//! Documents of what is kept: reading commands and the read API answer with the same.

use super::told::{Told, due, lamp_called, week_called};
use super::words::{missing, name, titled, with_words};
use super::{Part, Rows};
use crate::app::Titles;
use crate::db::sql::cases::{self, CaseHead};
use crate::db::sql::clocks::{self, WrongRows};
use crate::db::sql::duties::{self, DISTRICT};
use crate::db::sql::pack;
use crate::db::sql::{notices, quarantine, reports};
use crate::db::{Connection, DbError};
use crate::error::Problem;
use crate::watch::{compute_case, rules_in_force};
use crate::{ledger, reports as weekly};
use daiban_core::calendar::local_date;
use daiban_core::calendar::{Calendar, Week, local_stamp, parse_date};
use daiban_core::case::{CaseView, FactView};
use daiban_core::fact::{kind_info, shown};
use daiban_core::ids::CaseId;
use daiban_core::people::{Group, Organisation};
use daiban_core::plan::Plan;
use daiban_core::rules::{Duty, lamp, next};
use daiban_messages::say::command as named;
use daiban_messages::say::command_list as say;
use daiban_messages::{Both, Message, Say};
use serde_json::{Value, json};

fn head(conn: &Connection, case: CaseId) -> Result<CaseHead, Problem> {
    cases::find(conn, case)?.ok_or_else(|| missing(named::Case))
}

/// Cases, oldest first: name, stage, lamp, what is due next.
pub(crate) fn case_list(conn: &Connection, part: &Part, now: i64) -> Result<Rows, Problem> {
    let (rules, plan) = (rules_in_force(conn)?, pack::current(conn)?);
    let plan = plan.holding(local_date(now));
    let begin = part.begins(|name| case_place(conn, name))?;
    let heads = cases::page(conn, begin.as_ref(), part.and_one())?;
    let each = |head: &CaseHead| {
        let computed = compute_case(conn, head, &rules, now)?;
        let duties = computed.duties.into_values().collect::<Vec<_>>();
        Ok(summary(head, &computed.view, &duties, plan))
    };
    // The last one is only there to tell whether more follows.
    let more = heads.len() > part.rows() as usize;
    let rows = heads.iter().take(part.rows() as usize).map(each).collect::<Result<_, DbError>>()?;
    Ok(Rows { rows, more })
}

/// What lies in quarantine, newest first.
pub(crate) fn quarantine_list(conn: &Connection, part: &Part, titles: &Titles, now: i64) -> Result<Rows, Problem> {
    let begin = part.begins(|name| Ok(name.parse().ok()))?;
    let found = quarantine::before(conn, begin.unwrap_or(i64::MAX), part.and_one())?;
    let mut told = Told::read(conn, now)?.knowing(titles);
    Ok(Rows::of(part, found.iter().map(|entry| with_words(json!(entry), told.quarantined(entry))).collect()))
}

/// What the sweep told whom, newest first.
pub(crate) fn notice_list(conn: &Connection, part: &Part) -> Result<Rows, Problem> {
    let begin = part.begins(|name| Ok(name.parse().ok()))?;
    let numbered = |(no, notice): &(i64, notices::Notice)| {
        let mut row = json!(notice);
        row["no"] = json!(no);
        if let Some(why) = &notice.withdrawn_why {
            let notice = Both::new(&notice.zh, &notice.en);
            row = with_words(row, say::NoticeWithdrawn { why, notice }.say());
        }
        row
    };
    let found = notices::before(conn, begin.unwrap_or(i64::MAX), part.and_one())?;
    Ok(Rows::of(part, found.iter().map(numbered).collect()))
}

fn summary(head: &CaseHead, view: &CaseView, owed: &[Duty], plan: &Plan) -> Value {
    let stage = plan.stage(view);
    let next = next(owed);
    let lamp = lamp(owed);
    let told = match &view.closed {
        Some(closed) => Both::new(closed.zh(), closed.en()),
        None => Both::new(stage.zh(), stage.en()),
    };
    let number = head.number.map(|number| plan.numbered(number));
    let line = say::Case {
        lamp: lamp_called(lamp),
        title: titled(view.title.as_deref()),
        called: number.clone().map_or_else(|| say::CaseUnnumbered { id: head.id }.say().into(), name),
        stage: told,
        due: Both::from(next.map(|duty| say::CaseDue { due: due(duty) }.say())),
    };
    let document = json!({
        "case": head.id, "number": number, "title": view.title, "enterprise": view.enterprise, "location": view.location,
        "stage": stage, "stage_zh": stage.zh(), "lamp": lamp, "lamp_zh": lamp.zh(),
        "sequence": head.sequence, "facts": view.facts.len(), "waiting": view.waiting().count(), "returned": view.sent_back().count(),
        "letter": view.letter, "next_due_on": next.map(|duty| duty.due_on), "opened_at": head.opened_at,
        "closed": view.closed,
    });
    with_words(document, line.say())
}

/// One case: team, facts, duties, materials, what is contested.
pub(crate) fn case_show(conn: &Connection, case: CaseId, now: i64) -> Result<Value, Problem> {
    let head = head(conn, case)?;
    let computed = compute_case(conn, &head, &rules_in_force(conn)?, now)?;
    let (view, owed) = (computed.view, computed.duties.into_values().collect::<Vec<_>>());
    let plan = pack::with_units(conn)?.on(local_date(now));
    let mut document = summary(&head, &view, &owed, &plan);
    document["chain"] = json!(head.chain);
    document["enterprise_page"] = json!(format!("/e/{}", data_encoding::HEXLOWER.encode(&head.link)));
    document["gaps"] =
        json!(view.roster.gaps(now, &plan.organisation).iter().map(|gap| gap.zh(&plan.organisation)).collect::<Vec<_>>());
    document["late_letter"] = json!(view.late_letter().map(|late| late.zh()));
    document["contested"] = json!(view.contested.len());
    let told = Told::read(conn, now)?;
    document["roster"] = json!(view.roster);
    if let Value::Array(rows) = &mut document["roster"] {
        for (row, entry) in rows.iter_mut().zip(view.roster.entries()) {
            *row = with_words(row.take(), told.seat(entry));
        }
    }
    document["fact_rows"] = facts(&view, &clocks::wrong_rows(conn, head.no)?, &told);
    document["duties"] = json!(owed.iter().map(|duty| with_words(json!(duty), told.duty_of_case(duty))).collect::<Vec<_>>());
    Ok(document)
}

/// The facts of a case, in order.
pub(crate) fn case_facts(conn: &Connection, case: CaseId, now: i64) -> Result<Value, Problem> {
    let wrong = match cases::find(conn, case)? {
        Some(head) => clocks::wrong_rows(conn, head.no)?,
        None => WrongRows::default(),
    };
    Ok(facts(&ledger::view(conn, case)?, &wrong, &Told::read(conn, now)?))
}

fn facts(view: &CaseView, wrong: &WrongRows, told: &Told<'_>) -> Value {
    Value::Array(view.facts.iter().map(|row| fact(row, wrong, told)).collect())
}

fn fact(row: &FactView, wrong: &WrongRows, told: &Told<'_>) -> Value {
    let kind = row.fact.body.kind();
    let kind_called =
        kind_info(kind).map_or_else(|| say::KindUnrecognised.say().into(), |info| Both::new(info.label.zh, info.label.en));
    let clock_wrong = row.sequence.zip(row.received_at).is_some_and(|(sequence, at)| wrong.holds(sequence, at));
    let open_to_ruling = row.is_open_to_ruling() && row.ruled.is_none();
    let document = json!({
        "fact": row.fact.id, "sequence": row.sequence, "kind": kind, "kind_zh": kind_called.zh, "by": row.fact.by,
        "unit": row.fact.unit, "occurred_at": row.fact.occurred_at, "recorded_at": row.fact.recorded_at,
        "received_at": row.received_at, "amends": row.fact.amends, "amended_by": row.amended_by,
        "judged": row.judged, "verdict": row.verdict, "verdict_zh": row.verdict_zh(), "ruled": row.ruled, "sent_back": row.sent_back(),
        "device": row.author.device, "sent_by": row.author.person, "fields": fields(row),
        "server_clock_wrong": clock_wrong, "open_to_ruling": open_to_ruling,
    });
    let line = say::Fact {
        number: row.sequence.map_or(String::new(), |sequence| format!("{sequence}. ")),
        at: local_stamp(row.verdict.effective_at),
        who: told.who(&row.fact.by),
        other: Both::from(row.recorded_by_other().map(|other| say::FactByOther { who: told.who(other) }.say())),
        kind: kind_called,
        verdict: verdict_called(row),
        open: open_to_ruling,
        clock_wrong,
    };
    with_words(document, line.say())
}

/// A verdict, in Chinese with its reason and what to do.
pub(super) fn verdict_called(row: &FactView) -> Both {
    Both::new(row.verdict_zh(), row.sent_back().map_or_else(|| row.verdict.code.name().to_owned(), |sent_back| sent_back.en()))
}

/// The kind's own fields, ids and bytes as hex.
fn fields(row: &FactView) -> Value {
    let own = row.whole().map(shown::own_fields).unwrap_or_default();
    own.into_iter().map(|(name, node)| (name, readable(node))).collect()
}

fn readable(node: daiban_core::fact::Node) -> Value {
    use daiban_core::fact::Node;
    match node {
        Node::Str(text) => json!(text),
        Node::Int(number) => json!(number),
        Node::Bool(flag) => json!(flag),
        Node::Bytes(bytes) => json!(data_encoding::HEXLOWER.encode(&bytes)),
        Node::List(items) => items.into_iter().map(readable).collect(),
        Node::Map(fields) => fields.into_iter().map(|(name, value)| (name, readable(value))).collect(),
    }
}

/// The duties of a case at this moment, with the trace of what they were before.
pub(crate) fn case_duties(conn: &Connection, case: CaseId, now: i64) -> Result<Value, Problem> {
    let head = head(conn, case)?;
    let rules = rules_in_force(conn)?;
    let computed = compute_case(conn, &head, &rules, now)?;
    let (calendar, policy) = (rules.calendar().version(), rules.numbers.newest().number);
    let closed: Vec<_> = duties::trace(conn, head.no)?.into_iter().filter(|row| row.closed_at.is_some()).collect();
    Ok(json!({
        "case": case, "sequence": computed.view.sequence, "now": now, "calendar": calendar, "policy": policy,
        "duties": computed.duties.values().collect::<Vec<_>>(), "stored": duties::standing(conn, head.no)?, "closed": closed,
        "notices": notices::of_case(conn, head.no)?,
    }))
}

/// Where a duty stands in the list of all: due date, number of its case or [`DISTRICT`], key.
type DutyPlace = (String, i64, String);

/// How many cases with rows that no duty was computed from yet are looked for.
const WAITING_MAX: u32 = 10_000;

/// The standing duties of all cases and of the district, earliest first.
pub(crate) fn duty_list(conn: &Connection, part: &Part, titles: &Titles, calendar: &Calendar, now: i64) -> Result<Rows, Problem> {
    let begin = part.begins(|name| duty_place(conn, name))?;
    let (mut found, mut told) = (Vec::new(), Told::read(conn, now)?.knowing(titles));
    let waiting = cases::waiting(conn, WAITING_MAX)?;
    for row in duties::standing_after(conn, begin.as_ref(), part.and_one())? {
        let mut owed: Duty = serde_json::from_value(row.body).map_err(|_| DbError::Corrupt("duty"))?;
        owed.bring_to(calendar, now);
        let line = told.duty(&owed, waiting.contains(&row.case_no));
        found.push(with_words(json!(owed), line));
    }
    Ok(Rows::of(part, found))
}

fn case_place(conn: &Connection, name: &str) -> Result<Option<CaseHead>, Problem> {
    Ok(name.parse().ok().map(|id| cases::find(conn, id)).transpose()?.flatten())
}

fn duty_place(conn: &Connection, name: &str) -> Result<Option<DutyPlace>, Problem> {
    let mut parts = name.splitn(3, '~');
    let (Some(due), Some(case), Some(key)) = (parts.next(), parts.next(), parts.next()) else { return Ok(None) };
    let no = match case {
        "" => Some(DISTRICT),
        id => case_place(conn, id)?.map(|head| head.no),
    };
    let due = parse_date(due).ok().filter(|_| !key.contains('\0'));
    Ok(no.zip(due).map(|(no, due)| (due.to_string(), no, key.to_owned())))
}

/// Week and group of a report, `""` for the district's.
fn report_place(name: &str) -> Option<(String, &'static str)> {
    let (week, group) = name.split_once('~')?;
    let group = if group.is_empty() { "" } else { group.parse::<Group>().ok()?.id() };
    Some((week.parse::<Week>().ok()?.to_string(), group))
}

/// Reports without their bodies, newest week first.
pub(crate) fn report_list(conn: &Connection, part: &Part) -> Result<Rows, Problem> {
    let plan = pack::current(conn)?;
    let row = |row: &reports::ReportRow| {
        let document = json!({
            "week": row.week, "group": row.group, "state": row.state, "hash": row.hash, "drafted_at": row.drafted_at, "since_at": row.since_at,
            "confirmed_by": row.confirmed_by, "confirm_recorded_by": row.confirm_recorded_by, "frozen_at": row.frozen_at,
            "sent_at": row.sent_at, "sent_by": row.sent_by, "send_recorded_by": row.send_recorded_by, "sent_to": row.sent_to,
        });
        with_words(document, report_line(row, &plan.organisation))
    };
    let begin = part.begins(|name| Ok(report_place(name)))?;
    let begin = begin.as_ref().map(|(week, group)| (week.as_str(), *group));
    let found = reports::page(conn, begin, part.and_one())?;
    Ok(Rows::of(part, found.iter().map(row).collect()))
}

fn report_line(row: &reports::ReportRow, organisation: &Organisation) -> Message {
    let whose = row.group.map_or_else(
        || named::District.say().into(),
        |group| Both::new(organisation.group_zh(group), organisation.group_en(group)),
    );
    say::Report { week: week_called(row.week), whose, state: &row.state }.say()
}

/// One report, whole.
pub(crate) fn report_show(conn: &Connection, week: Week, group: Option<Group>) -> Result<Value, Problem> {
    let row = reports::find(conn, week, group)?.ok_or_else(|| missing(named::Report))?;
    Ok(weekly::with_editions(&row, &reports::editions(conn, week, group)?))
}
