//! `CaseReopen`: 登记有误.

use crate::chance;
use crate::commands::staff::must_say;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::db::sql::cases;
use crate::deed::Deed;
use crate::error::Problem;
use crate::ledger;
use clap::Args;
use daiban_core::fact::ruling::CaseClosed;
use daiban_core::fact::{Ruling, RulingBody};
use daiban_core::ids::{CaseId, FactId};
use daiban_core::people::Role;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Let a case go on that was closed as registered by mistake.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct CaseReopen {
    /// 项目编号 · case id
    #[schema(value_type = String, pattern = "^[0-9a-f]{32}$")]
    #[arg(value_parser = typed::id::<CaseId>)]
    pub case: CaseId,
    /// 理由 · reason
    #[schema(min_length = 1, max_length = 200)]
    #[arg(long)]
    pub reason: String,
}

impl Verb for CaseReopen {
    const ZH: &'static str = "恢复办理误关的项目";
    const EN: &'static str = "let a closed case go on";
    const ROLES: &'static [Role] = &[Role::Office];
    const OBJECT: &'static str = "项目编号 · case id";
    type Line = Self;

    async fn run(self, deed: Deed) -> Result<Value, Problem> {
        let CaseReopen { case, reason } = self;
        must_say(&reason)?;
        let (app, env, by) = (deed.app.clone(), deed.app.env(), deed.by.id.clone());
        let done = deed
            .perform(case.to_string(), move |tx, _| {
                cases::hold(tx, case)?.ok_or_else(|| Problem::not_found("该项目", "case"))?;
                if ledger::view(tx, case)?.closed.is_none() {
                    let zh = "该项目没有关闭，无需恢复。";
                    return Err(Problem::conflict("case_not_closed", zh, "the case is not closed"));
                }
                let body = RulingBody::CaseClosed(CaseClosed { closed: false });
                let ruling = Ruling::new(FactId(chance::bytes()), by.clone(), reason.clone(), &body);
                let row = ledger::append_ruling(tx, &env, case, ruling.clone())?;
                Ok(json!({
                    "case": case, "ruling": ruling.id, "sequence": row.sequence,
                    "result": "reopened", "zh": format!("已恢复办理项目 {case}（第{}号），应办事项照常计算。", row.sequence),
                    "en": format!("case {case} goes on by row {}; it owes as before", row.sequence),
                }))
            })
            .await?;
        app.dirty.notify_one();
        Ok(done)
    }
}
