//! The office's subcommands, made from the list of commands: `NOUN VERB`, or one word where there is one command.

use crate::cli::show::in_both;
use crate::commands::{Command, Info};
use clap::error::ErrorKind;
use clap::{ArgMatches, Error, FromArgMatches, Subcommand};
use daiban_messages::Say;
use daiban_messages::say::command_line::Noun;

/// What stands before the verbs.
const NOUNS: &[&str] = &["unit", "person", "seat", "device", "case", "ruling", "report", "calendar", "policy", "clock"];

/// Said by a task of its own, which also runs without a server.
const ELSEWHERE: &[&str] = &["nightly"];

/// A command that was typed; each also goes over `POST /v1/commands`.
#[derive(Debug)]
pub struct OfficeTask(pub Command);

/// The commands of this part of the command line, with their words.
fn lines() -> impl Iterator<Item = (&'static Info, &'static str, Option<&'static str>)> {
    let here = Command::ALL.iter().filter(|info| !ELSEWHERE.contains(&info.line));
    here.map(|info| match info.line.split_once(' ') {
        Some((noun, verb)) => (info, noun, Some(verb)),
        None => (info, info.line, None),
    })
}

impl Subcommand for OfficeTask {
    fn augment_subcommands(command: clap::Command) -> clap::Command {
        let nouns = NOUNS.iter().map(|noun| {
            let verbs = lines().filter(|(_, of, _)| of == noun).filter_map(|(info, _, verb)| Some(info.typed(verb?)));
            clap::Command::new(*noun)
                .about(in_both(&Noun { noun }.say()))
                .subcommands(verbs)
                .subcommand_required(true)
                .arg_required_else_help(true)
        });
        let words = lines().filter(|(_, _, verb)| verb.is_none()).map(|(info, word, _)| info.typed(word));
        command.subcommands(nouns).subcommands(words)
    }

    fn augment_subcommands_for_update(command: clap::Command) -> clap::Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        lines().any(|(_, word, _)| word == name)
    }
}

impl FromArgMatches for OfficeTask {
    fn from_arg_matches(matches: &ArgMatches) -> Result<OfficeTask, Error> {
        let (word, below) = matches.subcommand().ok_or_else(|| Error::new(ErrorKind::MissingSubcommand))?;
        let (verb, below) = match below.subcommand() {
            Some((verb, below)) => (Some(verb), below),
            None => (None, below),
        };
        let found = lines().find(|(_, of, own)| *of == word && *own == verb);
        let (info, ..) = found.ok_or_else(|| Error::new(ErrorKind::InvalidSubcommand))?;
        Command::typed(info.name, below).map(OfficeTask)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = OfficeTask::from_arg_matches(matches)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::cli::Cli;
    use crate::commands::Command;
    use clap::CommandFactory;

    #[test]
    fn every_command_stands_in_the_help_with_its_fields_in_both_languages() {
        let mut all = Cli::command();
        all.build();
        for info in Command::ALL {
            let mut words = info.line.split(' ');
            let found = words.try_fold(&all, |within, word| within.find_subcommand(word));
            let found = found.unwrap_or_else(|| panic!("`daiban {}` is no command", info.line));
            assert!(found.get_about().is_some_and(|about| about.to_string().contains(" · ")), "{}", info.line);
            for argument in found.get_arguments().filter(|argument| !["help", "version"].contains(&argument.get_id().as_str())) {
                let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(help.contains('·'), "daiban {} {}: {help:?}", info.line, argument.get_id());
            }
        }
        for noun in super::NOUNS {
            let about =
                all.find_subcommand(noun).and_then(|found| found.get_about()).map(ToString::to_string).unwrap_or_default();
            assert!(about.contains(" · ") && !about.starts_with(noun), "{noun} has no words: {about:?}");
        }
        all.debug_assert();
    }
}
