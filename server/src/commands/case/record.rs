//! Facts recorded at the console: written under the server's key, naming who ordered them.

use super::filling::{Filling, refused};
use crate::app::{CaseGiven, said};
use crate::command_context::CommandContext;
use crate::commands::staff::{on_behalf, serving};
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::commands::words::{missing, role, sentences, with_words};
use crate::db::sql::directory::Person;
use crate::db::sql::{cases, keys, policy};
use crate::db::{Connection, Transaction};
use crate::error::Problem;
use crate::ledger::{self, Env};
use crate::random;
use axum::http::StatusCode;
use clap::Args;
use daiban_core::case::{Material, Row};
use daiban_core::fact::{Body, Fact, FieldError, FieldErrors, SealKey};
use daiban_core::ids::{CaseId, FactId, PersonId};
use daiban_core::people::{Organisation, Role, RosterEntry};
use daiban_core::permit::plausible::{Doubt, Held, doubts};
use daiban_core::permit::{ineligible, unplaced};
use daiban_core::requirement::Requirement;
use daiban_messages::say::command::Case;
use daiban_messages::say::command_case as say;
use daiban_messages::{Both, Message, Say};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa::openapi::{AllOfBuilder, Ref, Schema};

/// Record a fact, under the server's key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseRecord {
    /// 项目编号（如〔2026〕17号）；项目登记时不写 · number or id of the case; without it a new case is opened, and only by `case_opened`
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^([0-9a-f]{32}|[A-Za-z一-龥]{0,11}[〔（【(]?[0-9]{4}[〕）】)年_.-]第?[0-9]{1,6}号?)$")]
    pub case: Option<CaseGiven>,
    /// 代谁录入（仅办公室） · on whose behalf, the office only
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub person: Option<PersonId>,
    /// 种类 · kind of the table, such as `work_log`
    pub kind: String,
    /// 内容 · the fields of the kind; personal data is given as plain text and sealed before it is written
    #[schema(schema_with = record_fields)]
    pub fields: Value,
    /// 发生时间（默认现在） · when it happened, now by default
    #[serde(default)]
    pub occurred_at: Option<i64>,
    /// 更正哪条记录 · the fact it corrects
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[0-9a-f]{32}$")]
    pub amends: Option<FactId>,
    /// 已核对很久以前的日期 · dates of long ago were looked at and are right
    #[serde(default)]
    pub sure: bool,
}

/// One of the schemas made from the declarations of the kinds.
fn record_fields() -> Schema {
    let text = "内容 · the fields of the kind; personal data is given as plain text and sealed before it is written";
    Schema::AllOf(AllOfBuilder::new().item(Ref::from_schema_name("RecordFields")).description(Some(text)).build())
}

/// As it is typed.
#[derive(Debug, Args)]
pub struct Line {
    /// 项目编号；项目登记时写 new · case id, or `new` to open a case
    #[arg(value_parser = typed::case_or_new)]
    case: typed::CaseOrNew,
    /// 代谁录入（仅办公室） · on whose behalf, the office only
    #[arg(long = "for", value_name = "PERSON", value_parser = typed::person)]
    person: Option<PersonId>,
    /// 种类 · kind, such as work_log, authorization_letter_signed
    #[arg(long)]
    kind: String,
    /// 内容（JSON） · the fields of the kind
    #[arg(long, value_parser = typed::json)]
    fields: Value,
    /// 发生时间 · when it happened: a date, or Unix seconds; now by default
    #[arg(long, value_parser = typed::noon)]
    occurred: Option<i64>,
    /// 更正哪条记录 · the fact it corrects
    #[arg(long, value_parser = typed::id::<FactId>)]
    amends: Option<FactId>,
    /// 已核对很久以前的日期 · dates of long ago were looked at and are right
    #[arg(long)]
    sure: bool,
}

impl From<Line> for CaseRecord {
    fn from(line: Line) -> CaseRecord {
        let Line { case, person, kind, fields, occurred, amends, sure } = line;
        CaseRecord { case: case.0, person, kind, fields, occurred_at: occurred, amends, sure }
    }
}

