//! `CaseClose`: 登记有误.

use crate::app::{CaseGiven, said};
use crate::command_context::CommandContext;
use crate::commands::staff::require_reason;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::commands::words::{missing, with_words};
use crate::db::sql::cases;
use crate::error::Problem;
use crate::ledger;
use crate::random;
use axum::http::StatusCode;
use clap::Args;
use daiban_core::fact::ruling::CaseClosed;
use daiban_core::fact::{Ruling, RulingBody};
use daiban_core::ids::{CaseId, FactId};
use daiban_core::people::Role;
use daiban_messages::Say;
use daiban_messages::say::command::Case;
use daiban_messages::say::command_case as say;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Close a case that was registered by mistake: it owes nothing any more, nothing is lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct CaseClose {
    /// 项目编号（如〔2026〕17号） · the case by its number or id
    #[schema(value_type = String, pattern = "^([0-9a-f]{32}|[A-Za-z一-龥]{0,11}[〔（【(]?[0-9]{4}[〕）】)年_.-]第?[0-9]{1,6}号?)$")]
    #[arg(value_parser = typed::case)]
    pub case: CaseGiven,
    /// 理由 · reason
    #[schema(min_length = 1, max_length = 200)]
    #[arg(long)]
    pub reason: String,
}

impl Verb for CaseClose {
    const ZH: &'static str = "登记有误，关闭项目";
    const EN: &'static str = "close a case that was registered by mistake";
    const ROLES: &'static [Role] = &[Role::Office];
    const OBJECT: &'static str = "项目编号 · case id";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let case = context.case(self.case).await?;
        decide(context, case, self.reason, true).await
    }
}

/// Closes a case, or lets a closed one go on; refused if it stands so already.
pub(super) async fn decide(context: CommandContext, case: CaseId, reason: String, closed: bool) -> Result<Value, Problem> {
    require_reason(&reason)?;
    let (app, env, by) = (context.app.clone(), context.app.env(), context.by.id.clone());
    let done = context
        .perform(case.to_string(), move |tx, _| {
            cases::hold(tx, case)?.ok_or_else(|| missing(Case))?;
            if ledger::view(tx, case)?.closed.is_some() == closed {
                return Err(stands_so(closed));
            }
            let body = RulingBody::CaseClosed(CaseClosed { closed });
            let ruling = Ruling::new(FactId(random::bytes()), by.clone(), reason.clone(), &body);
            let row = ledger::append_ruling(tx, &env, case, ruling.clone())?;
            Ok(answer((case, &said(tx, case)?), &ruling, row.sequence, closed))
        })
        .await?;
    app.dirty.notify_one();
    Ok(done)
}

fn stands_so(closed: bool) -> Problem {
    match closed {
        true => Problem::said(StatusCode::CONFLICT, "case_closed", say::ClosedBefore),
        false => Problem::said(StatusCode::CONFLICT, "case_not_closed", say::NotClosed),
    }
}

fn answer((case, said): (CaseId, &str), ruling: &Ruling, row: u64, closed: bool) -> Value {
    let (result, said) = match closed {
        true => ("closed", say::Closed { case: said, row }.say()),
        false => ("reopened", say::Reopened { case: said, row }.say()),
    };
    with_words(json!({ "case": case, "ruling": ruling.id, "sequence": row, "result": result }), said)
}
