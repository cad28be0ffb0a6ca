//! Numbered migrations, the same numbers and names for every engine; only ever added (a house rule keeps their hashes).

/// One step.
pub(super) struct Migration {
    pub(super) sqlite: &'static str,
}

/// The steps, the first being number 1.
pub(super) const MIGRATIONS: &[Migration] = &[Migration { sqlite: include_str!("../../migrations/0001_initial.sql") }];

/// The number of the last step this program knows.
pub(super) const KNOWN: i64 = MIGRATIONS.len() as i64;