impl Verb for CaseRecord {
    const ZH: &'static str = "代录一条记录";
    const EN: &'static str = "record a fact, under the server's key";
    const ROLES: &'static [Role] = &[Role::Office, Role::ChiefAgent, Role::GroupSpecialist, Role::UnitAgent, Role::DispatchLead];
    const OBJECT: &'static str = "项目编号 · case id";
    const EXAMPLE: &'static str =
        "daiban --as chief case record CASE --kind work_log --fields '{\"text\":\"电话告知材料清单\",\"channel\":\"telephone\"}'";
    type Line = Line;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let record = self;
        let context = on_behalf(context, record.person.as_ref(), &Role::all())?;
        let author = context.person().id.clone();
        let is_letter = record.kind == "authorization_letter_signed";
        if context.behalf.is_some() && is_letter && Requirement::R072.holds() {
            return Err(Problem::said(StatusCode::FORBIDDEN, "letter_not_in_person", say::LetterNotInPerson));
        }
        if record.case.is_none() && record.kind != "case_opened" {
            return Err(Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "case_missing", say::OpeningFirst));
        }
        let case = match record.case {
            Some(given) => context.case(given).await?,
            None => CaseId(random::bytes()),
        };
        let (opens, app, env, orderer) = (record.case.is_none(), context.app.clone(), context.app.env(), context.by.id.clone());
        let (occurred_at, amends, sure) = (record.occurred_at, record.amends, record.sure);
        let done = context
            .perform(case.to_string(), move |tx, now| {
                let author = serving(tx, &author)?;
                let mut filling = Filling::new(tx)?;
                let body = filling.body(&record.kind, record.fields.clone())?;
                let fact = Fact {
                    id: FactId(random::bytes()),
                    by: author.id.clone(),
                    unit: author.unit.clone(),
                    occurred_at: occurred_at.unwrap_or(now),
                    recorded_at: now,
                    amends,
                    body,
                };
                fact.check().map_err(refused)?;
                must_fit(tx, &fact, sure)?;
                if opens {
                    open(tx, &env, case, &author, now)?;
                }
                let row = ledger::append_fact(tx, &env, case, &orderer, &fact)?;
                keep_keys(tx, case, &row, &filling.keys)?;
                Ok(answer((case, &said(tx, case)?), &fact, &row, &notes(tx, case, &fact.body, &filling.units)?))
            })
            .await?;
        app.dirty.notify_one();
        Ok(done)
    }
}

/// A date that no honest record can have is refused where it is typed, and so is a project that is too small; a date of long ago is asked about, because last year's number is the
/// commonest typing error. A letter of long ago then waits.
fn must_fit(conn: &Connection, fact: &Fact, sure: bool) -> Result<(), Problem> {
    let now = fact.recorded_at;
    let held = Held { recorded_at: now, received_at: now, numbers: policy::numbers(conn)?.form_numbers(now) };
    let (impossible, long_ago): (Vec<Doubt>, Vec<Doubt>) = doubts(fact, held).into_iter().partition(Doubt::is_refused);
    let unfit = impossible.iter().map(FieldError::from).chain(ineligible(&fact.body, held.numbers.investment_min));
    FieldErrors(unfit.collect()).done().map_err(refused)?;
    let Some(first) = long_ago.first().filter(|_| !sure) else { return Ok(()) };
    let (zh, en): (Vec<String>, Vec<String>) = long_ago.iter().map(|doubt| (doubt.zh(), doubt.en())).unzip();
    let said = say::DateInDoubt { asked: Both::new(zh.concat(), en.join("; ")) };
    Err(Problem::said(StatusCode::CONFLICT, "date_in_doubt", said).with("field", first.field.as_str()))
}

/// A new case whose first member is whoever opens it.
fn open(tx: &Transaction<'_>, env: &Env, case: CaseId, author: &Person, now: i64) -> Result<(), Problem> {
    if ![Role::ChiefAgent, Role::GroupSpecialist, Role::UnitAgent].contains(&author.role) {
        let said = say::MayNotOpen { name: &author.name, role: role(author.role) };
        return Err(Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "role_may_not", said));
    }
    ledger::open_case(tx, env, case)?;
    let (person, unit) = (author.id.clone(), author.unit.clone());
    let entry = RosterEntry { person, role: author.role, unit, group: author.group, from: now, until: None };
    ledger::append_roster(tx, env, case, entry)?;
    Ok(())
}

fn keep_keys(tx: &Transaction<'_>, case: CaseId, row: &Row, sealing: &[SealKey]) -> Result<(), Problem> {
    let conn: &Connection = tx;
    let head = cases::find(conn, case)?.ok_or_else(|| missing(Case))?;
    Ok(sealing.iter().try_for_each(|key| keys::insert(tx, head.no, row.sequence, key))?)
}

/// What somebody should look at again: codes that do not fit, more given back than was received.
fn notes(tx: &Transaction<'_>, case: CaseId, body: &Body, units: &Organisation) -> Result<Vec<FieldError>, Problem> {
    let mut notes = body.notes();
    notes.extend(unplaced(body, units));
    if let Body::MaterialReturned(returned) = body {
        let of_record = |line: &&Material| {
            returned.items.iter().any(|item| item.title.trim() == line.title && item.original == line.original)
        };
        notes.extend(ledger::view(tx, case)?.surplus().filter(of_record).map(|line| {
            let Message { zh, en, .. } = say::ReturnedSurplus { title: &line.title }.say();
            FieldError::new("items", en, zh)
        }));
    }
    Ok(notes)
}

fn answer((case, said): (CaseId, &str), fact: &Fact, row: &Row, notes: &[FieldError]) -> Value {
    let note = |note: &FieldError| say::Note { note: Both::new(note.zh.trim_end_matches('。'), &note.en) }.say();
    let verdict = Both::new(row.verdict.zh(), row.verdict.code.name());
    let said = say::Recorded { case: said, row: row.sequence, verdict, fact: fact.id, notes: sentences(notes.iter().map(note)) };
    let document = json!({
        "case": case, "fact": fact.id, "sequence": row.sequence, "verdict": row.verdict,
        "notes": notes.iter().map(|note| json!({ "field": note.field, "zh": note.zh, "en": note.en })).collect::<Vec<_>>(),
        "result": format!("{} {}", fact.body.kind(), row.verdict.code.name()),
    });
    with_words(document, said.say())
}
