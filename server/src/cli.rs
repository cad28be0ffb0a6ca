//! The command line `daiban`: everything an operator or the office does without a browser.
//!
//! [`args`] says what can be typed, [`dates`] answers calendar questions without a data folder, [`office`] turns the rest into
//! commands, [`call`] runs them (over HTTP where a server was named or the data folder is served, else by opening the folder),
//! [`serve`] and [`upkeep`] run the server and its maintenance, [`migrate`] moves its store, [`show`] prints.
//!
//! Exit codes: 0 done, 1 failed or found something wrong, 2 not understood or not allowed.

pub mod args;
mod call;
mod dates;
mod failure;
mod migrate;
mod office;
mod serve;
mod show;
mod upkeep;

pub use args::Cli;
pub use failure::Failure;

use args::Task;
use clap::Parser;
use std::process::ExitCode;

/// Reads the arguments and does what they say; `main` does nothing else.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let json = cli.json;
    match perform(cli) {
        Ok(code) => code,
        Err(failure) => failure.tell(json),
    }
}

fn perform(cli: Cli) -> Result<ExitCode, Failure> {
    let out = show::Out { json: cli.json };
    match cli.task {
        Task::Serve => serve::serve(&cli.config, out),
        Task::Demo(args) => Ok(ExitCode::from(u8::from(!crate::demo::run(&args)?))),
        Task::Nightly { on } => upkeep::nightly(&cli.config, out, on.as_deref()),
        Task::Verify { full } => upkeep::verify(&cli.config, out, full),
        Task::Backup { file } => upkeep::backup(&cli.config, out, &file),
        Task::Migrate(args) => migrate::migrate(&cli.config, out, &args),
        Task::Bundle(task) => upkeep::bundle(&cli.config, out, &cli.by, task),
        Task::Openapi => upkeep::openapi(out),
        Task::Workday { question } => dates::workday(&cli.config, out, question),
        Task::Week { week } => dates::week(&cli.config, out, &week),
        Task::Office(task) => office::perform(&cli.config, out, &cli.by, task),
    }
}
