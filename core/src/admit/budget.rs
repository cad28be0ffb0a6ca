//! What one request may cost, in units that are the same on every machine: charged before the work, never measured after it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Units of one operation: reading it costs as much as hashing this many bytes.
const OPERATION_UNITS: u64 = 160;
/// Units of one signed batch: a signature is verified, and its chain looked up.
const BATCH_UNITS: u64 = 4_000;
/// Units of one change that gets a row: the store is asked and written to.
const ROW_UNITS: u64 = 1_000;
/// Units of one key of a sealed value: a look-up in a set and one in the store.
const KEY_UNITS: u64 = 500;

/// Work about to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charge {
    /// Bytes that were inflated, hashed or read, outer and inner alike.
    Bytes(usize),
    /// Operations of a change.
    Operations(u64),
    /// A signed batch.
    Batch,
    /// A change that is to get a row.
    Row,
    /// A key of a sealed value.
    Key,
}

impl Charge {
    fn units(self) -> u64 {
        match self {
            Charge::Bytes(bytes) => bytes as u64,
            Charge::Operations(operations) => operations.saturating_mul(OPERATION_UNITS),
            Charge::Batch => BATCH_UNITS,
            Charge::Row => ROW_UNITS,
            Charge::Key => KEY_UNITS,
        }
    }
}

/// Why the work ends here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Overdrawn {
    /// It would cost more than what was sent may cost.
    #[error("the work would cost more than what was sent may cost")]
    Spent,
    /// Nobody waits for it any more.
    #[error("nobody waits for this work any more")]
    Cancelled,
}

/// Tells work that nobody waits for it any more.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Whether it was told.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Tells it when the guard goes, whatever the reason: a limit that ends the wait ends the work.
    pub fn when_dropped(&self) -> CancelGuard {
        CancelGuard(self.clone())
    }
}

/// See [`Cancel::when_dropped`].
#[derive(Debug)]
pub struct CancelGuard(Cancel);

impl Drop for CancelGuard {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

/// What is left of what a request may cost.
#[derive(Clone, Debug)]
pub struct Budget {
    left: u64,
    spent: u64,
    end: Option<Overdrawn>,
    cancel: Cancel,
}

impl Budget {
    /// So many units.
    pub fn new(units: u64, cancel: Cancel) -> Budget {
        Budget { left: units, spent: 0, end: None, cancel }
    }

    /// For work on what is the caller's own: a phone's rows, a command of the office. Never for what somebody sent.
    pub fn own() -> Budget {
        Budget::new(u64::MAX, Cancel::default())
    }

    /// Takes units away before the work is done. Once it fails it fails for good.
    pub fn charge(&mut self, charge: Charge) -> Result<(), Overdrawn> {
        let units = charge.units();
        if self.cancel.is_set() {
            self.end.get_or_insert(Overdrawn::Cancelled);
        } else if units > self.left {
            self.end.get_or_insert(Overdrawn::Spent);
        }
        self.standing()?;
        self.left = self.left.saturating_sub(units);
        self.spent = self.spent.saturating_add(units);
        Ok(())
    }

    /// Whether work may go on.
    pub fn standing(&self) -> Result<(), Overdrawn> {
        self.end.map_or(Ok(()), Err)
    }

    /// The bytes that may still be inflated.
    pub fn bytes_left(&self) -> u64 {
        self.left
    }

    /// Units taken so far.
    pub fn spent(&self) -> u64 {
        self.spent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_charged_past_the_limit_and_a_dropped_guard_ends_the_work() {
        let cancel = Cancel::default();
        let mut budget = Budget::new(10, cancel.clone());
        assert_eq!(budget.charge(Charge::Bytes(6)), Ok(()));
        assert_eq!(budget.charge(Charge::Bytes(5)), Err(Overdrawn::Spent));
        assert_eq!(budget.charge(Charge::Bytes(1)), Err(Overdrawn::Spent), "once over, over");
        assert_eq!(budget.spent(), 6);
        let mut budget = Budget::new(u64::MAX, cancel.clone());
        drop(cancel.when_dropped());
        assert_eq!(budget.charge(Charge::Bytes(1)), Err(Overdrawn::Cancelled));
    }
}
