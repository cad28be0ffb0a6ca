//! 退回: a record goes back to its author to be mended; what it met opens again with the first date.

use super::must_serve;
use crate::app::CaseGiven;
use crate::command_context::CommandContext;
use crate::commands::staff::require_reason;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::db::sql::cases;
use crate::db::sql::directory::Person;
use crate::db::sql::notices::{self, Notice};
use crate::error::Problem;
use crate::ledger;
use crate::planted::Bug;
use crate::random;
use clap::Args;
use daiban_core::case::{CaseView, Code, FactView};
use daiban_core::fact::ruling::{LateWork, Returned};
use daiban_core::fact::{BodyDigest, KindInfo, Ruling, RulingBody, fact_kind};
use daiban_core::ids::FactId;
use daiban_core::people::Role;
use daiban_core::rules::clause_in_full;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Send a record back to its author.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct RulingReturn {
    /// 项目编号（如〔2026〕17号） · the case by its number or id
    #[schema(value_type = String, pattern = "^([0-9a-f]{32}|[A-Za-z一-龥]{0,11}[〔（【(]?[0-9]{4}[〕）】)年_.-]第?[0-9]{1,6}号?)$")]
    #[arg(value_parser = typed::case)]
    pub case: CaseGiven,
    /// 记录编号 · fact id
    #[schema(value_type = String, pattern = "^[0-9a-f]{32}$")]
    #[arg(value_parser = typed::id::<FactId>)]
    pub fact: FactId,
    /// 退回原因，写明须更正之处 · what is to be mended
    #[schema(min_length = 1, max_length = 200)]
    #[arg(long)]
    pub reason: String,
}

impl Verb for RulingReturn {
    const ZH: &'static str = "退回记录，请记录人更正后重报";
    const EN: &'static str = "send a record back to its author to be mended";
    const ROLES: &'static [Role] = &[Role::Office, Role::ChiefAgent];
    const OBJECT: &'static str = "项目编号/记录编号 · case id/fact id";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let RulingReturn { case, fact, reason } = self;
        let case = context.case(case).await?;
        require_reason(&reason)?;
        let (app, env, by) = (context.app.clone(), context.app.env(), context.by.clone());
        let still_meets = app.planted(Bug::SentBackStillMeets);
        let done = context
            .perform(format!("{case}/{fact}"), move |tx, now| {
                let head = cases::hold(tx, case)?.ok_or_else(|| Problem::not_found("该项目", "case"))?;
                let view = ledger::view(tx, case)?;
                let known = view.fact(fact).ok_or_else(|| Problem::not_found("该记录", "fact"))?;
                let kind = must_be_returnable(&view, known, &by)?;
                must_serve(&view, &by, now)?;
                let body = match still_meets {
                    false => RulingBody::Returned(Returned { fact }),
                    true => RulingBody::LateWork(LateWork { fact, accepted: true }),
                };
                let ruling = Ruling::new(FactId(random::bytes()), by.id.clone(), reason.clone(), &body);
                let row = ledger::append_ruling(tx, &env, case, ruling.clone())?;
                notices::insert(tx, &notice(&view, head.no, known, kind, (&by, &ruling), now))?;
                let said = [meanwhile(known).to_owned(), others(&view, known)];
                let said: String = said.iter().filter(|said| !said.is_empty()).map(|said| format!("{said}。")).collect();
                let zh = format!("{}已退回，原因：{}。{said}", named(known, kind), bare(&reason));
                Ok(json!({
                    "case": case, "fact": fact, "ruling": ruling.id, "sequence": row.sequence, "result": "returned", "zh": zh,
                    "en": format!("fact {fact} sent back by row {}; it meets nothing until it is corrected", row.sequence),
                }))
            })
            .await?;
        app.dirty.notify_one();
        Ok(done)
    }
}

/// The kind of a record that this person may send back as it stands.
fn must_be_returnable(view: &CaseView, fact: &FactView, by: &Person) -> Result<&'static KindInfo, Problem> {
    let zh = "该类记录不退回；内容有误请记录人用“更正”改正，迟到的请用“迟到记录认定”。";
    let kind = fact_kind(fact.fact.body.kind()).filter(|kind| !kind.returned_by.is_empty());
    let kind = kind.ok_or_else(|| Problem::unprocessable("not_returnable", zh, "nobody receives this kind of record"))?;
    if !kind.returned_by.contains(&by.role) {
        let receivers: Vec<&str> = kind.returned_by.iter().map(|role| role.zh()).collect();
        let zh = format!("{}由{}退回，请转告。", kind.label.zh, receivers.join("或"));
        return Err(Problem::forbidden("role_may_not", zh, "it is sent back by whoever receives it"));
    }
    must_stand(view, fact)?;
    Ok(kind)
}

