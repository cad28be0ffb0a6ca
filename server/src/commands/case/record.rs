//! Facts recorded at the console: written under the server's key, naming who ordered them (architecture.md §1).

use crate::chance;
use crate::commands::staff::serving;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::db::sql::directory::Person;
use crate::db::sql::{cases, keys};
use crate::db::{Connection, Transaction};
use crate::deed::Deed;
use crate::error::Problem;
use crate::ledger::{self, Env};
use clap::Args;
use daiban_core::case::Row;
use daiban_core::fact::field::{FieldValue, Filled, Reader};
use daiban_core::fact::{Body, Fact, FieldError, FieldErrors, SealKey, Sealed, fact_kind, fact_kinds};
use daiban_core::ids::{CaseId, FactId, KeyId, PersonId, UnitId};
use daiban_core::people::{Organisation, Role, RosterEntry};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa::openapi::{AllOfBuilder, Ref, Schema};

/// Record a fact, under the server's key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseRecord {
    /// 项目编号；项目登记时不写 · case id; without it a new case is opened, and only by `case_opened`
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[0-9a-f]{32}$")]
    pub case: Option<CaseId>,
    /// 代谁录入（仅专班办公室） · on whose behalf, the office only
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
    /// 代谁录入（仅专班办公室） · on whose behalf, the office only
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
}

impl From<Line> for CaseRecord {
    fn from(line: Line) -> CaseRecord {
        let Line { case, person, kind, fields, occurred, amends } = line;
        CaseRecord { case: case.0, person, kind, fields, occurred_at: occurred, amends }
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

    async fn run(self, deed: Deed) -> Result<Value, Problem> {
        let record = self;
        let author = record.person.clone().unwrap_or_else(|| deed.by.id.clone());
        if author != deed.by.id && deed.by.role != Role::Office {
            let zh = "只有专班办公室可以代他人录入，请以本人身份录入。";
            return Err(Problem::forbidden("not_author", zh, "only the office records for somebody else"));
        }
        if author != deed.by.id && record.kind == "authorization_letter_signed" {
            let zh = "委托书由首席代办员本人登记，不能代录；请首席代办员在本人设备上登记（daiban-field），或以本人身份录入。";
            return Err(Problem::forbidden("letter_not_in_person", zh, "a letter is recorded by the chief agent in person"));
        }
        if record.case.is_none() && record.kind != "case_opened" {
            let zh = "新项目的第一条记录应为项目登记（case_opened），请先登记项目，或填写项目编号。";
            return Err(Problem::unprocessable("case_missing", zh, "name the case, or open one by `case_opened`"));
        }
        let mut filling = Filling { keys: Vec::new() };
        let body = body(&record.kind, record.fields, &mut filling)?;
        let sealing = filling.keys;
        let case = record.case.unwrap_or_else(|| CaseId(chance::bytes()));
        let (opens, app, env, orderer) = (record.case.is_none(), deed.app.clone(), deed.app.env(), deed.by.id.clone());
        let (occurred_at, amends) = (record.occurred_at, record.amends);
        let done = deed
            .perform(case.to_string(), move |tx, now| {
                let author = serving(tx, &author)?;
                let fact = Fact {
                    id: FactId(chance::bytes()),
                    by: author.id.clone(),
                    unit: author.unit.clone(),
                    occurred_at: occurred_at.unwrap_or(now),
                    recorded_at: now,
                    amends,
                    body: body.clone(),
                };
                fact.check().map_err(refused)?;
                if opens {
                    open(tx, &env, case, &author, now)?;
                }
                let row = ledger::append_fact(tx, &env, case, &orderer, &fact)?;
                keep_keys(tx, case, &row, &sealing)?;
                Ok(answer(case, &fact, &row))
            })
            .await?;
        app.dirty.notify_one();
        Ok(done)
    }
}

/// A new case whose first member is whoever opens it.
fn open(tx: &Transaction<'_>, env: &Env, case: CaseId, author: &Person, now: i64) -> Result<(), Problem> {
    if ![Role::ChiefAgent, Role::GroupSpecialist, Role::UnitAgent].contains(&author.role) {
        let zh = format!("{}（{}）不能登记项目，请用 --for 指定代办员、代办专员或首席代办员。", author.name, author.role.zh());
        return Err(Problem::unprocessable("role_may_not", zh, "a case is opened by an agent, a specialist or the chief agent"));
    }
    ledger::open_case(tx, env, case)?;
    let (person, unit) = (author.id.clone(), author.unit.clone());
    let entry = RosterEntry { person, role: author.role, unit, group: author.group, from: now, until: None };
    ledger::append_roster(tx, env, case, entry)?;
    Ok(())
}

fn keep_keys(tx: &Transaction<'_>, case: CaseId, row: &Row, sealing: &[SealKey]) -> Result<(), Problem> {
    let conn: &Connection = tx;
    let head = cases::find(conn, case)?.ok_or_else(|| Problem::not_found("该项目", "case"))?;
    Ok(sealing.iter().try_for_each(|key| keys::insert(tx, head.no, row.sequence, key))?)
}

fn answer(case: CaseId, fact: &Fact, row: &Row) -> Value {
    json!({
        "case": case, "fact": fact.id, "sequence": row.sequence, "verdict": row.verdict,
        "result": format!("{} {}", fact.body.kind(), row.verdict.code.name()),
        "zh": format!("项目 {case} 第{}号记录：{}（记录编号 {}）", row.sequence, row.verdict.zh(), fact.id),
        "en": format!("row {} of case {case}: {}; fact {}", row.sequence, row.verdict.code.name(), fact.id),
    })
}

/// A form filled in at the console.
struct Filling {
    keys: Vec<SealKey>,
}

impl Reader for Filling {
    fn seal(&mut self, text: &str) -> Result<Sealed, FieldError> {
        let key = SealKey { id: KeyId(chance::bytes()), key: chance::bytes::<32>().to_vec() };
        let sealed = Sealed::seal(text, &key, chance::bytes())
            .map_err(|error| FieldError::new("sealed", error.to_string(), "个人信息内容过长，无法加密保存，请精简后重试。"))?;
        self.keys.push(key);
        Ok(sealed)
    }

    fn unit(&self, typed: &str) -> UnitId {
        Organisation::of_plan().unit_id(typed)
    }

    fn person(&self, typed: &str) -> PersonId {
        PersonId::from(typed)
    }

    /// A program fills in what it means.
    fn filled(&self, _: Filled) -> Option<FieldValue> {
        None
    }
}

/// The body of a record, from JSON.
fn body(kind: &str, fields: Value, filling: &mut Filling) -> Result<Body, Problem> {
    if fact_kind(kind).is_none() {
        return Err(unknown_kind(kind));
    }
    let FieldValue::Fields(values) = FieldValue::from(fields) else {
        let zh = "记录内容应为一组“栏目：值”，请按接口文档更正。";
        return Err(Problem::unprocessable("fields", zh, "the fields are a JSON object"));
    };
    Body::from_form(kind, &values, filling).map_err(refused)
}

fn refused(errors: FieldErrors) -> Problem {
    let problem = Problem::unprocessable("fields", errors.zh(), errors.to_string());
    match errors.0.into_iter().next() {
        Some(first) => problem.with("field", first.field),
        None => problem,
    }
}

fn unknown_kind(kind: &str) -> Problem {
    let known: Vec<&str> = fact_kinds().iter().map(|info| info.name).collect();
    let zh = format!("没有名为“{kind}”的记录种类，请填写：{}。", known.join("、"));
    Problem::unprocessable("kind_unknown", zh, format!("no kind {kind:?}; one of {}", known.join(", ")))
}
