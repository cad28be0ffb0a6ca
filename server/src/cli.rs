//! The command line `daiban`: everything an operator or the office does without a browser.
//!
//! [`args`] says what can be typed, [`dates`] answers calendar questions without a data folder, [`office`] gives commands and prints
//! their answers, [`call`] runs them (over HTTP where a server was named or the data folder is served, else by opening the folder),
//! [`serve`] and [`upkeep`] run the server and its maintenance, [`migrate`] moves its store, [`pack`] checks and shows packs, [`show`] prints.
//!
//! Exit codes: 0 done, 1 failed or found something wrong, 2 not understood or not allowed.

mod access;
pub mod args;
mod call;
mod dates;
mod failure;
mod migrate;
mod office;
mod pack;
mod serve;
mod show;
mod upkeep;

pub use args::Cli;
pub use failure::Failure;

use crate::commands::Mistyped;
use args::Task;
use clap::Parser;
use clap::error::ErrorKind;
use daiban_field::cli::usage::usage;
use daiban_messages::Say;
use std::error::Error;
use std::process::ExitCode;

/// Reads the arguments and does what they say; `main` does nothing else.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return misread(&error),
    };
    let json = cli.json;
    match perform(cli) {
        Ok(code) => code,
        Err(failure) => failure.tell(json),
    }
}

/// What was typed is no command. A field that cannot be read is told like every other refusal.
fn misread(error: &clap::Error) -> ExitCode {
    match error.source().and_then(|why| why.downcast_ref::<Mistyped>()) {
        Some(Mistyped(problem)) => Failure::from(problem.clone()).tell(std::env::args().any(|word| word == "--json")),
        None if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => error.exit(),
        None => {
            show::complain(usage(error).say().zh);
            error.exit()
        }
    }
}

fn perform(cli: Cli) -> Result<ExitCode, Failure> {
    let out = show::Out { json: cli.json };
    match cli.task {
        Task::Serve(serving) => serve::serve(&cli.config, serving, out),
        Task::Demo(args) => Ok(ExitCode::from(u8::from(!crate::demo::run(&args.in_folder(cli.config.data))?))),
        Task::Nightly(night) => upkeep::nightly(&cli.config, out, night),
        Task::Verify { full } => upkeep::verify(&cli.config, out, full),
        Task::Backup { file } => upkeep::backup(&cli.config, out, &file),
        Task::Migrate(args) => migrate::migrate(&cli.config, out, &args),
        Task::Bundle(task) => upkeep::bundle(&cli.config, out, &cli.by, task),
        Task::Pack(task) => pack::pack(&cli.config, out, task),
        Task::Openapi => upkeep::openapi(out),
        Task::Workday { question } => dates::workday(&cli.config, out, question),
        Task::Week { week } => dates::week(&cli.config, out, &week),
        Task::Office(task) => office::perform(&cli.config, out, &cli.by, task.0),
    }
}
