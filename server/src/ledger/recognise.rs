//! Facts of kinds that this server did not know when they came: judged again, each by a ruling of its own.

use super::named::{look_up, week_closes_at};
use super::view::read_fact;
use super::{CaseLog, Env, LedgerError};
use crate::db::sql::unrecognised::{self, Waiting};
use crate::db::sql::{actors, facts, policy, rows};
use crate::db::{Connection, DbError, Transaction};
use crate::random;
use daiban_core::case::{Code, Entry, JudgingState, Row, Unrecognised, Verdict};
use daiban_core::fact::table::KINDS_VERSION;
use daiban_core::fact::{Fact, FactDigest, Ruling, RulingBody};
use daiban_core::ids::{ActorId, CaseId, FactId, PersonId};
use daiban_core::permit::{Arrival, Referred, recognise, references};
use daiban_core::sync::{Signer, Statement, TimeToken};
use daiban_messages::Say;
use daiban_messages::say::job::RecognisedReason;
use std::sync::Arc;

/// Who rules: the server, by the table of kinds and nobody's order.
const BY: &str = "server";

/// Judges the first `limit` facts of a case again that no server of this version judged. Gives how many were recognised. Nothing is
/// written before `may_write`, which is asked when the case is locked.
pub fn recognise_case(
    tx: &Transaction<'_>,
    env: &Env,
    case: CaseId,
    limit: u32,
    may_write: impl FnOnce(&Transaction<'_>) -> Result<(), DbError>,
) -> Result<(u64, u64), LedgerError> {
    let mut case_log = CaseLog::open(tx, case)?.ok_or(LedgerError::NoCase)?;
    may_write(tx)?;
    let waiting = unrecognised::of_case(tx, case_log.no, KINDS_VERSION, limit)?;
    let (looked_at, mut recognised) = (waiting.len() as u64, 0);
    let reason = RecognisedReason.say().zh;
    for (id, judged) in judge_again(tx, env, case, case_log.no, &waiting)? {
        let Some((fact, verdict)) = judged.filter(|(_, verdict)| verdict.code != Code::Unrecognised) else {
            unrecognised::put_off(tx, case_log.no, id, KINDS_VERSION)?;
            continue;
        };
        let body = RulingBody::Recognised(verdict.recognising(id));
        let ruling = Ruling::new(FactId(random::bytes()), PersonId::from(BY), &reason, &body);
        case_log.append(tx, Entry::Ruling(ruling), Some(&fact), Verdict::row(env.now), env.now, None)?;
        unrecognised::remove(tx, case_log.no, id)?;
        recognised += 1;
    }
    case_log.close(tx)?;
    Ok((looked_at, recognised))
}

type Judged = (FactId, Option<(Arc<Fact>, Verdict)>);

/// Walks the case once and judges each fact at its place, against what the rows below it add up to.
fn judge_again(conn: &Connection, env: &Env, case: CaseId, case_no: i64, waiting: &[Waiting]) -> Result<Vec<Judged>, DbError> {
    let (mut standing, mut settling) = (JudgingState::new(case), Unrecognised::default());
    let (mut judged, mut left) = (Vec::with_capacity(waiting.len()), waiting.iter().peekable());
    rows::walk(conn, case_no, 0, |row| {
        let fact = read_fact(&row).and_then(Result::ok);
        if let Some(next) = left.next_if(|next| next.sequence == row.sequence) {
            let verdict = fact.as_ref().map(|fact| again(conn, env, case_no, &standing, fact, &row)).transpose()?;
            judged.push((next.fact, fact.clone().zip(verdict)));
        }
        let about = match &row.entry {
            Entry::Ruling(ruling) => settling.settle(&ruling.body()),
            _ => fact.clone(),
        };
        standing.apply(&row.entry, about.as_deref().map(FactDigest::from).as_ref(), &row.verdict, row.received_at);
        if let Some(fact) = fact {
            settling.note(fact.id, &row.verdict, || fact.clone());
        }
        Ok(left.peek().is_some())
    })?;
    Ok(judged)
}

fn again(
    conn: &Connection,
    env: &Env,
    case_no: i64,
    standing: &JudgingState,
    fact: &Fact,
    row: &Row,
) -> Result<Verdict, DbError> {
    let Entry::Change { actor, seq, author, .. } = &row.entry else { return Ok(row.verdict.clone()) };
    let mut arrival = Arrival::new(&author.person, row.received_at, token_at(conn, env, case_no, *actor, *seq)?, 0);
    arrival.commanded = author.device == env.device();
    arrival.numbers = policy::numbers(conn)?.form_numbers(fact.recorded_at.min(row.received_at));
    let wanted = references(fact);
    let known = |id: Option<FactId>| -> Result<Option<Referred>, DbError> {
        let Some(id) = id else { return Ok(None) };
        let found = facts::find(conn, case_no, id)?.filter(|found| found.sequence < row.sequence);
        Ok(found.map(|found| Referred { person: found.person, kind: found.kind }))
    };
    (arrival.amends, arrival.named) = (known(wanted.amends)?, known(wanted.named)?);
    look_up(conn, &fact.body, &mut arrival)?;
    arrival.week_closes_at = week_closes_at(conn, &fact.body)?;
    Ok(recognise(standing, fact, &arrival, &row.verdict))
}

/// When the token was issued that the statement over a change names.
fn token_at(conn: &Connection, env: &Env, case_no: i64, id: ActorId, seq: u64) -> Result<Option<i64>, DbError> {
    let Some(actor) = actors::find(conn, case_no, id)? else { return Ok(None) };
    let covering = actors::statements(conn, &actor)?.into_iter().find(|statement| statement.tip_seq >= seq);
    let token = covering.and_then(|kept| TimeToken::from_bytes(&Statement::read(&kept.body)?.token));
    Ok(token.filter(|token| token.verify(&env.key.public_key()).is_ok()).map(|token| token.issued_at))
}
