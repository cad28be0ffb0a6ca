//! A chain that was set aside because its author had no seat on the case is taken in when there is one: the author's own bytes, on the
//! author's own chain, under the author's signature.

use crate::app::App;
use crate::app::said;
use crate::command_context::CommandContext;
use crate::commands::staff::require_reason;
use crate::commands::verb::Verb;
use crate::commands::words::{missing, with_words};
use crate::db::sql::quarantine::{self, Chain, Quarantined};
use crate::db::sql::{actors, devices, keys, policy};
use crate::db::{DbError, Transaction};
use crate::error::Problem;
use crate::intake::NEVER_MEMBER;
use crate::ledger::{CaseLog, LedgerError, Ready, Sent, append_change, week_closes_at};
use crate::planted::Planted;
use axum::http::StatusCode;
use clap::Args;
use daiban_core::admit::{check, place};
use daiban_core::case::{Reason, Verdict};
use daiban_core::doc::ChainTip;
use daiban_core::fact::Fact;
use daiban_core::ids::ActorId;
use daiban_core::people::Role;
use daiban_core::sync::Statement;
use daiban_messages::Say;
use daiban_messages::say::command as named;
use daiban_messages::say::command_ruling as say;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Take in records set aside because their author had no seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct RulingTakeIn {
    /// 暂存编号 · number in the quarantine list
    #[arg(value_name = "NUMBER")]
    pub quarantine: i64,
    /// 理由 · reason
    #[schema(min_length = 1, max_length = 200)]
    #[arg(long)]
    pub reason: String,
}

impl Verb for RulingTakeIn {
    const ZH: &'static str = "收入因未列入名单而暂存的记录";
    const EN: &'static str = "take in records set aside because their author had no seat";
    const ROLES: &'static [Role] = &[Role::Office];
    const OBJECT: &'static str = "暂存编号 · number in quarantine";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let RulingTakeIn { quarantine: number, reason } = self;
        require_reason(&reason)?;
        let app = context.app.clone();
        let server = app.clone();
        let done = context
            .perform(format!("quarantine/{number}"), move |tx, _| {
                let kept = quarantine::find(tx, number)?.ok_or_else(|| missing(named::Quarantined))?;
                let rows = append(tx, &server, &kept)?;
                let (result, count) = (format!("{} taken in: {reason}", rows.len()), rows.len());
                let words = say::TakenIn { number, rows: count, case: said(tx, kept.case)? }.say();
                Ok(with_words(json!({ "case": kept.case, "quarantine": number, "rows": rows, "result": result }), words))
            })
            .await?;
        app.dirty.notify_one();
        Ok(done)
    }
}

fn append(tx: &Transaction<'_>, app: &App, kept: &Quarantined) -> Result<Vec<u64>, Problem> {
    if let Some(fact) = kept.adopted {
        return Err(Problem::said(StatusCode::CONFLICT, "adopted_before", say::TakenInBefore { fact }));
    }
    let chain = Some(kept).filter(|kept| kept.code == NEVER_MEMBER).map(|kept| quarantine::chain(tx, kept)).transpose()?;
    let (chain, statement) = chain.flatten().and_then(signed).ok_or_else(not_set_aside)?;
    let device = devices::find(tx, kept.device)?.ok_or_else(not_set_aside)?;
    statement.verify(&device.public_key, &chain.signature).map_err(|_| not_set_aside())?;
    let mut case_log = CaseLog::open(tx, kept.case)?.ok_or(LedgerError::NoCase)?;
    if !case_log.standing.roster.entries().iter().any(|entry| entry.person == kept.person) {
        return Err(seat_missing());
    }
    let id = ActorId::derive(&device.public_key, kept.case, statement.epoch);
    let mut actor = actors::find(tx, case_log.no, id)?.unwrap_or_else(|| {
        let ChainTip { seq, hash, max_op } = ChainTip::start(kept.case);
        let (person, epoch) = (kept.person.clone(), statement.epoch);
        actors::Actor { no: 0, id, case_no: case_log.no, device: kept.device, person, epoch, seq, hash, max_op }
    });
    let sent = Sent {
        device: kept.device,
        person: kept.person.clone(),
        received_at: kept.received_at,
        // What the device has shown since says nothing about the hour in which this came.
        token: app.vouched(&statement.token, None),
        skew_seconds: 0,
        commanded: false,
        numbers: policy::numbers(tx)?,
        planted: Planted::default(),
    };
    let mut rows = Vec::with_capacity(chain.numbers.len());
    for number in &chain.numbers {
        let bytes = quarantine::bytes(tx, *number)?.unwrap_or_default();
        let mut ready = Ready::new(check(&bytes, id).map_err(LedgerError::Refused)?);
        ready.week_closes_at = ready.fact.as_ref().map_or(Ok(None), |fact| week_closes_at(tx, &fact.body))?;
        place(&ready.checked, &actor.tip()).map_err(LedgerError::Refused)?;
        let (sequence, verdict) = append_change(tx, &mut case_log, &mut actor, &ready, &sent)?;
        if without_seat(&verdict) {
            return Err(seat_missing());
        }
        expect_keys(tx, case_log.no, sequence, &ready)?;
        if let Ok(Fact { id, .. }) = &ready.fact {
            quarantine::adopt(tx, *number, *id)?;
        }
        rows.push(sequence);
    }
    actors::advance(tx, &actor)?;
    if actor.hash == statement.tip_hash {
        actors::keep_statement(tx, &actor, &chain.statement, &chain.signature)?;
    }
    case_log.close(tx)?;
    Ok(rows)
}

fn signed(chain: Chain) -> Option<(Chain, Statement)> {
    let statement = Statement::read(&chain.statement)?;
    Some((chain, statement))
}

fn expect_keys(tx: &Transaction<'_>, case_no: i64, sequence: u64, ready: &Ready) -> Result<(), DbError> {
    ready.sealed.iter().try_for_each(|key| keys::expect(tx, case_no, sequence, *key))
}

fn without_seat(verdict: &Verdict) -> bool {
    verdict.reason == Some(Reason::NotMember)
}

fn not_set_aside() -> Problem {
    Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "not_set_aside", say::NotSetAside)
}

fn seat_missing() -> Problem {
    Problem::said(StatusCode::UNPROCESSABLE_ENTITY, "seat_missing", say::SeatMissing)
}
