//! 退回: a record goes back to its author to be mended; what it met opens again with the first date.

use super::must_serve;
use crate::app::CaseGiven;
use crate::command_context::CommandContext;
use crate::commands::staff::require_reason;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::commands::view::verdict_called;
use crate::commands::words::{missing, role, sentences, titled, with_words};
use crate::db::sql::cases;
use crate::db::sql::directory::Person;
use crate::db::sql::notices::{self, Notice};
use crate::error::Problem;
use crate::ledger;
use crate::planted::Bug;
use crate::random;
use axum::http::StatusCode;
use clap::Args;
use daiban_core::case::{CaseView, Code, FactView};
use daiban_core::fact::ruling::{LateWork, Returned};
use daiban_core::fact::{BodyDigest, KindInfo, Ruling, RulingBody, fact_kind};
use daiban_core::ids::FactId;
use daiban_core::people::Role;
use daiban_core::rules::clause_in_full;
use daiban_messages::say::command as named;
use daiban_messages::say::command_ruling as say;
use daiban_messages::{Both, Message, Say};
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
                let head = cases::hold(tx, case)?.ok_or_else(|| missing(named::Case))?;
                let view = ledger::view(tx, case)?;
                let known = view.fact(fact).ok_or_else(|| missing(named::Fact))?;
                let kind = must_be_returnable(&view, known, &by)?;
                must_serve(&view, &by, now)?;
                let body = match still_meets {
                    false => RulingBody::Returned(Returned { fact }),
                    true => RulingBody::LateWork(LateWork { fact, accepted: true }),
                };
                let ruling = Ruling::new(FactId(random::bytes()), by.id.clone(), reason.clone(), &body);
                let row = ledger::append_ruling(tx, &env, case, ruling.clone())?;
                notices::insert(tx, &notice(&view, head.no, known, kind, (&by, &ruling), now))?;
                let document = json!({
                    "case": case, "fact": fact, "ruling": ruling.id, "sequence": row.sequence, "result": "returned",
                });
                Ok(with_words(document, answer(&view, known, kind, &reason)))
            })
            .await?;
        app.dirty.notify_one();
        Ok(done)
    }
}

/// The kind of a record that this person may send back as it stands.
fn must_be_returnable(view: &CaseView, fact: &FactView, by: &Person) -> Result<&'static KindInfo, Problem> {
    let kind = fact_kind(fact.fact.body.kind()).filter(|kind| !kind.returned_by.is_empty());
    let not_returnable = || Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "not_returnable", say::NotReturnable);
    let kind = kind.ok_or_else(not_returnable)?;
    if !kind.returned_by.contains(&by.role) {
        let receivers = kind.returned_by.iter().copied().map(role).reduce(|one, other| say::Either { one, other }.say().into());
        let said = say::ReturnedBy { kind: Both::new(kind.label.zh, kind.label.en), roles: receivers.unwrap_or_default() };
        return Err(Problem::said(StatusCode::FORBIDDEN, "role_may_not", said));
    }
    must_stand(view, fact)?;
    Ok(kind)
}

fn must_stand(view: &CaseView, fact: &FactView) -> Result<(), Problem> {
    if view.closed.is_some() {
        return Err(Problem::said(StatusCode::CONFLICT, "case_closed", say::CaseClosed));
    }
    if let Some(row) = fact.amended_by.and_then(|id| view.fact(id)).and_then(|fact| fact.sequence) {
        return Err(Problem::said(StatusCode::CONFLICT, "amended_meanwhile", say::AmendedMeanwhile { row }));
    }
    if let Some(sent_back) = fact.sent_back() {
        let said = say::ReturnedBefore { sent_back: Both::new(sent_back.zh(), sent_back.en()) };
        return Err(Problem::said(StatusCode::CONFLICT, "returned_before", said));
    }
    if fact.verdict.code == Code::Late {
        return Err(Problem::said(StatusCode::CONFLICT, "nothing_to_return", say::WaitsForRuling));
    }
    if fact.verdict.code != Code::Effective {
        let said = say::DoesNotCount { verdict: verdict_called(fact) };
        return Err(Problem::said(StatusCode::CONFLICT, "nothing_to_return", said));
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

/// What whoever sent it back is told.
fn answer(view: &CaseView, fact: &FactView, kind: &KindInfo, reason: &str) -> Message {
    let then = [meanwhile(fact), others(view, fact)].into_iter().flatten().map(|said| say::Then { said }.say());
    say::Returned { record: called(fact, kind), reason: bare(reason), then: sentences(then) }.say()
}

/// "报送流程表（第12号）".
fn called(fact: &FactView, kind: &KindInfo) -> Message {
    say::RecordOfRow { kind: Both::new(kind.label.zh, kind.label.en), row: fact.sequence.unwrap_or_default() }.say()
}

/// What becomes of the time limits that the record began or met, until it is corrected.
fn meanwhile(fact: &FactView) -> Option<Message> {
    match fact.fact.body {
        BodyDigest::AuthorizationLetterSigned(_) => Some(say::WithoutLetter.say()),
        BodyDigest::FlowTableSubmitted(_) => Some(say::WithoutTable.say()),
        _ => None,
    }
}

/// That another record of the same matter still stands, which the duty goes by.
fn others(view: &CaseView, fact: &FactView) -> Option<Message> {
    let group = |fact: &FactView| fact.whole().and_then(|fact| fact.body.group());
    let same = |other: &&FactView| {
        other.fact.id != fact.fact.id && other.fact.body.kind() == fact.fact.body.kind() && group(other) == group(fact)
    };
    let single = group(fact).is_some() || fact_kind(fact.fact.body.kind()).is_some_and(|kind| kind.founds);
    let row = view.current().filter(|_| single).find(same).and_then(|other| other.sequence)?;
    Some(say::AnotherStands { row }.say())
}

/// Told to its author, or to whoever is in the author's place now.
fn notice(view: &CaseView, case_no: i64, fact: &FactView, kind: &KindInfo, (by, ruling): (&Person, &Ruling), now: i64) -> Notice {
    let (roster, author) = (&view.roster, &fact.fact.by);
    let group = fact.whole().and_then(|fact| fact.body.group());
    let there = roster.roles_at(author, now).next().is_some().then_some(author);
    let to_whom = there.or_else(|| roster.specialist(group?, now)).or_else(|| roster.chief(now));
    let to_whom = to_whom.map_or(Role::Office.id(), |person| person.as_str()).to_owned();
    let said = say::ReturnedNotice {
        title: titled(view.title.as_deref()),
        record: called(fact, kind),
        by: &by.name,
        reason: bare(&ruling.reason),
        meanwhile: Both::from(meanwhile(fact).map(|said| say::Meanwhile { said }.say())),
        clause: Both::new(clause_in_full(kind.clause), kind.clause),
    };
    let unsaid = Notice {
        key: format!("{}/returned/{}/{to_whom}", view.case, ruling.id),
        case_no: Some(case_no),
        kind: "other".to_owned(),
        to_whom,
        made_at: now,
        ..Notice::default()
    };
    unsaid.saying(said.say())
}
