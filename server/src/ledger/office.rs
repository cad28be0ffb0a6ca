//! Rows that the office orders: rulings, roster rows, and facts written under the server's own key.

use super::{CaseLog, Env, LedgerError, Ready, Sent, Vouched, append_change, view::read_fact, week_closes_at};
use crate::db::Transaction;
use crate::db::sql::{actors, facts, policy, rows};
use crate::planted::Planted;
use daiban_core::admit::{check, place};
use daiban_core::case::{Entry, Row, Verdict};
use daiban_core::doc::{ChainTip, compose};
use daiban_core::fact::{Fact, Ruling, RulingBody};
use daiban_core::ids::{ActorId, CaseId, FactId, PersonId};
use daiban_core::people::RosterEntry;
use daiban_core::sync::Signer;
use std::sync::Arc;

/// Makes a case that the office opens; does nothing if it is there.
pub fn open_case(tx: &Transaction<'_>, env: &Env, case: CaseId) -> Result<(), LedgerError> {
    if CaseLog::open(tx, case)?.is_none() {
        let case_log = CaseLog::create(tx, case, env.now)?;
        case_log.close(tx)?;
    }
    Ok(())
}

fn must_open(tx: &Transaction<'_>, case: CaseId) -> Result<CaseLog, LedgerError> {
    CaseLog::open(tx, case)?.ok_or(LedgerError::NoCase)
}

/// Appends a ruling.
pub fn append_ruling(tx: &Transaction<'_>, env: &Env, case: CaseId, ruling: Ruling) -> Result<Row, LedgerError> {
    let mut case_log = must_open(tx, case)?;
    let about = match ruling.body() {
        RulingBody::LateWork(late) => Some(ruled_fact(tx, case_log.no, late.fact)?),
        _ => None,
    };
    let row = case_log.append(tx, Entry::Ruling(ruling), about.as_ref(), Verdict::row(env.now), env.now, None)?;
    case_log.close(tx)?;
    Ok(row)
}

fn ruled_fact(tx: &Transaction<'_>, case_no: i64, id: FactId) -> Result<Fact, LedgerError> {
    let known = facts::find(tx, case_no, id)?.ok_or(LedgerError::NoFact)?;
    let row = rows::find(tx, case_no, known.sequence)?.ok_or(LedgerError::NoFact)?;
    let fact = read_fact(&row).and_then(Result::ok).ok_or(LedgerError::NoFact)?;
    Ok(Arc::unwrap_or_clone(fact))
}

/// Appends a roster row: somebody joins, changes role or leaves. Makes the case if it is not there yet.
pub fn append_roster(tx: &Transaction<'_>, env: &Env, case: CaseId, entry: RosterEntry) -> Result<Row, LedgerError> {
    let mut case_log = match CaseLog::open(tx, case)? {
        Some(case_log) => case_log,
        None => CaseLog::create(tx, case, env.now)?,
    };
    let row = case_log.append_member(tx, entry, env.now)?;
    case_log.close(tx)?;
    Ok(row)
}

/// Writes a fact that `by` commanded, as the next change of the server's own chain in the case.
pub fn append_fact(tx: &Transaction<'_>, env: &Env, case: CaseId, by: &PersonId, fact: &Fact) -> Result<Row, LedgerError> {
    let mut case_log = must_open(tx, case)?;
    let id = ActorId::derive(&env.key.public_key(), case, env.epoch);
    let mut actor = match actors::find(tx, case_log.no, id)? {
        Some(actor) => actor,
        None => {
            let start = ChainTip::start(case);
            let (seq, hash, max_op) = (start.seq, start.hash, start.max_op);
            let (device, person, epoch) = (env.device(), by.clone(), env.epoch);
            actors::Actor { no: 0, id, case_no: case_log.no, device, person, epoch, seq, hash, max_op }
        }
    };
    let composed = compose(id, &actor.tip(), &fact.node(), env.now);
    let mut ready = Ready::new(check(&composed.bytes, id).map_err(LedgerError::Refused)?);
    ready.week_closes_at = week_closes_at(tx, &fact.body)?;
    let sent = Sent {
        device: env.device(),
        person: by.clone(),
        received_at: env.now,
        token: Vouched::default(),
        skew_seconds: 0,
        commanded: true,
        numbers: policy::numbers(tx)?,
        planted: Planted::default(),
    };
    place(&ready.checked, &actor.tip()).map_err(LedgerError::Refused)?;
    let (sequence, _) = append_change(tx, &mut case_log, &mut actor, &ready, &sent)?;
    actors::advance(tx, &actor)?;
    let no = case_log.no;
    case_log.close(tx)?;
    rows::find(tx, no, sequence)?.ok_or(LedgerError::NoFact)
}
