//! `CaseClose`: 登记有误.

use crate::app::{CaseGiven, said};
use crate::command_context::CommandContext;
use crate::commands::staff::require_reason;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::db::sql::cases;
use crate::error::Problem;
use crate::ledger;
use crate::random;
use clap::Args;
use daiban_core::fact::ruling::CaseClosed;
use daiban_core::fact::{Ruling, RulingBody};
use daiban_core::ids::{CaseId, FactId};
use daiban_core::people::Role;
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
            cases::hold(tx, case)?.ok_or_else(|| Problem::not_found("该项目", "case"))?;
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
    if closed {
        let zh = "该项目已按登记有误关闭，无需再次关闭；需要继续办理请用 case reopen。";
        return Problem::conflict("case_closed", zh, "the case is closed already");
    }
    Problem::conflict("case_not_closed", "该项目没有关闭，无需恢复。", "the case is not closed")
}

fn answer((case, said): (CaseId, &str), ruling: &Ruling, row: u64, closed: bool) -> Value {
    let (result, zh, en) = if closed {
        let zh = format!("已按登记有误关闭项目 {said}（第{row}号），不再计算应办事项；记录全部保留。");
        ("closed", zh, format!("case {case} is closed by row {row}; it owes nothing any more"))
    } else {
        let zh = format!("已恢复办理项目 {said}（第{row}号），应办事项照常计算。");
        ("reopened", zh, format!("case {case} goes on by row {row}; it owes as before"))
    };
    json!({ "case": case, "ruling": ruling.id, "sequence": row, "result": result, "zh": zh, "en": en })
}
