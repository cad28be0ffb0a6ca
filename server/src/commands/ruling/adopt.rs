//! A refused record is taken out of quarantine into its case, written anew under the server's key.

use crate::app::said;
use crate::command_context::CommandContext;
use crate::commands::staff::require_reason;
use crate::commands::verb::Verb;
use crate::commands::words::{missing, with_words};
use crate::db::Transaction;
use crate::db::sql::quarantine;
use crate::error::Problem;
use crate::ledger;
use crate::random;
use axum::http::StatusCode;
use clap::Args;
use daiban_core::admit;
use daiban_core::case::CaseView;
use daiban_core::fact::ruling::QuarantineAdopted;
use daiban_core::fact::{Fact, Ruling, RulingBody};
use daiban_core::ids::{ActorId, FactId};
use daiban_core::people::Role;
use daiban_messages::Say;
use daiban_messages::say::command::Quarantined;
use daiban_messages::say::command_ruling as say;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Take a quarantined record into its case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct RulingAdopt {
    /// 暂存编号 · number in the quarantine list
    #[arg(value_name = "NUMBER")]
    pub quarantine: i64,
    /// 理由 · reason
    #[schema(min_length = 1, max_length = 200)]
    #[arg(long)]
    pub reason: String,
}

impl Verb for RulingAdopt {
    const ZH: &'static str = "补录暂存的记录";
    const EN: &'static str = "take a quarantined record into its case";
    const ROLES: &'static [Role] = &[Role::Office];
    const OBJECT: &'static str = "暂存编号 · number in quarantine";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let RulingAdopt { quarantine: number, reason } = self;
        require_reason(&reason)?;
        let (app, env, by) = (context.app.clone(), context.app.env(), context.by.id.clone());
        let done = context
            .perform(format!("quarantine/{number}"), move |tx, _| {
                let kept = quarantine::find(tx, number)?.ok_or_else(|| missing(Quarantined))?;
                if let Some(fact) = kept.adopted {
                    return Err(Problem::said(StatusCode::CONFLICT, "adopted_before", say::AdoptedBefore { fact }));
                }
                let bytes = quarantine::bytes(tx, number)?.unwrap_or_default();
                let fact = readable(&bytes).ok_or_else(unreadable)?;
                if fact.by != kept.person {
                    return Err(Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "not_author", say::NotAuthor));
                }
                let adopted = named(&ledger::view(tx, kept.case)?, fact)?;
                let row = ledger::append_fact(tx, &env, kept.case, &by, &adopted)?;
                let body = RulingBody::QuarantineAdopted(QuarantineAdopted { quarantine: number, fact: adopted.id });
                let ruling = Ruling::new(FactId(random::bytes()), by.clone(), reason.clone(), &body);
                ledger::append_ruling(tx, &env, kept.case, ruling.clone())?;
                note(tx, number, adopted.id)?;
                let words = say::Adopted { number, case: said(tx, kept.case)?, row: row.sequence }.say();
                let document = json!({
                    "case": kept.case, "quarantine": number, "fact": adopted.id, "ruling": ruling.id, "sequence": row.sequence,
                    "verdict": row.verdict, "result": adopted.id,
                });
                Ok(with_words(document, words))
            })
            .await?;
        app.dirty.notify_one();
        Ok(done)
    }
}

/// Keeps the author's id, so that the same record sent again is one fact; an id that stands for something else is not taken.
fn named(view: &CaseView, fact: Fact) -> Result<Fact, Problem> {
    match view.fact(fact.id) {
        None => Ok(fact),
        Some(known) if known.whole() == Some(&fact) => {
            Err(Problem::said(StatusCode::CONFLICT, "recorded_meanwhile", say::ArrivedMeanwhile))
        }
        Some(_) => Ok(Fact { id: FactId(random::bytes()), ..fact }),
    }
}

fn note(tx: &Transaction<'_>, number: i64, fact: FactId) -> Result<(), Problem> {
    quarantine::adopt(tx, number, fact)?;
    Ok(())
}

/// The fact in refused bytes, if they hold a whole one: the refusal was about its place in a chain, not about itself.
fn readable(bytes: &[u8]) -> Option<Fact> {
    let actor: ActorId = admit::peek(bytes).ok()?.actor;
    let checked = admit::check(bytes, actor).ok()?;
    Fact::read(checked.fact).ok()
}

fn unreadable() -> Problem {
    Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "not_adoptable", say::NotAdoptable)
}
