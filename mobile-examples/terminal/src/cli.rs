//! The command line: arguments in, a report out, an exit code for scripts.

pub mod args;
mod bundle;
mod cases;
mod correct;
mod due;
mod enrol;
mod exit;
mod fields;
mod filling;
mod output;
mod people;
mod record;
mod rows;
mod saved;
mod status;
mod sure;
mod sync;
mod typed;
pub mod usage;
mod words;

use crate::clock::{CLOCK_VARIABLE, Clock};
use crate::fault::Fault;
use crate::field::Field;
use args::{Args, Bundle, Command};
use clap::Parser;
use clap::error::ErrorKind;
use daiban_messages::Lang;
use daiban_messages::say::terminal as say;
use output::{Output, Report};
use std::path::PathBuf;
use std::process::ExitCode;

/// Runs the program.
pub fn run() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return not_understood(&error),
    };
    let output = Output { json: args.json, lang: args.lang };
    match perform(&args, output) {
        Ok(report) => {
            output.report(&report);
            ExitCode::from(report.exit)
        }
        Err(fault) => {
            output.fault(&fault);
            exit::of(&fault)
        }
    }
}

fn perform(args: &Args, output: Output) -> Result<Report, Fault> {
    let mut field = Field::open(&home(args)?, clock()?)?;
    if let Some(salvage) = field.salvage() {
        let said = salvage.message();
        output::complain(&format!("{}\n{}", said.zh, said.en));
    }
    match &args.command {
        Command::Enrol(enrol) => enrol::run(&mut field, enrol),
        Command::Connect(connect) => enrol::connect(&mut field, connect),
        Command::Cases => Ok(cases::list(&field)),
        Command::People(asked) => people::run(&field, asked),
        Command::Show(one) => cases::show(&field, &one.case),
        Command::Due(due) => due::run(&field, due),
        Command::Status(status) => status::run(&field, status),
        Command::Sync => sync::run(&mut field, output),
        Command::Bundle(Bundle::Export(export)) => bundle::export(&mut field, export),
        Command::Bundle(Bundle::Import(import)) => bundle::import(&mut field, import),
        Command::Amend(amend) => correct::amend(&mut field, amend),
        Command::Again(one) => correct::again(&mut field, &one.record),
        Command::Record(recording) => record::run(&mut field, recording),
    }
}

fn home(args: &Args) -> Result<PathBuf, Fault> {
    if let Some(home) = &args.home {
        return Ok(home.clone());
    }
    std::env::home_dir()
        .filter(|h| !h.as_os_str().is_empty())
        .map(|h| h.join(".daiban-field"))
        .ok_or_else(|| Fault::input("home", say::HomeNone))
}

fn clock() -> Result<Clock, Fault> {
    Clock::from_environment().map_err(|value| Fault::input("clock", say::Clock { variable: CLOCK_VARIABLE, value }))
}

/// Help and version are no errors; the rest gets a Chinese sentence before clap's own words.
fn not_understood(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return error.print().map_or(ExitCode::from(exit::REFUSED), |()| ExitCode::from(exit::DONE));
    }
    let json = std::env::args_os().any(|arg| arg == "--json");
    let fault = Fault::input("usage", usage::usage(error));
    Output { json, lang: Lang::Zh }.fault(&fault);
    ExitCode::from(exit::USAGE)
}
