//! `daiban`: see [`daiban_server::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    daiban_server::cli::run()
}
