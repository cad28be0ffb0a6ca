//! What one request may cost the server, whatever is in it.

use crate::db::DbError;
use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::admit::{Budget, Cancel, Charge, Overdrawn};
use daiban_core::limits::{BUNDLE_UNITS_BASE, SYNC_UNITS_BASE, SYNC_UNITS_PER_SENT};
use daiban_core::sync::bounds::{BoundError, stored_max};

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
        Overdrawn::Spent => Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_costly",
            "一次提交需要处理的内容过多，服务器未接收；记录仍安全保存在本机，请更新应用后分批同步。",
            "the work would cost more than what was sent may cost; nothing of it was kept, send less at once",
        ),
        Overdrawn::Cancelled => DbError::Stopped.into(),
    }
}

/// A request beyond the bounds of [`daiban_core::sync::bounds`].
pub fn beyond(error: BoundError) -> Problem {
    let (code, zh) = match error {
        BoundError::TooMany(_) => return Problem::too_large(error.to_string()),
        BoundError::TooLong(_) => {
            ("field_too_long", "同步数据中有一项过长，服务器未接收；记录仍安全保存在本机，请更新应用后再同步。")
        }
        BoundError::TooDense => ("too_dense", "提交的数据压缩比异常，服务器未接收；记录仍安全保存在本机，请更新应用后分批同步。"),
    };
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, code, zh, error.to_string())
}
