//! What was sent back meets nothing until it is corrected, on the server and on every phone, and its author is told.

use super::World;
use daiban_core::agent::RecordState;
use daiban_core::case::CaseView;
use daiban_core::ids::{CaseId, FactId};
use daiban_core::rules::{Duty, State};
use daiban_server::ledger;

/// Checks every record that the server said was sent back.
pub fn unmet(world: &World, sent_back: &[(CaseId, FactId)]) -> Result<(), String> {
    let (app, now) = (world.server.app(), world.now());
    for (case, fact) in sent_back {
        let view = app.db.read(|conn| ledger::view(conn, *case)).map_err(|e| format!("{e:?}"))?;
        stands_sent_back(&view, *fact).map_err(|why| format!("case {case}: {why}"))?;
        for (no, phone) in world.phones.iter().enumerate() {
            let agent = phone.agent();
            let Ok(own) = agent.case(*case, now) else { continue };
            if own.sequence < view.sequence {
                continue;
            }
            stands_sent_back(&own, *fact).map_err(|why| format!("phone {no}, case {case}: {why}"))?;
            let duties = agent.duties(Some(*case), now).map_err(|e| e.to_string())?;
            if let Some(duty) =
                duties.iter().find(|duty| by(duty).is_some_and(|by| own.fact(by).is_some_and(|f| f.is_sent_back())))
            {
                return Err(format!("phone {no}, case {case}: what was sent back meets {}", duty.key));
            }
            // Somebody else's phone may have used the same id: then it lists a record of its own.
            if own.fact(*fact).is_none_or(|fact| fact.author.device != phone.device()) {
                continue;
            }
            let listed = agent.records(Some(*case), now).into_iter().find(|record| record.fact == *fact);
            if let Some(RecordState::Judged { .. }) = listed.as_ref().map(|record| &record.state)
                && !listed.is_some_and(|record| record.state.message().zh.contains("已退回"))
            {
                return Err(format!("phone {no}, case {case}: its author is not told that {fact} was sent back"));
            }
        }
    }
    Ok(())
}

fn stands_sent_back(view: &CaseView, fact: FactId) -> Result<(), String> {
    match view.fact(fact) {
        None => Err(format!("the record {fact} that was sent back is lost")),
        Some(fact) if fact.is_effective() || !fact.is_sent_back() => Err(format!("{} was sent back and counts", fact.fact.id)),
        Some(_) => Ok(()),
    }
}

/// What met a duty, or waits to.
fn by(duty: &Duty) -> Option<FactId> {
    match duty.state {
        State::Met { by, .. } | State::MetLate { by, .. } => by,
        State::AwaitingRuling { by } => Some(by),
        _ => None,
    }
}
