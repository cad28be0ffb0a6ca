//! What a device and its holder may bring in a day; the rest stays on the phone, which goes on with it tomorrow.

use super::{Item, PreparedBatch};
use crate::config::Limits;
use crate::db::sql::budgets::{self, Brought};
use crate::db::sql::cases;
use crate::db::{Connection, DbError, Transaction};
use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::calendar::{Date, local_date, local_midnight, local_stamp};
use daiban_core::ids::{DeviceId, PersonId};
use daiban_core::limits::{CHANGE_WIRE_BYTES_MAX, STORED_BYTES_EACH};
use daiban_core::sync::wire::{BatchOutcome, Outcome};
use daiban_messages::say::server::DayCarried;

/// A day's account of whoever brings something.
pub struct DayAccount {
    day: String,
    until: i64,
    holders: Vec<Account>,
    limit: Brought,
}

struct Account {
    holder: String,
    before: Brought,
    more: Brought,
}

fn names(device: Option<DeviceId>, person: &PersonId) -> Vec<String> {
    let device = device.map(|device| format!("device:{device}"));
    device.into_iter().chain([format!("person:{}", person.as_str())]).collect()
}

fn tomorrow(now: i64) -> i64 {
    local_midnight(local_date(now).succ_opt().unwrap_or(Date::MAX))
}

impl DayAccount {
    /// Opens the account of a device and its holder, and holds it until the transaction ends.
    pub fn hold(
        tx: &Transaction<'_>,
        limits: &Limits,
        device: DeviceId,
        person: &PersonId,
        now: i64,
    ) -> Result<DayAccount, DbError> {
        let day = local_date(now).to_string();
        let account = |holder: String| {
            let before = budgets::hold(tx, &holder, &day)?;
            Ok(Account { holder, before, more: Brought::default() })
        };
        let holders = names(Some(device), person).into_iter().map(account).collect::<Result<_, DbError>>()?;
        let limit = Brought { records: limits.day_records, bytes: limits.day_stored_bytes, cases: limits.day_cases };
        Ok(DayAccount { day, until: tomorrow(now), holders, limit })
    }

    /// Counts a batch, or says which of the day's limits puts it off. The batch that passes a limit is the last one, whole. What is
    /// `carried` for somebody else counts by its bytes alone.
    pub fn takes(
        &mut self,
        conn: &Connection,
        prepared: &PreparedBatch,
        carried: bool,
    ) -> Result<Result<(), &'static str>, DbError> {
        let mut asks = Brought { bytes: stored(prepared), ..Brought::default() };
        if asks.bytes == 0 {
            return Ok(Ok(()));
        }
        if !carried {
            asks.records = prepared.items.iter().filter(|item| matches!(item, Item::Ready(_))).count() as u64;
            asks.cases = u64::from(opens(conn, prepared)?);
        }
        for Account { before, more, .. } in &self.holders {
            if asks.records > 0 && before.records + more.records >= self.limit.records {
                return Ok(Err("records"));
            }
            if before.bytes + more.bytes >= self.limit.bytes {
                return Ok(Err("bytes"));
            }
            if asks.cases > 0 && before.cases + more.cases >= self.limit.cases {
                return Ok(Err("cases"));
            }
        }
        for Account { more, .. } in &mut self.holders {
            more.records += asks.records;
            more.bytes += asks.bytes;
            more.cases += asks.cases;
        }
        Ok(Ok(()))
    }

    /// What the sender of a batch is told that has to wait.
    pub fn put_off(&self, prepared: &PreparedBatch, code: &str) -> BatchOutcome {
        let outcome = |i| match i {
            0 => Outcome::Deferred { until: self.until, code: code.to_owned() },
            _ => Outcome::Blocked,
        };
        BatchOutcome { case: prepared.case, changes: (0..prepared.items.len()).map(outcome).collect() }
    }

    /// Writes the account back.
    pub fn close(self, tx: &Transaction<'_>) -> Result<(), DbError> {
        let changed = self.holders.iter().filter(|account| account.more != Brought::default());
        changed.into_iter().try_for_each(|account| budgets::add(tx, &account.holder, &self.day, account.more))
    }
}

/// Whether a bundle of so many bytes may still be brought today; it counts for its carrier.
pub fn bundle(tx: &Transaction<'_>, limits: &Limits, carrier: &PersonId, bytes: usize, now: i64) -> Result<(), Problem> {
    let (day, until) = (local_date(now).to_string(), tomorrow(now));
    for holder in names(None, carrier) {
        if budgets::hold(tx, &holder, &day)?.bytes >= limits.day_stored_bytes {
            let hour = local_stamp(until);
            let problem = Problem::said(StatusCode::TOO_MANY_REQUESTS, "day_bytes", DayCarried { hour });
            return Err(problem.with("until", until));
        }
        budgets::add(tx, &holder, &day, Brought { bytes: bytes as u64, ..Brought::default() })?;
    }
    Ok(())
}

/// What a batch adds to the disk; 0 if all of it is known.
fn stored(prepared: &PreparedBatch) -> u64 {
    let one = |item: &Item| match item {
        Item::Ready(ready) => ready.checked.raw.len() + STORED_BYTES_EACH,
        Item::Refused(_, bytes) if bytes.len() <= CHANGE_WIRE_BYTES_MAX => bytes.len() + STORED_BYTES_EACH,
        Item::Refused(..) => STORED_BYTES_EACH,
        Item::Known(..) | Item::Blocked => 0,
    };
    prepared.items.iter().map(one).sum::<usize>() as u64
}

fn opens(conn: &Connection, prepared: &PreparedBatch) -> Result<bool, DbError> {
    let first = matches!(prepared.items.first(), Some(Item::Ready(ready)) if ready.checked.seq == 1);
    Ok(first && cases::find(conn, prepared.case)?.is_none())
}
