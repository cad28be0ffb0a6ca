//! Stored duties and computed ones: keeping the former equal to the latter, and telling where they are not.

use crate::db::sql::duties::{self, DISTRICT, DutyRow, NewDuty, Standing};
use crate::db::sql::notices;
use crate::db::{DbError, Transaction};
use daiban_core::people::{Role, Roster, RosterEntry};
use daiban_core::permit::enforcement::Step;
use daiban_core::plan::Plan;
use daiban_core::rules::{Basis, Duty};
use daiban_messages::say::notice as say;
use daiban_messages::{Both, Message, Say};
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gone {
    /// The records it went by do not count any more.
    Unowed,
    /// It is of a week before whose end its owner left.
    PassedOn,
    /// The same where nobody held the seat at its end.
    Vacant,
}

impl Gone {
    fn message(self) -> Message {
        match self {
            Gone::Unowed => say::Unowed.say(),
            Gone::PassedOn => say::PassedOn.say(),
            Gone::Vacant => say::Vacant.say(),
        }
    }
}

/// What is to be written so that the standing rows of a case, or of the district, are those of what was computed.
#[derive(Debug, Default)]
pub(super) struct Changes {
    writes: Vec<Write>,
    /// The keys of what nobody owes any more, by the reason.
    gone: BTreeMap<Gone, Vec<String>>,
}

#[derive(Debug)]
enum Write {
    Insert(Stored),
    /// With the steps of the ladder that applied before.
    Refresh(i64, Stored, Vec<Step>),
    Close(i64, String),
}

/// A duty as it is going to be stored.
#[derive(Debug)]
struct Stored {
    key: String,
    due_on: String,
    state: &'static str,
    body: String,
}

impl Changes {
    /// Compares what stands with what was computed; writes nothing. `roster` is the case's, the ladders are the plan's.
    pub(super) fn between(
        standing: Vec<Standing>,
        computed: &BTreeMap<String, Duty>,
        roster: &Roster,
        plan: &Plan,
    ) -> Result<Changes, DbError> {
        let mut changes = Changes::default();
        let mut new: BTreeMap<&str, &Duty> = computed.iter().map(|(key, duty)| (key.as_str(), duty)).collect();
        for row in standing {
            match new.remove(row.key.as_str()) {
                Some(duty) => changes.update(&row, duty, plan)?,
                None => {
                    let why = why_gone(&row, roster)?;
                    changes.writes.push(Write::Close(row.no, why.message().zh));
                    changes.gone.entry(why).or_default().push(row.key);
                }
            }
        }
        for duty in new.into_values() {
            changes.writes.push(Write::Insert(Stored::of(duty)?));
        }
        Ok(changes)
    }

    /// What only time moved of standing duties; `None` if a step of a ladder applies that did not before.
    pub(super) fn brought(moved: Vec<(i64, Duty, Duty)>, plan: &Plan) -> Result<Option<Changes>, DbError> {
        let mut changes = Changes::default();
        for (no, old, new) in moved.into_iter().filter(|(_, old, new)| old.state != new.state) {
            let before: Vec<Step> = old.escalation_steps(plan).into_iter().map(|step| step.step).collect();
            if new.escalation_steps(plan).iter().any(|step| !before.contains(&step.step)) {
                return Ok(None);
            }
            changes.writes.push(Write::Refresh(no, Stored::of(&new)?, before));
        }
        Ok(Some(changes))
    }

    fn update(&mut self, row: &Standing, duty: &Duty, plan: &Plan) -> Result<(), DbError> {
        let fresh = Stored::of(duty)?;
        if row.body == fresh.body {
            return Ok(());
        }
        let old = read(&row.body)?;
        let why = if old.due_on != duty.due_on {
            Some(day_moved(&old, duty))
        } else if !old.state.is_open() && old.state != duty.state {
            let [from, to] = [old.state, duty.state].map(|state| Both::new(state.zh(), state.en()));
            Some(say::StateChanged { from, to }.say())
        } else {
            None
        };
        match why {
            Some(why) => self.writes.extend([Write::Close(row.no, why.zh), Write::Insert(fresh)]),
            None => {
                let steps = old.escalation_steps(plan).into_iter().map(|step| step.step).collect();
                self.writes.push(Write::Refresh(row.no, fresh, steps));
            }
        }
        Ok(())
    }

    /// How many rows are written.
    pub(super) fn len(&self) -> usize {
        self.writes.len()
    }

