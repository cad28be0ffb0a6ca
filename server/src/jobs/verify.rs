//! Proving the store: case chains, audit chain, frozen reports, derived rows.

use crate::db::sql::{audit, cases, editions, reports, rows};
use crate::db::{Connection, DbError};
use crate::ledger::{self, VerifyReport};
use crate::watch::{Difference, compare, compare_district, rules_in_force};
use daiban_core::calendar::Week;
use daiban_core::people::Group;
use daiban_core::report::hash_of;
use daiban_messages::say::job as words;
use daiban_messages::{Both, Message, Say};
use serde::Serialize;

/// Links of each case that the nightly check follows.
const TAIL_ROWS: u64 = 32;
/// Rows of the audit log that it follows.
const TAIL_AUDIT: i64 = 1_000;

/// What was proved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Cases, rows, changes, signatures.
    pub ledger: VerifyReport,
    /// Audit rows whose link follows.
    pub audit_rows: i64,
    /// Frozen reports whose bytes have their hash.
    pub frozen_reports: u64,
    /// Cases whose duty rows equal what recomputing gives; `None` if that was not asked.
    pub derived_cases: Option<u64>,
}

/// The first thing that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// `case_row`, `audit`, `report` or `duty`.
    pub table: &'static str,
    /// The row, by its key.
    pub row: String,
    /// A sentence for the operator, with what to do next.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl Finding {
    fn new(table: &'static str, row: String, what: impl Into<Both>) -> Finding {
        let Message { zh, en, .. } = words::Finding { table, row: &row, what: what.into() }.say();
        Finding { table, row, zh, en }
    }
}

/// Proves all of it; `full` compares the derived rows too.
pub fn verify(conn: &Connection, full: bool, say: impl Fn(&str)) -> Result<Result<Verified, Finding>, DbError> {
    say(&words::VerifyingCases.say().side_by_side());
    let ledger = match ledger::verify(conn)? {
        Ok(report) => report,
        Err(bad) => {
            let row = format!("{}/{}", bad.case, bad.sequence);
            return Ok(Err(Finding { table: "case_row", row, zh: bad.zh(), en: bad.to_string() }));
        }
    };
    say(&words::VerifyingAudit.say().side_by_side());
    let audit_rows = match audit_log(conn, i64::MAX)? {
        Ok(rows) => rows,
        Err(finding) => return Ok(Err(finding)),
    };
    say(&words::VerifyingReports.say().side_by_side());
    let frozen_reports = match frozen(conn)? {
        Ok(reports) => reports,
        Err(finding) => return Ok(Err(finding)),
    };
    let mut verified = Verified { ledger, audit_rows, frozen_reports, derived_cases: None };
    if full {
        say(&words::VerifyingDerived.say().side_by_side());
        match derived(conn)? {
            Ok(cases) => verified.derived_cases = Some(cases),
            Err(finding) => return Ok(Err(finding)),
        }
    }
    Ok(Ok(verified))
}

/// The nightly check: the ends of all chains. Tells how many links were followed.
pub fn verify_tails(conn: &Connection) -> Result<Result<u64, Finding>, DbError> {
    let mut links = 0;
    for head in cases::list(conn)? {
        let after = head.sequence.saturating_sub(TAIL_ROWS);
        let start = daiban_core::case::Row::chain_start(head.id);
        let mut previous = rows::chain_at(conn, head.no, after)?.unwrap_or(start);
        let mut bad = None;
        rows::walk(conn, head.no, after, |row| {
            if !row.follows(head.id, previous) {
                bad = Some(row.sequence);
            }
            previous = row.chain;
            links += 1;
            Ok(bad.is_none())
        })?;
        if bad.is_some() || previous != head.chain {
            let row = format!("{}/{}", head.id, bad.unwrap_or(head.sequence));
            return Ok(Err(Finding::new("case_row", row, words::LinkBroken.say())));
        }
    }
    Ok(audit_log(conn, TAIL_AUDIT)?.map(|rows| links + rows.cast_unsigned()))
}

/// Follows the last `tail` rows of every node's chain.
fn audit_log(conn: &Connection, tail: i64) -> Result<Result<i64, Finding>, DbError> {
    let mut rows = 0;
    for node in audit::nodes(conn)? {
        let check = audit::check(conn, &node, (audit::count(conn, &node)? - tail).max(0))?;
        if let Some(no) = check.first_bad {
            let row = format!("{node}{}{no}", if node.is_empty() { "" } else { "/" });
            return Ok(Err(Finding::new("audit", row, words::LinkBroken.say())));
        }
        rows += check.rows;
    }
    Ok(Ok(rows))
}

fn frozen(conn: &Connection) -> Result<Result<u64, Finding>, DbError> {
    let mut proved = 0;
    for row in reports::frozen(conn)? {
        if row.hash.as_deref() != Some(&hash_of(&row.text)) {
            let name = report_name(row.week, row.group);
            return Ok(Err(Finding::new("report", name, words::ReportChanged.say())));
        }
        proved += 1;
    }
    Ok(Ok(proved))
}

fn report_name(week: Week, group: Option<Group>) -> String {
    format!("{week}/{}", group.map_or("district", Group::id))
}

fn derived(conn: &Connection) -> Result<Result<u64, Finding>, DbError> {
    // Every case waits to be computed by what was settled last.
    if editions::computed_by(conn)? != editions::version(conn)?.eras {
        return Ok(Ok(0));
    }
    let rules = rules_in_force(conn)?;
    let mut proved = 0;
    for head in cases::list(conn)? {
        if let Some(diff) = compare(conn, &head, &rules)? {
            return Ok(Err(differs(&head.id.to_string(), &diff)));
        }
        proved += 1;
    }
    Ok(match compare_district(conn, &rules)? {
        Some(diff) => Err(differs("district", &diff)),
        None => Ok(proved),
    })
}

fn differs(whose: &str, found: &Difference) -> Finding {
    let what = Both::new(words::DerivedDiffers.say().zh, found.what);
    Finding::new("duty", format!("{whose}/{}", found.key), what)
}
