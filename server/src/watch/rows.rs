//! Stored duties and computed ones: keeping the former equal to the latter, and telling where they are not.

use crate::db::sql::duties::{self, DutyRow, NewDuty};
use crate::db::sql::notices;
use crate::db::{DbError, Transaction};
use daiban_core::people::{Role, Roster, RosterEntry};
use daiban_core::rules::{Basis, Duty};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The first difference between stored duties and computed ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The duty's key.
    pub key: String,
    /// What differs.
    pub what: &'static str,
}

/// Why a row closes that nothing owes any more, and why what was told of it is withdrawn.
const UNOWED: &str = "所依据的记录已更正或失效，不再负有此项";
/// Why the row of a week closes whose owner left before its end.
const PASSED_ON: &str = "责任人已在截止前退出，由截止时在任的接任人负责";
/// The same where nobody held the seat at its end.
const VACANT: &str = "责任人已在截止前退出，截止时席位空缺，须由牵头单位或派出单位补派人员";

/// Makes the standing rows of a case, or of [`duties::DISTRICT`], those of what was computed at a moment. `roster` is the case's. Of
/// what is not owed any more the notices are withdrawn; tells the keys of what nobody owes.
pub(super) fn keep(
    tx: &Transaction<'_>,
    case_no: i64,
    computed: &BTreeMap<String, Duty>,
    roster: &Roster,
    now: i64,
) -> Result<Vec<String>, DbError> {
    let standing = duties::standing(tx, case_no)?;
    let mut gone: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in &standing {
        match computed.get(&row.key) {
            Some(duty) => update(tx, case_no, row, duty, now)?,
            None => {
                let why = why_gone(row, roster)?;
                duties::close(tx, row, why, now)?;
                gone.entry(why).or_default().push(row.key.clone());
            }
        }
    }
    for duty in computed.values().filter(|duty| standing.iter().all(|row| row.key != duty.key)) {
        insert(tx, case_no, duty, now)?;
    }
    duties::touch(tx, case_no, now)?;
    let mut withdrawn = 0;
    for (why, keys) in &gone {
        withdrawn += notices::withdraw(tx, case_no, keys, why, now)?;
    }
    if withdrawn > 0 {
        tracing::info!(case_no, withdrawn, "notices of duties that are not owed any more are withdrawn");
    }
    Ok(gone.remove(UNOWED).unwrap_or_default())
}

/// Why nobody owes a standing duty any more.
fn why_gone(row: &DutyRow, roster: &Roster) -> Result<&'static str, DbError> {
    let duty: Duty = serde_json::from_value(row.body.clone()).map_err(|_| DbError::Corrupt("duty"))?;
    let (subject, at) = (duty.subject, duty.cutoff_at.saturating_sub(1));
    let Some(person) = subject.person.filter(|_| matches!(duty.basis, Basis::Week(_))) else { return Ok(UNOWED) };
    let seats = || roster.entries().iter().filter(|entry| (entry.role, entry.group) == (subject.role, subject.group));
    let own = || seats().filter(|entry| entry.person == person);
    let left = own().any(|entry| entry.until.is_some()) && !own().any(|entry| entry.holds_at(at));
    let taken_over = || {
        let is_of_unit = |entry: &RosterEntry| subject.role != Role::UnitAgent || Some(&entry.unit) == subject.unit.as_ref();
        seats().any(|entry| entry.holds_at(at) && is_of_unit(entry))
    };
    Ok(match left {
        false => UNOWED,
        true if taken_over() => PASSED_ON,
        true => VACANT,
    })
}

/// The first of some stored duties that is not what was computed for the moment they were stored at.
pub(super) fn difference(stored: &[DutyRow], mut computed: BTreeMap<String, Duty>) -> Result<Option<Difference>, DbError> {
    let differs = |key: &str, what| Some(Difference { key: key.to_owned(), what });
    for row in stored {
        let Some(duty) = computed.remove(&row.key) else { return Ok(differs(&row.key, "nothing owes it")) };
        let fits = same(row, &duty)? && row.due_on == duty.due_on.to_string() && row.state == duty.state.name();
        if !fits {
            return Ok(differs(&row.key, "it is not what recomputing gives"));
        }
    }
    Ok(computed.into_keys().next().and_then(|key| differs(&key, "the row is missing")))
}

fn update(tx: &Transaction<'_>, case_no: i64, row: &DutyRow, duty: &Duty, now: i64) -> Result<(), DbError> {
    if same(row, duty)? {
        return Ok(());
    }
    let old: Duty = serde_json::from_value(row.body.clone()).map_err(|_| DbError::Corrupt("duty"))?;
    let why = if old.due_on != duty.due_on {
        Some(format!("截止日由{}改为{}（放假安排或规则参数变更）", old.due_on, duty.due_on))
    } else if !old.state.is_open() && old.state != duty.state {
        Some(format!("结论由“{}”改为“{}”（有新的记录或认定）", old.state.zh(), duty.state.zh()))
    } else {
        None
    };
    match why {
        Some(why) => {
            duties::close(tx, row, &why, now)?;
            insert(tx, case_no, duty, now)
        }
        None => {
            let body = body(duty)?;
            let (due_on, state) = (duty.due_on.to_string(), duty.state.name());
            duties::refresh(tx, row, NewDuty { key: &duty.key, due_on: &due_on, state, body: &body }, now)
        }
    }
}

fn insert(tx: &Transaction<'_>, case_no: i64, duty: &Duty, now: i64) -> Result<(), DbError> {
    let body = body(duty)?;
    let due_on = duty.due_on.to_string();
    duties::insert(tx, case_no, NewDuty { key: &duty.key, due_on: &due_on, state: duty.state.name(), body: &body }, now)
}

fn body(duty: &Duty) -> Result<String, DbError> {
    serde_json::to_string(duty).map_err(|_| DbError::Corrupt("duty"))
}

fn same(row: &DutyRow, duty: &Duty) -> Result<bool, DbError> {
    let fresh: Value = serde_json::to_value(duty).map_err(|_| DbError::Corrupt("duty"))?;
    Ok(row.body == fresh)
}
