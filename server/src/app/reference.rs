//! What changes a few times a year and is asked at every request: calendar, policy, units. Read from the store, kept in memory.
//!
//! What was stored, here or by another node, must count at once. So nothing kept is believed before the store was asked whether it
//! is still the newest: one small statement a request, on the connection that reads the rest. Whoever stores something tells nobody,
//! so nobody can forget to.

use super::App;
use crate::db::sql::{calendar, editions, pack, policy};
use crate::db::{Connection, DbError};
use daiban_core::calendar::{Calendar, Date, local_date, local_midnight};
use daiban_core::plan::Plan;
use daiban_core::rules::{NumbersInForce, Policy};
use daiban_core::sync::wire::Dated;
use serde::Serialize;
use std::sync::{Arc, PoisonError};

/// One reading of it.
pub struct Reference {
    /// The built-in notices with every imported edition.
    pub calendar: Calendar,
    /// The imported editions, in order of import: what a phone with others is sent.
    pub editions: Vec<Dated>,
    /// The policies decided, in order.
    pub policies: Vec<Dated>,
    /// The numbers that hold, each from its day on.
    pub numbers: NumbersInForce,
    /// The plan as it is on the day of reading, with the units that the office added.
    pub plan: Arc<Plan>,
    day: Date,
    /// What the store held when it was read, or less: never more.
    version: editions::Version,
}

impl Reference {
    pub(super) fn read(conn: &Connection, day: Date) -> Result<Reference, DbError> {
        let version = editions::version(conn)?;
        Ok(Reference {
            calendar: calendar::calendar(conn)?,
            editions: dated(&calendar::imports(conn)?)?,
            policies: dated(&policy::decisions(conn)?.into_iter().map(from_first_day).collect::<Vec<_>>())?,
            numbers: policy::numbers(conn)?,
            plan: Arc::new(pack::with_units(conn)?.on(day)),
            day,
            version,
        })
    }

    /// What it was read from: the same answers come from the same version.
    pub(crate) fn version(&self) -> editions::Version {
        self.version
    }
}

/// A decision goes out with the first moment of its first day: phones of before take it as in force from then on, and are told by the
/// name of that day, which they do not know, that they need an update.
fn from_first_day((decided_at, policy): (i64, Policy)) -> (i64, Policy) {
    (policy.effective.map_or(decided_at, local_midnight), policy)
}

fn dated<T: Serialize>(all: &[(i64, T)]) -> Result<Vec<Dated>, DbError> {
    let one = |(since, what): &(i64, T)| Ok(Dated { since: *since, json: serde_json::to_string(what)? });
    all.iter().map(one).collect::<Result<_, serde_json::Error>>().map_err(|_| DbError::Corrupt("edition or policy"))
}

impl App {
    /// What is in force now, whichever node stored it; `conn` is a reader of this store.
    pub fn reference(&self, conn: &Connection) -> Result<Arc<Reference>, DbError> {
        let kept = self.reference.read().unwrap_or_else(PoisonError::into_inner).clone();
        let day = local_date(self.now());
        if editions::version(conn)? == kept.version && day == kept.day {
            return Ok(kept);
        }
        let fresh = Arc::new(Reference::read(conn, day)?);
        *self.reference.write().unwrap_or_else(PoisonError::into_inner) = fresh.clone();
        Ok(fresh)
    }

    /// The calendar in force.
    pub fn calendar(&self) -> Result<Calendar, DbError> {
        self.in_force(|reference| reference.calendar.clone())
    }

    /// The numbers that hold, each from its day on.
    pub fn numbers(&self) -> Result<NumbersInForce, DbError> {
        self.in_force(|reference| reference.numbers.clone())
    }

    /// The plan as it was last read: what texts and pages say, without asking the store.
    pub fn plan(&self) -> Arc<Plan> {
        self.reference.read().unwrap_or_else(PoisonError::into_inner).plan.clone()
    }

    fn in_force<T>(&self, part: impl FnOnce(&Reference) -> T) -> Result<T, DbError> {
        self.db.read(|conn| self.reference(conn)).map(|reference| part(&reference))
    }
}
