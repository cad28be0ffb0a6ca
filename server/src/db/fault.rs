//! Crashes round a commit, for the simulation. A shipped build has none.

use super::DbError;

/// Where the next commit crashes.
#[cfg(feature = "test-support")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrashPoint {
    /// Nothing of the group is kept, nobody is answered well.
    BeforeCommit,
    /// All of the group is kept, and still nobody is answered well.
    AfterCommit,
}

/// What the writer is told to suffer.
#[cfg(not(feature = "test-support"))]
#[derive(Clone, Default)]
pub(super) struct Faults {}

#[cfg(not(feature = "test-support"))]
impl Faults {
    pub(super) fn before_commit(&self) -> Result<(), DbError> {
        Ok(())
    }

    pub(super) fn after_commit(&self) -> Result<(), DbError> {
        Ok(())
    }
}

/// What the writer is told to suffer.
#[cfg(feature = "test-support")]
#[derive(Clone, Default)]
pub(super) struct Faults(std::sync::Arc<std::sync::Mutex<Option<CrashPoint>>>);

#[cfg(feature = "test-support")]
impl Faults {
    pub(super) fn set(&self, point: CrashPoint) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(point);
    }

    pub(super) fn before_commit(&self) -> Result<(), DbError> {
        self.at(CrashPoint::BeforeCommit)
    }

    pub(super) fn after_commit(&self) -> Result<(), DbError> {
        self.at(CrashPoint::AfterCommit)
    }

    fn at(&self, point: CrashPoint) -> Result<(), DbError> {
        let mut set = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if *set == Some(point) {
            *set = None;
            return Err(DbError::Stopped);
        }
        Ok(())
    }
}
