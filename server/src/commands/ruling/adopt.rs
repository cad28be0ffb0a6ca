//! A refused record is taken out of quarantine into its case, written anew under the server's key.

use crate::app::said;
use crate::command_context::CommandContext;
use crate::commands::staff::require_reason;
use crate::commands::verb::Verb;
use crate::db::Transaction;
use crate::db::sql::quarantine;
use crate::error::Problem;
use crate::ledger;
use crate::random;
use clap::Args;
use daiban_core::admit;
use daiban_core::case::CaseView;
use daiban_core::fact::ruling::QuarantineAdopted;
use daiban_core::fact::{Fact, Ruling, RulingBody};
use daiban_core::ids::{ActorId, FactId};
use daiban_core::people::Role;
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
                let kept = quarantine::find(tx, number)?.ok_or_else(|| Problem::not_found("该暂存记录", "quarantined record"))?;
                if let Some(fact) = kept.adopted {
                    let zh = format!("该记录已采纳（{fact}），无需重复。");
                    return Err(Problem::conflict("adopted_before", zh, "the record was adopted before"));
                }
                let bytes = quarantine::bytes(tx, number)?.unwrap_or_default();
                let fact = readable(&bytes).ok_or_else(unreadable)?;
                if fact.by != kept.person {
                    let zh = "署名与设备持有人不一致，不能采纳；请由本人重新记录。";
                    return Err(Problem::unprocessable("not_author", zh, "`by` is not the holder of the device"));
                }
                let adopted = named(&ledger::view(tx, kept.case)?, fact)?;
                let row = ledger::append_fact(tx, &env, kept.case, &by, &adopted)?;
                let body = RulingBody::QuarantineAdopted(QuarantineAdopted { quarantine: number, fact: adopted.id });
                let ruling = Ruling::new(FactId(random::bytes()), by.clone(), reason.clone(), &body);
                ledger::append_ruling(tx, &env, kept.case, ruling.clone())?;
                note(tx, number, adopted.id)?;
                Ok(json!({
                    "case": kept.case, "quarantine": number, "fact": adopted.id, "ruling": ruling.id, "sequence": row.sequence,
                    "verdict": row.verdict, "result": adopted.id,
                    "zh": format!("暂存记录{number}已采纳为项目 {} 第{}号记录。", said(tx, kept.case)?, row.sequence),
                    "en": format!("quarantined record {number} is row {} of case {}", row.sequence, kept.case),
                }))
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
            let zh = "该记录此后已正常到达并编号，无需采纳。";
            Err(Problem::conflict("recorded_meanwhile", zh, "the same record arrived meanwhile and has its number"))
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
    let zh = "该记录的内容无法安全读取，不能直接采纳；请联系记录人重新记录，或由办公室代为录入（case record）。";
    Problem::unprocessable("not_adoptable", zh, "the bytes hold no whole fact; have it recorded again")
}
