//! The table of duties: the pack's lines, read and checked once.

use super::Duty;
use super::NumbersInForce;
use super::clock::Context;
use super::line::Line;
use super::reading::Vocabulary;
use super::shape;
use super::written::{LineError, Written};
use crate::calendar::{Calendar, Date, Week};
use crate::case::CaseView;
use crate::permit::enforcement::EscalationStep;
use crate::requirement::line_holds;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The lines, in the order in which duties are listed.
#[derive(Clone, Debug, Default)]
pub(super) struct Table(Vec<Line>);

/// A table that cannot be used: which line, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("duties, {place}: {wrong}")]
pub(super) struct TableError {
    /// `duty 3 (D4)`, `ladder usual`.
    pub(super) place: String,
    /// What is wrong there.
    pub(super) wrong: LineError,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    ladder: BTreeMap<String, Value>,
    duty: Vec<Value>,
}

impl Table {
    /// The table of the plan, as compiled in.
    pub(super) fn builtin() -> &'static Table {
        static BUILTIN: OnceLock<Table> = OnceLock::new();
        // A test of this file reads it, so it can be read.
        let read = || Self::read(include_str!(concat!(env!("OUT_DIR"), "/duties.json")), &Vocabulary::builtin());
        BUILTIN.get_or_init(|| read().unwrap_or_default())
    }

    /// Reads and checks a table.
    pub(super) fn read(json: &str, words: &Vocabulary) -> Result<Table, TableError> {
        let file: File = serde_json::from_str(json).map_err(|e| unreadable("the file".to_owned(), &e))?;
        let mut ladders = BTreeMap::new();
        for (name, ladder) in file.ladder {
            let escalation_steps: Vec<EscalationStep> =
                serde_json::from_value(ladder).map_err(|e| unreadable(format!("ladder {name}"), &e))?;
            ladders.insert(name, escalation_steps);
        }
        let mut lines: Vec<Line> = Vec::new();
        for (at, duty) in file.duty.into_iter().enumerate() {
            let place = format!("duty {} ({})", at + 1, duty["id"].as_str().unwrap_or("without id"));
            let written: Written = serde_json::from_value(duty).map_err(|e| unreadable(place.clone(), &e))?;
            let line = written.checked(words, &ladders);
            let line = line.map_err(|wrong| TableError { place: place.clone(), wrong })?;
            if lines.iter().any(|other| other.key == line.key && other.meets(&line)) {
                let why = "and `part` are those of an earlier line that holds on the same days";
                let wrong = LineError::Unfitting { key: "id", why };
                return Err(TableError { place, wrong });
            }
            lines.push(line);
        }
        Ok(Table(lines))
    }

    fn held(&self) -> impl Iterator<Item = &Line> {
        self.0.iter().filter(|line| line_holds(line.rule.id()))
    }

    /// What a case owes, line by line; nothing once it is closed.
    pub(super) fn of_case(&self, view: &CaseView, calendar: &Calendar, numbers: &NumbersInForce, now: i64) -> Vec<Duty> {
        if view.closed.is_some() {
            return Vec::new();
        }
        let context = Context::new(calendar, numbers, now);
        self.held().flat_map(|line| shape::of_case(line, view, &context)).collect()
    }

    /// What the district owes from a day on.
    pub(super) fn of_district(
        &self,
        first: Date,
        sent: &BTreeMap<Week, i64>,
        calendar: &Calendar,
        numbers: &NumbersInForce,
        now: i64,
    ) -> Vec<Duty> {
        let context = Context::new(calendar, numbers, now);
        self.held().flat_map(|line| shape::of_district(line, first, sent, &context)).collect()
    }

    /// The ladder of a duty: of the line that its key names and that held on its day, else of its rule's first; empty for a rule of a
    /// later version.
    pub(super) fn ladder(&self, duty: &Duty) -> &[EscalationStep] {
        let is_of = |line: &Line| duty.key.strip_prefix(&line.key).is_some_and(|rest| rest.starts_with('/'));
        let of_rule = || self.0.iter().filter(|line| line.rule == duty.rule);
        let held = |line: &Line| duty.in_force_on.is_none_or(|day| line.holds_on(day));
        of_rule()
            .find(|line| is_of(line) && held(line))
            .or_else(|| of_rule().find(|line| is_of(line)))
            .or_else(|| of_rule().next())
            .map_or(&[], |line| &line.ladder)
    }
}

fn unreadable(place: String, error: &serde_json::Error) -> TableError {
    TableError { place, wrong: LineError::Unreadable(error.to_string()) }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "dated_tests.rs"]
mod dated_tests;
