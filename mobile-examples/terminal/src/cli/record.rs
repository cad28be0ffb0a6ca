//! The commands that record something: one for every kind, built from its description.

mod arguments;
mod help;
pub mod names;
#[cfg(test)]
mod tests;
mod values;

use super::filling::{self, Filling};
use super::output::Report;
use super::typed::Typing;
use super::{saved, sure, words};
use crate::fault::Fault;
use crate::field::Field;
use clap::{ArgMatches, Command, FromArgMatches, Subcommand};
use daiban_core::agent::Draft;
use daiban_core::fact::{Body, KindInfo, fact_kinds};
use daiban_core::ids::{CaseId, FactId};
use names::{First, Line};
use values::{Arguments, Values};

/// A recording command as it was typed.
#[derive(Clone, Debug)]
pub struct Recording {
    kind: &'static KindInfo,
    line: Line,
    matches: ArgMatches,
}

/// Runs a recording command.
pub fn run(field: &mut Field, recording: &Recording) -> Result<Report, Fault> {
    field.identity()?;
    let occurred_at = recording.text(arguments::OCCURRED).map_or_else(|| Ok(field.now()), words::moment)?;
    let case = recording.case(field)?;
    let values = recording.values(&|prefix| field.find_record(prefix))?;
    let view = case.map(|case| field.case(case)).transpose()?;
    let body = filling::body(recording.kind, &values, &mut Filling::new(field, view, occurred_at)?)?;
    let draft = Draft { occurred_at, amends: None, body };
    if !recording.matches.get_flag(arguments::SURE) {
        sure::ask(field, &draft, None)?;
    }
    let recorded = match (case, draft.body) {
        (None, Body::CaseOpened(opened)) => field.open_case(opened, occurred_at)?,
        (Some(case), body) => field.record(case, Draft { occurred_at, amends: None, body })?,
        (None, _) => return Err(Fault::NotFound { what: "case", given: String::new() }),
    };
    saved::report(field, &recorded)
}

impl Recording {
    fn text(&self, id: &str) -> Option<&str> {
        self.matches.try_get_one::<String>(id).ok().flatten().map(String::as_str)
    }

    /// The case that is recorded in; none if the record opens it.
    fn case(&self, field: &Field) -> Result<Option<CaseId>, Fault> {
        match self.line.first {
            First::Nothing => Ok(None),
            First::Case => field.find_case(self.text(arguments::CASE).unwrap_or_default()).map(Some),
            First::Record(named) => {
                let record = field.find_record(self.text(named).unwrap_or_default())?;
                Ok(Some(field.fact(record)?.0))
            }
        }
    }

    fn values(&self, records: &dyn Fn(&str) -> Result<FactId, Fault>) -> Result<Values, Fault> {
        let typing = Typing { line: &self.line, records };
        Arguments { matches: &self.matches, typing }.fields("", self.kind.fields)
    }
}

fn called(name: &str) -> Option<(&'static KindInfo, Line)> {
    let lines = fact_kinds().iter().map(|kind| (kind, names::line(kind)));
    lines.into_iter().find(|(kind, line)| line.command(kind) == name)
}

impl FromArgMatches for Recording {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Self::from_arg_matches_mut(&mut matches.clone())
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Self, clap::Error> {
        let typed = matches.remove_subcommand();
        let found = typed.and_then(|(name, matches)| called(&name).map(|(kind, line)| Recording { kind, line, matches }));
        found.ok_or_else(|| clap::Error::new(clap::error::ErrorKind::InvalidSubcommand))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for Recording {
    fn augment_subcommands(command: Command) -> Command {
        fact_kinds().iter().fold(command, |command, kind| command.subcommand(arguments::command(kind, &names::line(kind))))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        called(name).is_some()
    }
}
