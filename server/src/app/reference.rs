//! What changes a few times a year and is asked at every request: calendar, policy, units. Read from the store, kept in memory.

use super::App;
use crate::db::sql::{calendar, directory, policy};
use crate::db::{Connection, DbError};
use daiban_core::calendar::Calendar;
use daiban_core::people::Organisation;
use daiban_core::rules::Policy;
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
    /// The policy in force.
    pub policy: Policy,
    /// The plan's units and those the office added.
    pub organisation: Organisation,
}

impl Reference {
    pub(super) fn read(conn: &Connection) -> Result<Reference, DbError> {
        let with = |units: Organisation, unit| units.with_unit(unit).map_err(|_| DbError::Corrupt("unit"));
        Ok(Reference {
            calendar: calendar::calendar(conn)?,
            editions: dated(&calendar::imports(conn)?)?,
            policies: dated(&policy::decisions(conn)?)?,
            policy: policy::current(conn)?,
            organisation: directory::units(conn)?.into_iter().try_fold(Organisation::builtin(), with)?,
        })
    }
}

fn dated<T: Serialize>(all: &[(i64, T)]) -> Result<Vec<Dated>, DbError> {
    let one = |(since, what): &(i64, T)| Ok(Dated { since: *since, json: serde_json::to_string(what)? });
    all.iter().map(one).collect::<Result<_, serde_json::Error>>().map_err(|_| DbError::Corrupt("edition or policy"))
}

impl App {
    /// What is in force now.
    pub fn reference(&self) -> Arc<Reference> {
        self.reference.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads it anew: to be called after an edition, a policy or a unit was stored.
    pub fn reload(&self) -> Result<(), DbError> {
        let fresh = Arc::new(self.db.read(Reference::read)?);
        *self.reference.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// The calendar in force.
    pub fn calendar(&self) -> Calendar {
        self.reference().calendar.clone()
    }

    /// The policy in force.
    pub fn policy(&self) -> Policy {
        self.reference().policy.clone()
    }

    /// The units.
    pub fn organisation(&self) -> Organisation {
        self.reference().organisation.clone()
    }
}
