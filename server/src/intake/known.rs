//! Changes that have their row already: answered by a look at their first bytes, before they are checked.

use super::Item;
use super::cost::{Cost, overdrawn};
use crate::db::sql::{actors, cases, rows};
use crate::db::{Connection, DbError};
use crate::error::Problem;
use daiban_core::admit::{Charge, peek_within};
use daiban_core::ids::{ActorId, CaseId};

/// A chain as far as it has rows.
pub(super) struct Known {
    case_no: i64,
    actor_no: i64,
    seq: u64,
}

impl Known {
    /// The chain of an actor; `None` if nothing of it is here.
    pub(super) fn find(conn: &Connection, case: CaseId, actor: ActorId) -> Result<Option<Known>, DbError> {
        let Some(head) = cases::find(conn, case)? else { return Ok(None) };
        let found = actors::find(conn, head.no, actor)?;
        Ok(found.map(|actor| Known { case_no: head.no, actor_no: actor.no, seq: actor.seq }))
    }

    /// The change if it is here, with these very bytes.
    pub(super) fn item(&self, conn: &Connection, bytes: &[u8], cost: &mut Cost) -> Result<Option<Item>, Problem> {
        let Ok(peek) = peek_within(bytes, &mut cost.budget).map_err(overdrawn)? else { return Ok(None) };
        if peek.seq > self.seq {
            return Ok(None);
        }
        cost.charge(Charge::Row)?;
        let placed = rows::by_actor_seq(conn, self.case_no, self.actor_no, peek.seq)?;
        Ok(placed.filter(|placed| placed.hash == peek.hash).map(|placed| Item::Known(peek.seq, placed.hash)))
    }
}
