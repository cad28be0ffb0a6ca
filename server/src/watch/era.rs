//! Eras: stretches of time under one calendar and one policy.

use crate::db::sqlite::{calendar, policy};
use crate::db::{Connection, DbError};
use daiban_core::calendar::Calendar;
use daiban_core::rules::Policy;

/// From `since` on, until the next era, these held.
#[derive(Clone, Debug)]
pub struct Era {
    /// Unix seconds; the first era's is the beginning of time.
    pub since: i64,
    /// The editions held.
    pub calendar: Calendar,
    /// The settings.
    pub policy: Policy,
}

/// All eras, in order: the built-in calendar and default policy first, then one for each import and each decision.
pub fn eras(conn: &Connection) -> Result<Vec<Era>, DbError> {
    let mut eras = vec![Era { since: i64::MIN, calendar: Calendar::builtin(), policy: Policy::default() }];
    let mut editions = calendar::imports(conn)?.into_iter().peekable();
    let mut policies = policy::decisions(conn)?.into_iter().peekable();
    loop {
        let next_edition = editions.peek().map(|(at, _)| *at);
        let next_policy = policies.peek().map(|(at, _)| *at);
        let Some(since) = next_edition.into_iter().chain(next_policy).min() else { return Ok(eras) };
        let Some(last) = eras.last() else { return Ok(eras) };
        let mut era = Era { since, ..last.clone() };
        if next_edition == Some(since) {
            if let Some((_, edition)) = editions.next() {
                era.calendar = era.calendar.with_edition(edition).map_err(|_| DbError::Corrupt("edition"))?;
            }
        } else if let Some((_, policy)) = policies.next() {
            era.policy = policy;
        }
        eras.push(era);
    }
}
