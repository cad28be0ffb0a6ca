//! The table of duties: the pack's lines, read and checked once.

use super::Duty;
use super::NumbersInForce;
use super::clock::Context;
use super::groups::Groups;
use super::line::Line;
use super::numbers::Numbers;
use super::reading::Vocabulary;
use super::shape;
use super::written::{LineError, Written};
use crate::calendar::{Calendar, Date, Week};
use crate::case::CaseView;
use crate::people::Organisation;
use crate::permit::enforcement::EscalationStep;
use crate::plan::Step;
use crate::requirement::line_holds;
use daiban_messages::say::plan as say;
use daiban_messages::{Message, Say};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The lines, in the order in which duties are listed, and the groups that owe.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    lines: Vec<Line>,
    groups: Groups,
    /// The first day of this table, and the one that held before it.
    earlier: Option<(Date, Arc<Table>)>,
}

/// A table that cannot be used: which line, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("duties, {}: {wrong}", .place.message().en)]
pub(crate) struct TableError {
    /// What of it.
    pub(crate) place: TablePart,
    /// The way to it from the file's own table.
    pub(crate) path: Vec<Step>,
    /// What is wrong there.
    pub(crate) wrong: LineError,
}

/// A part of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TablePart {
    /// The file as a whole.
    File,
    /// A duty: its place, from 1, and its id if it has one.
    Duty(usize, Option<String>),
    /// A ladder, by its name.
    Ladder(String),
}

impl TablePart {
    /// "第3条（D4）", `ladder usual`.
    pub(crate) fn message(&self) -> Message {
        match self {
            TablePart::File => say::AtFile.say(),
            TablePart::Duty(number, Some(id)) => say::AtDuty { number, id }.say(),
            TablePart::Duty(number, None) => say::AtDutyWithoutId { number }.say(),
            TablePart::Ladder(name) => say::AtLadder { name }.say(),
        }
    }
}

impl Table {
    /// Reads and checks a table: the lines that can be used, and what is wrong with the others.
    pub(crate) fn all(file: &Value, organisation: &Organisation, numbers: &Numbers) -> (Table, Vec<TableError>) {
        let (lines, wrong) = read(file, &Vocabulary::builtin(), numbers);
        (Table { lines, groups: Groups::of(organisation), earlier: None }, wrong)
    }

    /// This table from a day on, and an earlier one before it: what is counted by the rules of a day is owed by the table of that day.
    pub(crate) fn following(self, earlier: &Table, day: Date) -> Table {
        let from = |line: Line| Line { from: Some(line.from.map_or(day, |from| from.max(day))), ..line };
        let lines = self.lines.into_iter().map(from).collect();
        Table { lines, groups: self.groups, earlier: Some((day, Arc::new(earlier.until(day)))) }
    }

    fn until(&self, day: Date) -> Table {
        let until = |line: &Line| Line { until: Some(line.until.map_or(day, |until| until.min(day))), ..line.clone() };
        let earlier = self.earlier.clone();
        Table { lines: self.lines.iter().map(until).collect(), groups: self.groups.clone(), earlier }
    }

    fn before(&self) -> Option<&Table> {
        self.earlier.as_ref().map(|(_, table)| &**table)
    }

