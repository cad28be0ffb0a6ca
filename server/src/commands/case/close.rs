//! `CaseClose`: 登记有误.

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

/// Close a case that was registered by mistake: it owes nothing any more, nothing is lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct CaseClose {
    /// 项目编号 · case id
    #[schema(value_type = String, pattern = "^[0-9a-f]{32}$")]
    #[arg(value_parser = typed::id::<CaseId>)]
    pub case: CaseId,
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

    async fn run(self, deed: Deed) -> Result<Value, Problem> {
        let CaseClose { case, reason } = self;
        must_say(&reason)?;
        let (app, env, by) = (deed.app.clone(), deed.app.env(), deed.by.id.clone());
        let done = deed
            .perform(case.to_string(), move |tx, _| {
                cases::hold(tx, case)?.ok_or_else(|| Problem::not_found("该项目", "case"))?;
                if ledger::view(tx, case)?.closed.is_some() {
                    let zh = "该项目已按登记有误关闭，无需再次关闭；需要继续办理请用 case reopen。";
                    return Err(Problem::conflict("case_closed", zh, "the case is closed already"));
                }
                let body = RulingBody::CaseClosed(CaseClosed { closed: true });
                let ruling = Ruling::new(FactId(chance::bytes()), by.clone(), reason.clone(), &body);
                let row = ledger::append_ruling(tx, &env, case, ruling.clone())?;
                Ok(json!({
                    "case": case, "ruling": ruling.id, "sequence": row.sequence,
                    "result": "closed", "zh": format!("已按登记有误关闭项目 {case}（第{}号），不再计算应办事项；记录全部保留。", row.sequence),
                    "en": format!("case {case} is closed by row {}; it owes nothing any more", row.sequence),
                }))
            })
            .await?;
        app.dirty.notify_one();
        Ok(done)
    }
}
