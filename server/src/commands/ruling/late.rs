//! Late work: a record that waits, one by somebody who had no seat, or an effective one whose timeliness waits.

use super::must_serve;
use crate::app::CaseGiven;
use crate::command_context::CommandContext;
use crate::commands::staff::require_reason;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::commands::view::verdict_called;
use crate::commands::words::{missing, with_words};
use crate::error::Problem;
use crate::ledger;
use crate::random;
use axum::http::StatusCode;
use clap::Args;
use daiban_core::case::{Code, FactView};
use daiban_core::fact::ruling::LateWork;
use daiban_core::fact::{Ruling, RulingBody};
use daiban_core::ids::FactId;
use daiban_core::people::Role;
use daiban_messages::Say;
use daiban_messages::say::command::Fact;
use daiban_messages::say::command_ruling as say;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Accept or reject a record that waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RulingLate {
    /// 项目编号（如〔2026〕17号） · the case by its number or id
    #[schema(value_type = String, pattern = "^([0-9a-f]{32}|[A-Za-z一-龥]{0,11}[〔（【(]?[0-9]{4}[〕）】)年_.-]第?[0-9]{1,6}号?)$")]
    pub case: CaseGiven,
    /// 记录编号 · fact id
    #[schema(value_type = String, pattern = "^[0-9a-f]{32}$")]
    pub fact: FactId,
    /// 是否采纳 · taken, or rejected for good
    pub accept: bool,
    /// 理由 · reason
    #[schema(min_length = 1, max_length = 200)]
    pub reason: String,
}

/// As it is typed.
#[derive(Debug, Args)]
pub struct Line {
    /// 项目编号（如〔2026〕17号） · the case by its number or id
    #[arg(value_parser = typed::case)]
    case: CaseGiven,
    /// 记录编号 · fact id
    #[arg(value_parser = typed::id::<FactId>)]
    fact: FactId,
    /// 采纳 · accept
    #[arg(long, conflicts_with = "reject", required_unless_present = "reject")]
    accept: bool,
    /// 不予采纳 · reject
    #[arg(long)]
    reject: bool,
    /// 理由 · reason
    #[arg(long)]
    reason: String,
}

impl From<Line> for RulingLate {
    fn from(line: Line) -> RulingLate {
        let Line { case, fact, accept, reject: _, reason } = line;
        RulingLate { case, fact, accept, reason }
    }
}

impl Verb for RulingLate {
    const ZH: &'static str = "迟到记录认定";
    const EN: &'static str = "accept or reject a record that waits";
    const ROLES: &'static [Role] = &[Role::Office, Role::ChiefAgent];
    const OBJECT: &'static str = "项目编号/记录编号 · case id/fact id";
    type Line = Line;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let RulingLate { case, fact, accept, reason } = self;
        let case = context.case(case).await?;
        require_reason(&reason)?;
        let (app, env, by) = (context.app.clone(), context.app.env(), context.by.clone());
        let done = context
            .perform(format!("{case}/{fact}"), move |tx, now| {
                let view = ledger::view(tx, case)?;
                let known = view.fact(fact).ok_or_else(|| missing(Fact))?;
                must_serve(&view, &by, now)?;
                must_wait(known)?;
                let body = RulingBody::LateWork(LateWork { fact, accepted: accept });
                let ruling = Ruling::new(FactId(random::bytes()), by.id.clone(), reason.clone(), &body);
                let row = ledger::append_ruling(tx, &env, case, ruling.clone())?;
                let document = json!({
                    "case": case, "fact": fact, "ruling": ruling.id, "sequence": row.sequence, "accepted": accept,
                    "result": if accept { "accepted" } else { "rejected" },
                });
                Ok(with_words(document, say::Ruled { fact, accepted: accept, row: row.sequence }.say()))
            })
            .await?;
        app.dirty.notify_one();
        Ok(done)
    }
}

fn must_wait(fact: &FactView) -> Result<(), Problem> {
    if fact.amended_by.is_some() {
        return Err(Problem::said(StatusCode::CONFLICT, "nothing_to_rule", say::CorrectedSince));
    }
    if !fact.is_sent_back() && (fact.judged.code == Code::Effective || fact.is_open_to_ruling()) {
        return Ok(());
    }
    let said = say::NothingToRule { verdict: verdict_called(fact) };
    Err(Problem::said(StatusCode::CONFLICT, "nothing_to_rule", said))
}
