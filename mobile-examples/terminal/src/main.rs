//! The field client's command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    daiban_field::cli::run()
}
