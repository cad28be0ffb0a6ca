//! Numbered migrations, the same numbers and names for every engine; only ever added (a house rule keeps their hashes).

/// One step.
pub(super) struct Migration {
    pub(super) name: &'static str,
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
}

macro_rules! step {
    ($name:literal) => {
        Migration {
            name: $name,
            sqlite: include_str!(concat!("../../migrations/", $name, ".sql")),
            postgres: include_str!(concat!("../../migrations/postgres/", $name, ".sql")),
        }
    };
}

/// The steps, the first being number 1.
pub(super) const MIGRATIONS: &[Migration] = &[
    step!("0001_initial"),
    step!("0002_shard_keys"),
    step!("0003_job_turns"),
    step!("0004_audit_key"),
    step!("0005_quarantine_key"),
    step!("0006_budgets"),
    step!("0007_clock"),
    step!("0008_enrolment"),
    step!("0009_duty_lines"),
    step!("0010_unrecognised"),
    step!("0011_duties_anew"),
    step!("0012_report_returned"),
    step!("0013_reports_and_leavers"),
    step!("0014_still_cases"),
    step!("0015_names"),
    step!("0016_numbers_by_day"),
    step!("0017_notice_sentences"),
    step!("0018_seat_terms"),
];

/// The number of the last step this program knows.
pub(super) const KNOWN: i64 = MIGRATIONS.len() as i64;