    /// Key, clause and sentences of each line.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (String, String, String, String)> + '_ {
        self.lines.iter().map(|line| (line.key.clone(), line.clause.clone(), line.zh.clone(), line.en.clone()))
    }

    fn held(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line_holds(line.rule.id()))
    }

    /// What a case owes, line by line; nothing once it is closed.
    pub(crate) fn of_case(&self, view: &CaseView, calendar: &Calendar, numbers: &NumbersInForce, now: i64) -> Vec<Duty> {
        if view.closed.is_some() {
            return Vec::new();
        }
        let mut duties = self.before().map(|table| table.of_case(view, calendar, numbers, now)).unwrap_or_default();
        let context = Context::new(calendar, numbers, now, &self.groups);
        duties.extend(self.held().flat_map(|line| shape::of_case(line, view, &context)));
        duties
    }

    /// What the district owes from a day on.
    pub(crate) fn of_district(
        &self,
        first: Date,
        sent: &BTreeMap<Week, i64>,
        calendar: &Calendar,
        numbers: &NumbersInForce,
        now: i64,
    ) -> Vec<Duty> {
        let mut duties = self.before().map(|table| table.of_district(first, sent, calendar, numbers, now)).unwrap_or_default();
        let context = Context::new(calendar, numbers, now, &self.groups);
        duties.extend(self.held().flat_map(|line| shape::of_district(line, first, sent, &context)));
        duties
    }

    /// The ladder of a duty: of the line that its key names and that held on its day, else of its rule's first; empty for a rule of a
    /// later version.
    pub(crate) fn ladder(&self, duty: &Duty) -> &[EscalationStep] {
        if let Some((first, earlier)) = &self.earlier
            && duty.in_force_on.is_some_and(|day| day < *first)
        {
            return earlier.ladder(duty);
        }
        let is_of = |line: &Line| duty.key.strip_prefix(&line.key).is_some_and(|rest| rest.starts_with('/'));
        let of_rule = || self.lines.iter().filter(|line| line.rule == duty.rule);
        let held = |line: &Line| duty.in_force_on.is_none_or(|day| line.holds_on(day));
        of_rule()
            .find(|line| is_of(line) && held(line))
            .or_else(|| of_rule().find(|line| is_of(line)))
            .or_else(|| of_rule().next())
            .map_or(&[], |line| &line.ladder)
    }
}

/// The lines of a file that can be used, in order, and what is wrong with the others.
fn read(file: &Value, words: &Vocabulary, numbers: &Numbers) -> (Vec<Line>, Vec<TableError>) {
    let mut wrong = Vec::new();
    let known = ["ladder", "duty"];
    let others = file.as_object().into_iter().flat_map(|file| file.keys()).filter(|key| !known.contains(&key.as_str()));
    wrong.extend(others.map(|key| TableError {
        place: TablePart::File,
        path: vec![Step::Key(key.clone())],
        wrong: LineError::Unknown(key.clone()),
    }));
    let ladders = ladders(file, &mut wrong);
    let mut lines: Vec<Line> = Vec::new();
    for (at, duty) in file.get("duty").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let place = TablePart::Duty(at + 1, duty.get("id").and_then(Value::as_str).map(str::to_owned));
        let path = vec![Step::Key("duty".to_owned()), Step::At(at)];
        let written = serde_json::from_value(duty.clone()).map_err(|e| LineError::Unreadable(e.to_string()));
        let line = written.and_then(|written: Written| written.checked(words, &ladders, numbers)).and_then(|line| {
            if lines.iter().any(|other| other.key == line.key && other.meets(&line)) {
                return Err(LineError::Unfitting { key: "id", why: &say::WhyTwice::FIXED });
            }
            Ok(line)
        });
        match line {
            Ok(line) => lines.push(line),
            Err(why) => wrong.push(TableError { place, path: path_to(path, &why, duty), wrong: why }),
        }
    }
    if lines.is_empty() && wrong.is_empty() {
        wrong.push(TableError {
            place: TablePart::File,
            path: Vec::new(),
            wrong: LineError::Unreadable("missing field `duty`".to_owned()),
        });
    }
    (lines, wrong)
}

/// One key further where the key that is wrong stands there.
fn path_to(mut path: Vec<Step>, why: &LineError, duty: &Value) -> Vec<Step> {
    let key = why.key().and_then(|key| key.split(['.', ',']).next()).filter(|key| duty.get(*key).is_some());
    path.extend(key.map(|key| Step::Key(key.to_owned())));
    path
}

fn ladders(file: &Value, wrong: &mut Vec<TableError>) -> BTreeMap<String, Vec<EscalationStep>> {
    let mut ladders = BTreeMap::new();
    for (name, ladder) in file.get("ladder").and_then(Value::as_object).into_iter().flatten() {
        match serde_json::from_value(ladder.clone()) {
            Ok(steps) => drop(ladders.insert(name.clone(), steps)),
            Err(e) => wrong.push(TableError {
                place: TablePart::Ladder(name.clone()),
                path: vec![Step::Key("ladder".to_owned()), Step::Key(name.clone())],
                wrong: LineError::Unreadable(e.to_string()),
            }),
        }
    }
    ladders
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "dated_tests.rs"]
mod dated_tests;
