//! `daiban migrate` between a file and a PostgreSQL server, there and back, with everything that can go wrong.
//!
//! Run by `tests/postgres run cargo test --release -p daiban-server --test migrate`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

#[path = "migrate/middle.rs"]
mod middle;
#[path = "upgrade/old_file.rs"]
mod old_file;
#[path = "migrate/phone.rs"]
mod phone;
#[path = "migrate/refused.rs"]
mod refused;
#[path = "migrate/rich.rs"]
mod rich;
#[path = "upgrade/steps.rs"]
mod steps;
#[path = "migrate/there_and_back.rs"]
mod there_and_back;
#[path = "upgrade/postgres.rs"]
mod upgrade;

use daiban_server::db::scratch::Scratch;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

fn scratch() -> Scratch {
    Scratch::new().expect("DAIBAN_TEST_POSTGRES names no server; run this by tests/postgres")
}

/// A client of the database, past everything the program does.
fn client(url: &str) -> postgres::Client {
    postgres::Client::connect(url, postgres::NoTls).unwrap()
}

/// What the command printed.
struct Told {
    code: i32,
    document: Value,
    stderr: String,
}

/// Runs `daiban migrate --json` in a folder.
fn migrate(data: &Path, from: &str, to: &str) -> Told {
    let nowhere = data.join("no-such-folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_daiban"));
    let done = command.env("DAIBAN_DATA", nowhere).args(["--json", "migrate", "--from", from, "--to", to]).output().unwrap();
    let stderr = String::from_utf8(done.stderr).unwrap();
    let document = serde_json::from_slice(&done.stdout).unwrap_or_else(|_| panic!("no document: {stderr}"));
    Told { code: done.status.code().unwrap(), document, stderr }
}

fn sqlite(path: &Path) -> String {
    format!("sqlite:{}", path.display())
}