fn must_stand(view: &CaseView, fact: &FactView) -> Result<(), Problem> {
    if view.closed.is_some() {
        let zh = "该项目已按登记有误关闭，不再退回记录；确需办理请先用 case reopen 恢复。";
        return Err(Problem::conflict("case_closed", zh, "the case is closed"));
    }
    if let Some(number) = fact.amended_by.and_then(|id| view.fact(id)).and_then(|fact| fact.sequence) {
        let zh = format!("该记录已由第{number}号记录更正，请退回更正后的那一份。");
        return Err(Problem::conflict("amended_meanwhile", zh, "a correction took its place; send that one back"));
    }
    if let Some(sent_back) = fact.sent_back() {
        let zh = format!("该记录{}，无需重复退回。", sent_back.zh());
        return Err(Problem::conflict("returned_before", zh, "it was sent back before and is not corrected yet"));
    }
    if fact.verdict.code == Code::Late {
        let zh = "该记录待认定，请先作出认定（ruling late），予以采纳后仍需更正的再退回。";
        return Err(Problem::conflict("nothing_to_return", zh, "it waits for a ruling; decide that first"));
    }
    if fact.verdict.code != Code::Effective {
        let zh = format!("该记录{}，本就不计入，无需退回。", fact.verdict_zh());
        return Err(Problem::conflict("nothing_to_return", zh, "the fact does not count; there is nothing to send back"));
    }
    if let Some(contested) = view.contested.iter().find(|contested| contested.facts.contains(&fact.fact.id)) {
        return Err(Problem::conflict("contested", contested.zh(), "records disagree; have them settled by a correction first"));
    }
    Ok(())
}

/// A reason as it stands within a sentence.
fn bare(reason: &str) -> &str {
    reason.trim().trim_end_matches('。')
}

/// "报送流程表（第12号）".
fn named(fact: &FactView, kind: &KindInfo) -> String {
    format!("{}（第{}号）", kind.label.zh, fact.sequence.unwrap_or_default())
}

/// What becomes of the time limits that the record began or met, until it is corrected.
fn meanwhile(fact: &FactView) -> &'static str {
    match fact.fact.body {
        BodyDigest::AuthorizationLetterSigned(_) => "更正前不再起算各项时限，更正后按更正的签订日期计算",
        BodyDigest::FlowTableSubmitted(_) => "所涉时限按原截止日继续计算",
        _ => "",
    }
}

/// That another record of the same matter still stands, which the duty goes by.
fn others(view: &CaseView, fact: &FactView) -> String {
    let group = |fact: &FactView| fact.whole().and_then(|fact| fact.body.group());
    let same = |other: &&FactView| {
        other.fact.id != fact.fact.id && other.fact.body.kind() == fact.fact.body.kind() && group(other) == group(fact)
    };
    let single = group(fact).is_some() || fact_kind(fact.fact.body.kind()).is_some_and(|kind| kind.founds);
    let other = view.current().filter(|_| single).find(same).and_then(|other| other.sequence);
    other.map_or(String::new(), |number| format!("另有第{number}号记录仍有效，如同样有误请一并退回"))
}

/// Told to its author, or to whoever is in the author's place now.
fn notice(view: &CaseView, case_no: i64, fact: &FactView, kind: &KindInfo, (by, ruling): (&Person, &Ruling), now: i64) -> Notice {
    let (roster, author) = (&view.roster, &fact.fact.by);
    let group = fact.whole().and_then(|fact| fact.body.group());
    let there = roster.roles_at(author, now).next().is_some().then_some(author);
    let to_whom = there.or_else(|| roster.specialist(group?, now)).or_else(|| roster.chief(now));
    let to_whom = to_whom.map_or(Role::Office.id(), |person| person.as_str()).to_owned();
    let title = view.title.as_deref().unwrap_or("（未命名项目）");
    let (what, why, clause) = (named(fact, kind), bare(&ruling.reason), clause_in_full(kind.clause));
    let meanwhile = Some(meanwhile(fact)).filter(|said| !said.is_empty()).map_or(String::new(), |said| format!("；{said}"));
    Notice {
        key: format!("{}/returned/{}/{to_whom}", view.case, ruling.id),
        case_no: Some(case_no),
        kind: "other".to_owned(),
        zh: format!("【退回】{title}：{what}由{}退回，原因：{why}。请更正后重报{meanwhile}。（依据：{clause}）", by.name),
        en: format!("[sent back] {title}: {} no. {}: {why}", kind.label.en, fact.sequence.unwrap_or_default()),
        to_whom,
        made_at: now,
        withdrawn_at: None,
        withdrawn_why: None,
    }
}
