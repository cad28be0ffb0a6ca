//! `CaseContact`: the enterprise's contact, opened for whoever needs it, with who and why in the audit log.

use crate::app::{CaseGiven, said};
use crate::command_context::CommandContext;
use crate::commands::staff::require_reason;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::commands::words::{missing, with_words};
use crate::db::Connection;
use crate::db::sql::{cases, keys};
use crate::error::Problem;
use crate::ledger;
use axum::http::StatusCode;
use clap::Args;
use daiban_core::case::CaseView;
use daiban_core::fact::{Body, Sealed};
use daiban_core::people::Role;
use daiban_messages::Say;
use daiban_messages::say::command as named;
use daiban_messages::say::command_case as say;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Open the contact of a case. What lists, pages and reports never show is shown here, and leaves an audit row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct CaseContact {
    /// 项目编号（如〔2026〕17号） · the case by its number or id
    #[schema(value_type = String, pattern = "^([0-9a-f]{32}|[A-Za-z一-龥]{0,11}[〔（【(]?[0-9]{4}[〕）】)年_.-]第?[0-9]{1,6}号?)$")]
    #[arg(value_parser = typed::case)]
    pub case: CaseGiven,
    /// 用途 · what it is needed for
    #[schema(min_length = 1, max_length = 200)]
    #[arg(long)]
    pub reason: String,
}

impl Verb for CaseContact {
    const ZH: &'static str = "查阅建设单位经办人信息";
    const EN: &'static str = "open the contact of a case";
    const ROLES: &'static [Role] = &[Role::Office, Role::ChiefAgent, Role::GroupSpecialist, Role::UnitAgent, Role::DispatchLead];
    const OBJECT: &'static str = "项目编号 · case id";
    const EXAMPLE: &'static str = "daiban --as chief case contact 〔2026〕17号 --reason 联系补正材料";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        require_reason(&self.reason)?;
        let (case, by) = (context.case(self.case).await?, context.by.clone());
        let answer = context.perform(case.to_string(), move |tx, now| {
            let head = cases::find(tx, case)?.ok_or_else(|| missing(named::Case))?;
            let view = ledger::view(tx, case)?;
            if by.role != Role::Office && view.roster.roles_at(&by.id, now).next().is_none() {
                return Err(Problem::said(StatusCode::FORBIDDEN, "not_of_the_team", say::ContactForTeam));
            }
            let sealed = contact(&view).ok_or_else(|| missing(named::Contact))?;
            let text = opened(tx, head.no, sealed)?;
            let words = say::Contact { case: said(tx, case)?, contact: &text }.say();
            let result = format!("contact opened: {}", self.reason.trim());
            Ok(with_words(json!({ "case": case, "contact": text, "result": result }), words))
        });
        answer.await
    }
}

/// What the opening that counts says.
fn contact(view: &CaseView) -> Option<&Sealed> {
    let mut said = view.current().filter_map(|fact| match &fact.whole()?.body {
        Body::CaseOpened(opened) => opened.contact.as_ref(),
        _ => None,
    });
    said.next_back()
}

fn opened(conn: &Connection, case_no: i64, sealed: &Sealed) -> Result<String, Problem> {
    let key = keys::find(conn, case_no, sealed.key)?;
    let sealed_still = || Problem::said(StatusCode::CONFLICT, "contact_sealed", say::ContactSealed);
    key.and_then(|key| sealed.open(&key).ok()).ok_or_else(sealed_still)
}