    /// The duties that are not what they were, by key, each with the steps of its ladder that applied before.
    pub(super) fn steps_before(&self) -> BTreeMap<&str, &[Step]> {
        let mut before: BTreeMap<&str, &[Step]> = BTreeMap::new();
        for write in &self.writes {
            match write {
                Write::Insert(stored) => drop(before.insert(&stored.key, &[])),
                Write::Refresh(_, stored, steps) => drop(before.insert(&stored.key, steps)),
                Write::Close(..) => {}
            }
        }
        before
    }

    /// Writes them; of what is not owed any more the notices are withdrawn. `case_no` is the case's, or [`duties::DISTRICT`].
    pub(super) fn write(&self, tx: &Transaction<'_>, case_no: i64, now: i64) -> Result<(), DbError> {
        for write in &self.writes {
            match write {
                Write::Insert(stored) => duties::insert(tx, case_no, stored.row(), now)?,
                Write::Refresh(no, stored, _) => duties::refresh(tx, case_no, *no, stored.row(), now)?,
                Write::Close(no, why) => duties::close(tx, case_no, *no, why, now)?,
            }
        }
        let mut withdrawn = 0;
        for (why, keys) in &self.gone {
            withdrawn += notices::withdraw(tx, case_no, keys, &why.message().zh, now)?;
        }
        if withdrawn > 0 {
            tracing::info!(case_no, withdrawn, "notices of duties that are not owed any more are withdrawn");
        }
        Ok(())
    }
}

impl Stored {
    fn of(duty: &Duty) -> Result<Stored, DbError> {
        let body = serde_json::to_string(duty).map_err(|_| DbError::Corrupt("duty"))?;
        Ok(Stored { key: duty.key.clone(), due_on: duty.due_on.to_string(), state: duty.state.name(), body })
    }

    fn row(&self) -> NewDuty<'_> {
        NewDuty { key: &self.key, due_on: &self.due_on, state: self.state, body: &self.body }
    }
}

/// A duty as it is written.
pub(super) fn read(body: &str) -> Result<Duty, DbError> {
    serde_json::from_str(body).map_err(|_| DbError::Corrupt("duty"))
}

/// Makes the district's standing rows those of what was computed at a moment; tells the keys of what nobody owes.
pub(super) fn keep_district(
    tx: &Transaction<'_>,
    computed: &BTreeMap<String, Duty>,
    plan: &Plan,
    now: i64,
) -> Result<Vec<String>, DbError> {
    let mut changes = Changes::between(duties::written(tx, DISTRICT)?, computed, &Roster::new(), plan)?;
    changes.write(tx, DISTRICT, now)?;
    duties::touch_district(tx, now)?;
    Ok(changes.gone.remove(&Gone::Unowed).unwrap_or_default())
}

/// Why a duty is due on another day than before.
fn day_moved(old: &Duty, new: &Duty) -> Message {
    let (from, to) = (old.due_on, new.due_on);
    match old.policy == new.policy {
        true => say::DayMoved { from, to }.say(),
        false => say::DayMovedByDocument { from, to, document: &new.numbers_document }.say(),
    }
}

/// Why nobody owes a standing duty any more.
fn why_gone(row: &Standing, roster: &Roster) -> Result<Gone, DbError> {
    let duty = read(&row.body)?;
    let (subject, at) = (duty.subject, duty.cutoff_at.saturating_sub(1));
    let Some(person) = subject.person.filter(|_| matches!(duty.basis, Basis::Week(_))) else { return Ok(Gone::Unowed) };
    let seats = || roster.entries().iter().filter(|entry| (entry.role, entry.group) == (subject.role, subject.group));
    let own = || seats().filter(|entry| entry.person == person);
    let left = own().any(|entry| entry.until.is_some()) && !own().any(|entry| entry.holds_at(at));
    let taken_over = || {
        let is_of_unit = |entry: &RosterEntry| subject.role != Role::UnitAgent || Some(&entry.unit) == subject.unit.as_ref();
        seats().any(|entry| entry.holds_at(at) && is_of_unit(entry))
    };
    Ok(match left {
        false => Gone::Unowed,
        true if taken_over() => Gone::PassedOn,
        true => Gone::Vacant,
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

fn same(row: &DutyRow, duty: &Duty) -> Result<bool, DbError> {
    let fresh: Value = serde_json::to_value(duty).map_err(|_| DbError::Corrupt("duty"))?;
    Ok(row.body == fresh)
}
