//! What one request may cost the server, whatever is in it.

use crate::db::DbError;
use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::admit::{Budget, Cancel, Charge, Overdrawn};
use daiban_core::limits::{BUNDLE_UNITS_BASE, SYNC_UNITS_BASE, SYNC_UNITS_PER_SENT};
use daiban_core::sync::bounds::{BoundError, stored_max};
use daiban_messages::Both;
use daiban_messages::say::server as say;

/// What is left of it.
pub struct Cost {
    pub(super) budget: Budget,
    stored_left: usize,
}

impl Cost {
    /// Of a round: `sent` bytes came, which are `inflated`, and as they came would be `stored` on the disk.
    pub fn of_round(sent: usize, inflated: usize, stored: usize, cancel: Cancel) -> Result<Cost, Problem> {
        Cost::new(SYNC_UNITS_BASE, sent, inflated, stored, cancel)
    }

    /// Of a bundle, in the same terms.
    pub fn of_bundle(sent: usize, inflated: usize, stored: usize, cancel: Cancel) -> Result<Cost, Problem> {
        Cost::new(BUNDLE_UNITS_BASE, sent, inflated, stored, cancel)
    }

    fn new(base: u64, sent: usize, inflated: usize, stored: usize, cancel: Cancel) -> Result<Cost, Problem> {
        let units = base.saturating_add(SYNC_UNITS_PER_SENT.saturating_mul(sent as u64));
        let stored_left = stored_max(sent).checked_sub(stored).ok_or_else(|| beyond(BoundError::TooDense))?;
        let mut cost = Cost { budget: Budget::new(units, cancel), stored_left };
        cost.charge(Charge::Bytes(inflated))?;
        Ok(cost)
    }

    /// Takes work away before it is done.
    pub fn charge(&mut self, charge: Charge) -> Result<(), Problem> {
        self.budget.charge(charge).map_err(overdrawn)
    }

    /// Counts bytes that will be stored beyond those that came.
    pub(super) fn store(&mut self, more: usize) -> Result<(), Problem> {
        self.stored_left = self.stored_left.checked_sub(more).ok_or_else(|| beyond(BoundError::TooDense))?;
        Ok(())
    }

    /// Units charged so far.
    #[cfg(feature = "test-support")]
    pub fn spent(&self) -> u64 {
        self.budget.spent()
    }
}

/// Work that ended before it was done: nothing of the request was kept.
pub(super) fn overdrawn(why: Overdrawn) -> Problem {
    match why {
        Overdrawn::Spent => Problem::said(StatusCode::PAYLOAD_TOO_LARGE, "too_costly", say::TooCostly),
        Overdrawn::Cancelled => DbError::Stopped.into(),
    }
}

/// A request beyond the bounds of [`daiban_core::sync::bounds`].
pub fn beyond(error: BoundError) -> Problem {
    let why = Both::new("", error.to_string());
    match error {
        BoundError::TooMany(_) => Problem::too_large(why.en),
        BoundError::TooLong(_) => Problem::said(StatusCode::PAYLOAD_TOO_LARGE, "field_too_long", say::FieldTooLong { why }),
        BoundError::TooDense => Problem::said(StatusCode::PAYLOAD_TOO_LARGE, "too_dense", say::TooDense { why }),
    }
}
